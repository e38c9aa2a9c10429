"""Personalisation of blank cards, and the log of cards in progress."""
