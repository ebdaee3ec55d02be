"""The blank workbook that a unit fills in."""
