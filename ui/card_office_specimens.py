"""Screens of the card office to look at: a phone bound, a blank written, a paper photographed."""

from __future__ import annotations

from dataclasses import replace

from pydantic import JsonValue
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from domain.credential import ECard
from domain.messages.contract import Holder, TrustLevel
from drivers.virtual.paper import sheet_with
from terminal.services.catalogue.phone_binding import ANSWER, BEGIN, FRESH, OTHER, SAME
from terminal.services.catalogue.replacing import LAID, WRITE
from terminal.services.registry import services_of
from terminal.visit.states import Finished, Serving, Stage
from terminal.visit.steps import (
    Certainty,
    Draft,
    Facts,
    Finish,
    Line,
    Photograph,
    PinState,
    SubmissionOutcome,
    both,
)
from ui.specimens import TODAY, holder

ORDER = "0193a7c2-5b1e-7c40-9a55-3f0d2f6b1e77"
CODE = "7H4K2M9QXB0T6WZC8YDN3VRP5F"
BIND, REPLACE, ENROL = "issue-e-card", "replace-card", "school-enrol"


class PaperSpecimen(QQuickImageProvider):
    """One invented sheet, whichever picture of whichever paper is asked for."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        coloured = sheet_with("HOUSEHOLD REGISTER", ("SPECIMEN", "An invented address"))
        sheet = coloured[:, :, 1].copy()
        height, width = sheet.shape
        self._picture = QImage(sheet.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()

    def requestImage(self, id: str, size: QSize, wanted: QSize) -> QImage:
        return self._picture


def known() -> Facts:
    somebody: Holder = holder("杨*")
    person = somebody.model_copy(update={"trust": TrustLevel.VERIFIED})
    return Facts(TODAY, True, ECard("specimen"), person, pin=PinState.RIGHT)


def done(service: str, action: str, certainty: Certainty = Certainty.CONFIRMED, code: str = "") -> Line:
    told: tuple[tuple[str, JsonValue], ...] = (("ending", "071X"),)
    return Line(0, Draft(service, action), SubmissionOutcome(certainty, ORDER, code, told))


def stage(name: str, facts: Facts) -> Stage:
    """Where the service itself goes with these facts."""
    found = services_of((name,)).get(name)
    assert found is not None  # noqa: S101 (the registry gives what it was asked for)
    wanted = found.step(facts)
    if isinstance(wanted, Finish):
        return Finished(name, facts, wanted)
    return Serving(name, facts, wanted)


def bindings() -> dict[str, Stage]:
    """From the question to the phone that shows its first code; the rule of one phone, and the refusals."""
    asked = replace(known(), pin=PinState.NOT_ASKED, answers=(("phone", {"bound": True}),))
    fresh: dict[str, JsonValue] = {"code": CODE, "hash": "", "address": "https://card.example/phone"}
    ordered = replace(
        known(), answers=(("phone", {"bound": True}), (FRESH, fresh)), lines=(done(BIND, "issue"),)
    )
    stands: dict[str, JsonValue] = {"order": ORDER, "state": "claimed", "digits": "4821"}
    came = replace(ordered, answers=(*ordered.answers, ("binding", stands)))
    late: dict[str, JsonValue] = {"order": ORDER, "refusal": "binding.expired"}
    return {
        "bind-first": stage(BIND, replace(asked, answers=(("phone", {"bound": False}),))),
        "bind-move": stage(BIND, asked),
        "bind-pin": stage(BIND, replace(asked, chosen=(BEGIN,))),
        "bind-code": stage(BIND, ordered),
        "bind-compare": stage(BIND, came),
        "bind-done": stage(
            BIND, replace(came, chosen=(ANSWER + SAME,), lines=(*came.lines, done(BIND, "bind")))
        ),
        "bind-other": stage(
            BIND, replace(came, chosen=(ANSWER + OTHER,), lines=(*came.lines, done(BIND, "refuse-phone")))
        ),
        "bind-expired": stage(BIND, replace(ordered, answers=(*ordered.answers, ("binding", late)))),
        "bind-left": stage(BIND, replace(ordered, finished=True)),
    }


def blanks() -> dict[str, Stage]:
    """A blank asked for, being written, spoilt, and the new card."""
    ordered = replace(known(), lines=(done(REPLACE, "replace"),))
    tried = replace(ordered, chosen=(LAID,), answers=((WRITE, {"fault": "card.spoilt"}),))
    spoilt = replace(tried, lines=(*ordered.lines, done(REPLACE, "spoilt")))
    written = replace(ordered, chosen=(LAID,), answers=((WRITE, {"fault": ""}),))
    return {
        "blank-lay": stage(REPLACE, ordered),
        "blank-writing": stage(REPLACE, replace(ordered, chosen=(LAID,))),
        "blank-spoilt": stage(REPLACE, spoilt),
        "blank-written": stage(REPLACE, replace(written, lines=(*ordered.lines, done(REPLACE, "written")))),
    }


def papers() -> dict[str, Stage]:
    """The household register before the camera, a picture looked at, and one that may be left out."""
    register = Photograph("register", both("户口簿", "Household register"), 200_000)
    permit = Photograph("permit", both("居住证（没有可以不拍）", "Residence permit, if any"), 200_000)
    (away,) = services_of((ENROL,), camera=False).services
    told = away.step(known())
    assert isinstance(told, Finish)  # noqa: S101 (a counter without a camera takes none)
    return {
        "paper-no-camera": Finished(ENROL, known(), told),
        "paper-live": Serving(ENROL, known(), register),
        "paper-shot": Serving(ENROL, known(), replace(register, shot="0" * 64)),
        "paper-optional": Serving(ENROL, known(), replace(permit, optional=True)),
    }


def card_office_specimens() -> dict[str, Stage]:
    return {**bindings(), **blanks(), **papers()}
