"""The service catalogue: every service the city opened to the card, as data."""
