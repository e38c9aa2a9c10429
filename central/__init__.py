"""A complete central service: the embedded default of a terminal, the reference of the contract."""
