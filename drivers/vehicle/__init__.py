"""Data from a vehicle: its position."""
