"""The durable record of every transaction: nothing is promised to a person before it is in here."""
