"""Messages of the contract between terminal and centre, and signed documents."""
