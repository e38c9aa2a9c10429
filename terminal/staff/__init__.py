"""Clerks and operators: who they are, how they sign in, and the record of what they did."""
