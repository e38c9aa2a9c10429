"""The version of the program that runs."""

from __future__ import annotations

import subprocess
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

PACKAGE = "onecard-terminal"


def version() -> str:
    """The nearest tag and the commits since it, in a git checkout; otherwise the installed version."""
    checkout = Path(__file__).parent.parent
    if (checkout / ".git").exists():
        described = _described(checkout)
        if described:
            return described
    try:
        return installed_version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def _described(checkout: Path) -> str:
    """``0.2.0``, ``0.2.0-12-gbc7670d`` or ``""`` where git or a tag is missing."""
    try:
        run = subprocess.run(
            ["git", "describe", "--tags", "--match", "v[0-9]*", "--dirty"],
            cwd=checkout,
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except OSError:
        return ""
    return run.stdout.strip().removeprefix("v") if run.returncode == 0 else ""
