"""One finding of a self-test: what was looked at, what was found, and what to do when it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from config.check_texts import check_texts
from config.fault_texts import told_to_staff
from config.faults import Fault

FAULT = "fault"


class Trouble(Enum):
    """``ADVICE``: it works, and something better should be installed (amber)."""

    NONE = auto()
    ADVICE = auto()
    DEVICE = auto()
    CENTRAL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Check:
    """``finding`` names a sentence of ``config/check_texts.toml``, or is ``fault`` with ``code`` and
    ``detail`` among the ``facts``."""

    name: str
    finding: str
    trouble: Trouble = Trouble.NONE
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def ok(self) -> bool:
        return self.trouble in (Trouble.NONE, Trouble.ADVICE)

    @property
    def message(self) -> str:
        """One English sentence, as the doctor prints it."""
        return self.message_in("en")

    @property
    def code(self) -> str:
        """The code of the fault that was found, or empty."""
        return dict(self.facts)["code"] if self.finding == FAULT else ""

    def message_in(self, language: str) -> str:
        chinese = language == "zh_CN"
        facts = dict(self.facts)
        if self.finding == FAULT:
            return told_to_staff(facts["code"], facts["detail"], chinese=chinese)
        text = check_texts()[f"{self.name}.{self.finding}"]
        sentence = text.zh if chinese else text.en
        for name, value in facts.items():
            sentence = sentence.replace("{" + name + "}", value)
        return sentence


def well(name: str, finding: str, **facts: object) -> Check:
    return Check(name, finding, Trouble.NONE, _facts(facts))


def wrong(name: str, finding: str, trouble: Trouble, **facts: object) -> Check:
    return Check(name, finding, trouble, _facts(facts))


def failed(name: str, fault: Fault, trouble: Trouble) -> Check:
    """A fault is what was found."""
    return Check(name, FAULT, trouble, _facts({"code": fault.code, "detail": fault.detail}))


def reported(name: str, code: str, trouble: Trouble) -> Check:
    """A fault that a device at work reported by its code."""
    return Check(name, FAULT, trouble, _facts({"code": code, "detail": ""}))


def _facts(facts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in facts.items())
