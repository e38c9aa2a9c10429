"""Identification by card and by code: reading, verification, hotlist, queries to the centre."""
