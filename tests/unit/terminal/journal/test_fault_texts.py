"""Every fault of the journal, the clock and the offline policy is listed with its texts, and no more."""

from __future__ import annotations

import pytest

from config.fault_texts import fault_texts
from config.faults import Fault
from domain.offline_policy import OfflineFault
from terminal.journal.faults import JournalFault
from terminal.runtime.clock import ClockFault


def codes(kind: type[Fault]) -> set[str]:
    return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize(
    ("kind", "area"), [(JournalFault, "journal."), (ClockFault, "clock."), (OfflineFault, "offline.")]
)
def test_codes_raised_and_codes_listed_are_the_same(kind: type[Fault], area: str) -> None:
    assert codes(kind) == {code for code in fault_texts() if code.startswith(area)}
