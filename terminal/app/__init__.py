"""Composition of a terminal from its parts."""
