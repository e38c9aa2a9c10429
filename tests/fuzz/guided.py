"""One target under Atheris, which sees the branches an input takes and looks for new ones."""

from __future__ import annotations

from importlib import import_module

import atheris

PARSERS = [
    "drivers.cards",
    "drivers.codes",
    "drivers.scanners",
    "drivers.vehicle",
    "drivers.central",
    "central.departments.sip2",
]


def fuzz(name: str, arguments: list[str]) -> None:
    """Does not return: libFuzzer ends the process."""
    with atheris.instrument_imports(include=PARSERS):
        targets = import_module("tests.fuzz.targets")
    target = targets.TARGETS[name]
    atheris.Setup(["fuzz", *arguments], lambda untrusted: targets.survives(target, untrusted))
    atheris.Fuzz()
