"""Hand scanners: keyboard wedge and serial."""
