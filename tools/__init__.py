"""Programs for the people who develop the project; nothing here runs on a terminal or at a centre."""
