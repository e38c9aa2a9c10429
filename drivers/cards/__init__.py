"""Applications on cards, spoken over a connection."""
