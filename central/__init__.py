"""A complete central service: the embedded default and the reference of the contract."""
