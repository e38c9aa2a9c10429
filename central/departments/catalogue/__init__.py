"""The kinds of service the catalogue builds on, each behind the port of a department."""
