"""What a counter can do: one module a service, each a pure function from what is known to the next step."""
