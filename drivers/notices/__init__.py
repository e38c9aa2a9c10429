"""Notices to programs of the house."""
