"""Produce the book: executed notebooks, generated pages, HTML, downloads, the record of the build.

Nothing is computed here: what a page needs is in the notebooks, the saved tables and
`planbook.present`.
"""
