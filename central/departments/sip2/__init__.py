"""A library's own system, spoken to in SIP2 (3M Standard Interchange Protocol, version 2.00)."""
