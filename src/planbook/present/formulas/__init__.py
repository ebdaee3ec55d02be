"""Goals' formulas, general and filled with the numbers of an edition."""
