"""What a department's pack shows: the book of the plan that is its own."""
