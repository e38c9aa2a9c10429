"""What fault codes say: every fault of cards and security modules has its texts, and no text is orphaned."""

from __future__ import annotations

import re

import pytest

from config.fault_texts import FaultText, fault_texts
from config.faults import Fault
from domain.cards.faults import CardFault
from drivers.cards.psam_faults import SamFault

TEXTS = fault_texts()
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def codes(kind: type[Fault]) -> set[str]:
    return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize(("kind", "area"), [(CardFault, "card."), (SamFault, "sam.")])
def test_codes_raised_and_codes_listed_are_the_same(kind: type[Fault], area: str) -> None:
    assert codes(kind) == {code for code in TEXTS if code.startswith(area)}


@each_text
def test_what_a_person_reads_is_there_in_both_languages(text: FaultText) -> None:
    for chinese in (text.zh, text.next_zh):
        assert re.search("[\u4e00-\u9fff]", chinese)
    for english in (text.en, text.next_en):
        assert re.match("[A-Z]", english)
        assert not re.search("[\u4e00-\u9fff]", english)


@each_text
def test_what_a_person_reads_has_no_word_of_the_machine(text: FaultText) -> None:
    for said in (text.zh, text.en, text.next_zh, text.next_en):
        assert not re.search(r"PSAM|SAM|APDU|ATR|SELECT|HSM|PC/SC|status|0x|\b[0-9A-F]{4}\b", said)
