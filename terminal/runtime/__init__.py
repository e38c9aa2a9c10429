"""Clock, periodic tasks, backoff."""
