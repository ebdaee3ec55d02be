"""The HTML book: its pages written, compiled and put in place."""
