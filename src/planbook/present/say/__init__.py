"""What the book says in words."""
