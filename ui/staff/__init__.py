"""The pages behind the counter: the clerk's inbox and today's business, the operator's machine."""
