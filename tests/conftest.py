"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
"""How long one example takes says who else uses the machine; ``pytest-timeout`` ends what never ends."""
