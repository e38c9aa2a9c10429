"""Services of a counter: one module a service, each a pure function from the known facts to the next step."""
