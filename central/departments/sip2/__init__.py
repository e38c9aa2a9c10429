"""A library's own system, spoken to in SIP2 (3M Standard Interchange Protocol, version 2.00)."""

VARIABLE = "ONECARD_LIBRARY_SIP2"
"""Of a centre's environment: where that system is."""
