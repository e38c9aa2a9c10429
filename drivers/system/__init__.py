"""The operating system round the terminal: its service manager, its memory."""
