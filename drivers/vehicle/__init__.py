"""What a vehicle tells: where it is."""
