"""How a counter is used, in numbers without people: visits, waits, and minutes out of touch."""
