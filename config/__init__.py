"""Typed settings, profiles, the service catalogue and the stable fault codes."""
