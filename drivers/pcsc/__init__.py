"""Readers and connections over PC/SC: arrival, removal, chaining, recovery."""
