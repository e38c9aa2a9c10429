"""Rules and messages shared by terminal and centre: pure, without clock, device, disk or network."""
