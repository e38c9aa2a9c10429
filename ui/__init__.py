"""Screens and the thin view models that feed them. The only package that imports Qt."""
