"""Exports for departments and funders: transactions as files, and the settlement of each day."""
