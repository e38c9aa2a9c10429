"""The contract with the central service and the client that speaks it."""
