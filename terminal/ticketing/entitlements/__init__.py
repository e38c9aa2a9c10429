"""Entitlements by card, known on board without the centre."""
