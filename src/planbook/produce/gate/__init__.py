"""The last look at a public book: its finished files may say nothing that is internal."""
