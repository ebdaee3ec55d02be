"""Workbooks as they arrive: checked, filed with a receipt, read again, reported on."""
