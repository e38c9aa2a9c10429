"""Whose card rides on what right, known on board without the centre."""
