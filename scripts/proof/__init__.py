"""Proof that a book made again where something changed is the book made from nothing.

A `Checkout` is a project with its own copy of the code; ``edits`` and ``edits_of_people`` change it
as an office would, each saying what it may make anew at most; ``trial`` builds after every edit,
beside it from nothing, and compares; ``kills`` kills builds and goes on.
"""
