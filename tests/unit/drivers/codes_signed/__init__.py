"""Signed codes: forms, signatures, and every attack on them."""
