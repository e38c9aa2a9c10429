"""What the counter and the process of the voice say to each other."""

NO_ENGINE = 3
"""Exit code of the process where no voice is installed."""
DONE = "done"
LOST = "lost"
"""The answer to an order while the sound card does not take what is played."""
