"""The article's city at full size, row by row: no real person, no figure written by hand."""
