"""State seen before a message is sent, and the possible next steps, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from central.departments.department import Decision
from central.departments.sip2.due_dates import DateOrder
from central.departments.sip2.messages import (
    CheckinResponse,
    CheckoutResponse,
    FeePaidResponse,
    ItemInformationResponse,
    Message,
    PatronInformationResponse,
    RenewResponse,
)
from central.departments.sip2.patron import FeeField
from central.departments.sip2.requests import Before, State

Booked = CheckoutResponse | CheckinResponse | RenewResponse | FeePaidResponse


@dataclass(frozen=True, slots=True)
class Terms:
    """Values in every message to this library, and the rules for reading its answers."""

    zone: tzinfo
    institution: str = ""
    location: str = ""
    terminal_password: str = ""
    lists_barcodes: bool = True
    date_order: DateOrder = DateOrder.UNKNOWN
    fee_field: FeeField = FeeField.BV


@dataclass(frozen=True, slots=True)
class Sight:
    """State of the copy and its patron. ``believed``: what is not booked by now will not be any more.
    ``lent_since``: this centre knows of a later loan. ``patron_number`` is the number that was asked for,
    empty without a card; ``patron_alias`` and ``item_alias`` are those the system answers with."""

    item: ItemInformationResponse
    patron: PatronInformationResponse | None
    patron_number: str
    believed: bool
    lent_since: bool = False
    patron_alias: str = ""
    item_alias: str = ""


@dataclass(frozen=True, slots=True)
class Settle:
    decision: Decision


@dataclass(frozen=True, slots=True)
class Send:
    """``before`` and ``state`` are written down first."""

    message: Message
    kind: type[Booked]
    before: Before
    state: State = State.ASKED


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing can be said yet."""


Step = Settle | Send | Later
