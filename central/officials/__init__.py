"""People of the city who look into the centre: accounts, roles, sessions, and a record of what they did."""
