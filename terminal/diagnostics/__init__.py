"""Checks, usage metrics and health reports."""
