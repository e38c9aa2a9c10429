"""The acceptance stories, told end to end through readers, camera, screens and centre."""
