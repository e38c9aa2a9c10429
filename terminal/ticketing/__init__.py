"""Fares at the terminal: tariff in force, entitlements, budgets, decisions."""
