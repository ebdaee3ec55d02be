"""Word files: the brief of an edition, and letters filled from templates."""
