"""Departments' packs as files."""
