"""Many plans built with one command."""
