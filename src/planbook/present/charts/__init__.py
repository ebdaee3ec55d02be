"""Charts of goals as SVG, with the data they are drawn from."""
