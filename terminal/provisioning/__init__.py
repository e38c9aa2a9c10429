"""Enrolment, and configuration, catalogue and policies from the centre."""
