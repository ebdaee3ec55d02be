"""What a notebook calls: the opened book and its chapters and pages."""
