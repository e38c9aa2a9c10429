"""The studio: one offscreen window for every look at the screens."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from ui.gallery import Studio


@pytest.fixture(scope="session")
def studio(qapp: object) -> Studio:
    return Studio()
