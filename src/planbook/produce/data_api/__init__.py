"""The book as data for programs: JSON with its schema, and the observations as SDMX."""
