"""Reading what was handed in: the file, its cells, which cell is which, and what it reaches for."""
