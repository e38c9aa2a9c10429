"""Codes before a camera: frames, decoding, classification, formats."""
