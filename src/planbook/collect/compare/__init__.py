"""A submission held against what was said in earlier editions."""
