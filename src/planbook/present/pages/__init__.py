"""The pages that no notebook makes, and the fragments that pages share."""
