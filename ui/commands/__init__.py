"""The commands that show a window."""
