"""Notebooks executed, kept and made into pages."""
