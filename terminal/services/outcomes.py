"""The certainty of a result of one or several lines: partly done is amber, nothing to do is neutral, refused
is red."""

from __future__ import annotations

from collections.abc import Sequence

from terminal.visit.steps import Certainty, Line

NOTHING_TO_DO = frozenset(
    {
        "activation.already_active",
        "activation.not_agreed",
        "application.already_open",
        "attendance.already_signed_in",
        "attendance.nothing_on",
        "card_management.already_lost",
        "library.already_asked_for",
        "library.already_yours",
        "library.not_asked_for",
        "library.nothing_owed",
        "medical.already_refunded",
        "medical.already_registered",
        "medical.already_settled",
        "payment.already_paid",
        "payment.nothing_due",
        "payment.nothing_to_reverse",
    }
)
"""Fault codes that take nothing from the person: it was done before, was never due, or was not wanted."""


def certainty_of(code: str) -> Certainty:
    """The certainty of a result that books nothing, by its fault code."""
    return Certainty.NEUTRAL if code in NOTHING_TO_DO else Certainty.REFUSED


def together(lines: Sequence[Line]) -> Certainty:
    """The certainty of all decided lines together. Pure."""
    refused = [line for line in lines if line.certainty is Certainty.REFUSED]
    if not refused:
        accepted = any(line.certainty is Certainty.ACCEPTED for line in lines)
        return Certainty.ACCEPTED if accepted else Certainty.CONFIRMED
    if len(refused) < len(lines):
        return Certainty.PARTLY
    codes = {line.outcome.code if line.outcome else "" for line in refused}
    return Certainty.NEUTRAL if codes <= NOTHING_TO_DO else Certainty.REFUSED


def refused_first(lines: Sequence[Line]) -> list[Line]:
    """The lines as a result shows them: what needs a look comes first, the rest keeps its order."""
    return sorted(lines, key=lambda line: line.certainty is not Certainty.REFUSED)
