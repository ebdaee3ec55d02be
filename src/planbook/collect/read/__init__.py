"""From raw cells to checked rows, a finding for all that is wrong."""
