"""What the city sees of its one card: figures counted as business is booked, never written by hand."""
