"""The article's city at full size, row by row: nobody in it is real, no figure is written by hand."""
