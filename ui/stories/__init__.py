"""The acceptance stories, run end to end through readers, camera, screens and centre."""
