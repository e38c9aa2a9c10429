"""What departments and funders take away: transactions as files, and the settlement of each day."""
