"""The city's figures: counted as business is booked, never written by hand."""
