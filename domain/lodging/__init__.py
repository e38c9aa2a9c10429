"""Rules of lodging: guest documents, machine readable zones, the business date, children and adults."""
