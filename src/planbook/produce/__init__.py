"""Produce the book: executed notebooks, generated pages, HTML, PDFs, packs, downloads.

Nothing is computed here: what a page needs is in the notebooks, the saved tables and
`planbook.present`.
"""
