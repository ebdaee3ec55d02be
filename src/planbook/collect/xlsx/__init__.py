"""From the bytes of a workbook to its raw cells, whatever the bytes are."""
