"""Codes that vouch for themselves: their issuers' keys, what is issued to phones, and what terminals took."""
