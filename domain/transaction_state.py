"""State of a transaction, and its transitions by the centre's answer. Pure.

    open ──confirmed──▶ confirmed                    shown "done"
     │  └─refused────▶ refused                       shown why not
     ├─promised──confirmed──▶ confirmed              shown "accepted, to be confirmed"
     │     ├──────refused────▶ refused_later         inbox
     │     └──────final──────▶ held                  inbox: the centre cannot take it as it is
     └─withdrawn─withdrawn or refused─▶ not_booked   shown "not booked"
           ├──────confirmed──▶ booked_anyway         inbox
           └──────final──────▶ held
    any of the open ones ──different_body──▶ conflict   inbox, alarm
    held ──a clerk releases it──▶ promised or withdrawn again
    inbox ──a clerk settles it──▶ settled         with a name and a reason, on record

The result is shown only after the new standing is on disk.
"""

from __future__ import annotations

from enum import StrEnum

from domain.messages.contract import Outcome


class Standing(StrEnum):
    OPEN = "open"
    PROMISED = "promised"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_BOOKED = "not_booked"
    REFUSED_LATER = "refused_later"
    BOOKED_ANYWAY = "booked_anyway"
    CONFLICT = "conflict"
    HELD_PROMISED = "held_promised"
    HELD_WITHDRAWN = "held_withdrawn"
    SETTLED = "settled"

    @property
    def to_deliver(self) -> bool:
        return self in TO_DELIVER

    @property
    def undecided(self) -> bool:
        return self is Standing.OPEN or self.to_deliver

    @property
    def needs_clerk(self) -> bool:
        return self in FOR_THE_CLERK


TO_DELIVER = (Standing.PROMISED, Standing.WITHDRAWN)
UNDECIDED = (Standing.OPEN, *TO_DELIVER)
FOR_THE_CLERK = (
    Standing.REFUSED_LATER,
    Standing.BOOKED_ANYWAY,
    Standing.CONFLICT,
    Standing.HELD_PROMISED,
    Standing.HELD_WITHDRAWN,
)
HELD = {Standing.PROMISED: Standing.HELD_PROMISED, Standing.WITHDRAWN: Standing.HELD_WITHDRAWN}
RELEASED = {held: standing for standing, held in HELD.items()}

_AFTER_ANSWER = {
    (Standing.OPEN, Outcome.CONFIRMED): Standing.CONFIRMED,
    (Standing.OPEN, Outcome.REFUSED): Standing.REFUSED,
    (Standing.OPEN, Outcome.WITHDRAWN): Standing.REFUSED,
    (Standing.PROMISED, Outcome.CONFIRMED): Standing.CONFIRMED,
    (Standing.PROMISED, Outcome.REFUSED): Standing.REFUSED_LATER,
    (Standing.PROMISED, Outcome.WITHDRAWN): Standing.REFUSED_LATER,
    (Standing.WITHDRAWN, Outcome.CONFIRMED): Standing.BOOKED_ANYWAY,
    (Standing.WITHDRAWN, Outcome.REFUSED): Standing.NOT_BOOKED,
    (Standing.WITHDRAWN, Outcome.WITHDRAWN): Standing.NOT_BOOKED,
}


def held(standing: Standing) -> Standing:
    """Laid before the clerk, because the centre cannot take it as it is."""
    return HELD.get(standing, standing)


def after_answer(standing: Standing, outcome: Outcome) -> Standing:
    """The standing once the centre answered. An answer to what is already decided changes nothing."""
    if standing.undecided and outcome is Outcome.DIFFERENT_BODY:
        return Standing.CONFLICT
    return _AFTER_ANSWER.get((standing, outcome), standing)
