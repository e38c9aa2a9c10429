"""Submission of transactions, and forwarding of those the centre has not answered."""
