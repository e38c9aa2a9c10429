"""Blocked cards and e-cards, kept on the terminal: a filter in memory and an exact table on disk."""
