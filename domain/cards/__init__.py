"""Cards as data: numbers, application identifiers, ciphers, faults."""
