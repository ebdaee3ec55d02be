"""What goes back to a department: a marked copy and the list of findings."""
