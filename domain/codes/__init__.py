"""Formats of signed codes: encoding, signatures, verification."""
