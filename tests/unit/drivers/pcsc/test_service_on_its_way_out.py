"""A PC/SC daemon that is ending refuses whoever asks, as one that may not be used does."""

from __future__ import annotations

from drivers.pcsc.faults import ReaderNotPermitted, ReaderServiceLost
from drivers.pcsc.monitor import DENIAL_LASTS_S, told_as


def test_a_refusal_just_after_the_service_worked_is_a_service_that_goes() -> None:
    assert told_as(ReaderNotPermitted("asked while it ended"), 0.05) == "reader.service_lost"


def test_a_refusal_that_lasts_is_believed() -> None:
    assert told_as(ReaderNotPermitted("polkit"), DENIAL_LASTS_S) == "reader.not_permitted"


def test_a_refusal_of_a_service_that_never_worked_is_believed_at_once() -> None:
    assert told_as(ReaderNotPermitted("polkit"), None) == "reader.not_permitted"


def test_a_service_that_is_gone_is_told_as_gone_however_long_it_lasts() -> None:
    assert told_as(ReaderServiceLost("no daemon"), 0.05) == "reader.service_lost"
    assert told_as(ReaderServiceLost("no daemon"), 60) == "reader.service_lost"
