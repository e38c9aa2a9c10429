"""The messages of SIP2 2.00 that this centre speaks, each with the field names of the standard.

The first two characters on the wire are ``command``. ``books`` marks what changes a library's books and
must therefore never be sent again blindly: the protocol has no key by which a repeat would be recognised.
A message tells a person's reading: its ``repr`` is its name and nothing else.
"""

# ruff: noqa: RUF009 (the functions are field declarations, evaluated once on purpose)

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from central.departments.sip2.layout import (
    flag,
    moment,
    named,
    named_flag,
    named_list,
    number,
    okay,
    text,
)


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    command: ClassVar[str]
    books: ClassVar[bool] = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.command}>"


@dataclass(frozen=True, slots=True, repr=False)
class Login(Message):
    """Algorithm 0: plain text, readable on the wire; see the tunnel in the documentation."""

    command = "93"
    user_algorithm: str = text(1, "0")
    password_algorithm: str = text(1, "0")
    login_user_id: str = named("CN", required=True)
    login_password: str = named("CO", required=True)
    location_code: str = named("CP")


@dataclass(frozen=True, slots=True, repr=False)
class LoginResponse(Message):
    command = "94"
    ok: bool = okay()


@dataclass(frozen=True, slots=True, repr=False)
class ScStatus(Message):
    """Status 0: in order; 1: out of paper; 2: about to shut down."""

    command = "99"
    status_code: str = text(1, "0")
    max_print_width: int | None = number(3, 80)
    protocol_version: str = text(4, "2.00")


@dataclass(frozen=True, slots=True, repr=False)
class AcsStatus(Message):
    """``timeout_period`` in tenths of a second. Its permissions are known to be wrong in some systems."""

    command = "98"
    online_status: bool = flag()
    checkin_ok: bool = flag()
    checkout_ok: bool = flag()
    acs_renewal_policy: bool = flag()
    status_update_ok: bool = flag()
    offline_ok: bool = flag()
    timeout_period: int | None = number(3)
    retries_allowed: int | None = number(3)
    date_time_sync: datetime | None = moment()
    protocol_version: str = text(4, "2.00")
    institution_id: str = named("AO", required=True)
    library_name: str = named("AM")
    supported_messages: str = named("BX", required=True)
    terminal_location: str = named("AN")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class RequestAcsResend(Message):
    """Say your last message again. Carries no sequence number of its own."""

    command = "97"


@dataclass(frozen=True, slots=True, repr=False)
class RequestScResend(Message):
    """The system asks for our last message again."""

    command = "96"


@dataclass(frozen=True, slots=True, repr=False)
class PatronStatusRequest(Message):
    command = "23"
    language: str = text(3, "019")
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    terminal_password: str = named("AC", required=True)
    patron_password: str = named("AD", required=True)


@dataclass(frozen=True, slots=True, repr=False)
class PatronStatusResponse(Message):
    """``patron_status``: 14 marks, see ``central.departments.sip2.patron``."""

    command = "24"
    patron_status: str = text(14, " " * 14)
    language: str = text(3, "000")
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    personal_name: str = named("AE", required=True)
    valid_patron: bool | None = named_flag("BL")
    valid_patron_password: bool | None = named_flag("CQ")
    currency_type: str = named("BH")
    fee_amount: str = named("BV")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class PatronInformation(Message):
    """``summary``: a ``Y`` at one of ten places asks for that list; the third is what is on loan."""

    command = "63"
    language: str = text(3, "019")
    transaction_date: datetime | None = moment()
    summary: str = text(10, " " * 10)
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    terminal_password: str = named("AC")
    patron_password: str = named("AD")
    start_item: str = named("BP")
    end_item: str = named("BQ")


@dataclass(frozen=True, slots=True, repr=False)
class PatronInformationResponse(Message):
    command = "64"
    patron_status: str = text(14, " " * 14)
    language: str = text(3, "000")
    transaction_date: datetime | None = moment()
    hold_items_count: int | None = number(4)
    overdue_items_count: int | None = number(4)
    charged_items_count: int | None = number(4)
    fine_items_count: int | None = number(4)
    recall_items_count: int | None = number(4)
    unavailable_holds_count: int | None = number(4)
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    personal_name: str = named("AE", required=True)
    hold_items_limit: str = named("BZ")
    overdue_items_limit: str = named("CA")
    charged_items_limit: str = named("CB")
    valid_patron: bool | None = named_flag("BL")
    valid_patron_password: bool | None = named_flag("CQ")
    currency_type: str = named("BH")
    fee_amount: str = named("BV")
    debt_cf: str = named("CF")
    debt_jf: str = named("JF")
    fee_limit: str = named("CC")
    hold_items: tuple[str, ...] = named_list("AS")
    overdue_items: tuple[str, ...] = named_list("AT")
    charged_items: tuple[str, ...] = named_list("AU")
    fine_items: tuple[str, ...] = named_list("AV")
    recall_items: tuple[str, ...] = named_list("BU")
    unavailable_hold_items: tuple[str, ...] = named_list("CD")
    home_address: str = named("BD")
    email_address: str = named("BE")
    home_phone_number: str = named("BF")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class ItemInformation(Message):
    command = "17"
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    item_identifier: str = named("AB", required=True)
    terminal_password: str = named("AC")


@dataclass(frozen=True, slots=True, repr=False)
class ItemInformationResponse(Message):
    """``due_date`` is free text in this protocol."""

    command = "18"
    circulation_status: int | None = number(2)
    security_marker: int | None = number(2)
    fee_type: int | None = number(2)
    transaction_date: datetime | None = moment()
    hold_queue_length: str = named("CF")
    due_date: str = named("AH")
    recall_date: str = named("CJ")
    hold_pickup_date: str = named("CM")
    item_identifier: str = named("AB", required=True)
    title_identifier: str = named("AJ", required=True)
    owner: str = named("BG")
    currency_type: str = named("BH")
    fee_amount: str = named("BV")
    media_type: str = named("CK")
    permanent_location: str = named("AQ")
    current_location: str = named("AP")
    item_properties: str = named("CH")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class Checkout(Message):
    """``no_block``: it happened already, while the system was not reached; ``nb_due_date`` is the day shown
    to the person then.
    """

    command = "11"
    books = True
    sc_renewal_policy: bool = flag()
    no_block: bool = flag()
    transaction_date: datetime | None = moment()
    nb_due_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    item_identifier: str = named("AB", required=True)
    terminal_password: str = named("AC", required=True)
    item_properties: str = named("CH")
    patron_password: str = named("AD")
    fee_acknowledged: bool | None = named_flag("BO")
    cancel: bool | None = named_flag("BI")


@dataclass(frozen=True, slots=True, repr=False)
class CheckoutResponse(Message):
    command = "12"
    ok: bool = okay()
    renewal_ok: bool = flag()
    magnetic_media: str = text(1, "U")
    desensitize: str = text(1, "U")
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    item_identifier: str = named("AB", required=True)
    title_identifier: str = named("AJ", required=True)
    due_date: str = named("AH", required=True)
    fee_type: str = named("BT")
    security_inhibit: bool | None = named_flag("CI")
    currency_type: str = named("BH")
    fee_amount: str = named("BV")
    media_type: str = named("CK")
    item_properties: str = named("CH")
    transaction_id: str = named("BK")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class Checkin(Message):
    """``return_date``: when the copy came back, which a late message names."""

    command = "09"
    books = True
    no_block: bool = flag()
    transaction_date: datetime | None = moment()
    return_date: datetime | None = moment()
    current_location: str = named("AP", required=True)
    institution_id: str = named("AO", required=True)
    item_identifier: str = named("AB", required=True)
    terminal_password: str = named("AC", required=True)
    item_properties: str = named("CH")
    cancel: bool | None = named_flag("BI")


@dataclass(frozen=True, slots=True, repr=False)
class CheckinResponse(Message):
    """``alert``: staff must look at the copy, e.g. because somebody waits for it."""

    command = "10"
    ok: bool = okay()
    resensitize: bool = flag()
    magnetic_media: str = text(1, "U")
    alert: bool = flag()
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    item_identifier: str = named("AB", required=True)
    permanent_location: str = named("AQ", required=True)
    title_identifier: str = named("AJ")
    sort_bin: str = named("CL")
    patron_identifier: str = named("AA")
    media_type: str = named("CK")
    item_properties: str = named("CH")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class Renew(Message):
    command = "29"
    books = True
    third_party_allowed: bool = flag()
    no_block: bool = flag()
    transaction_date: datetime | None = moment()
    nb_due_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    patron_password: str = named("AD")
    item_identifier: str = named("AB")
    title_identifier: str = named("AJ")
    terminal_password: str = named("AC")
    item_properties: str = named("CH")
    fee_acknowledged: bool | None = named_flag("BO")


@dataclass(frozen=True, slots=True, repr=False)
class RenewResponse(Message):
    command = "30"
    ok: bool = okay()
    renewal_ok: bool = flag()
    magnetic_media: str = text(1, "U")
    desensitize: str = text(1, "U")
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    item_identifier: str = named("AB", required=True)
    title_identifier: str = named("AJ", required=True)
    due_date: str = named("AH", required=True)
    fee_type: str = named("BT")
    security_inhibit: bool | None = named_flag("CI")
    currency_type: str = named("BH")
    fee_amount: str = named("BV")
    media_type: str = named("CK")
    item_properties: str = named("CH")
    transaction_id: str = named("BK")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class FeePaid(Message):
    """``fee_amount`` as the currency writes it, e.g. ``12.50``."""

    command = "37"
    books = True
    transaction_date: datetime | None = moment()
    fee_type: int | None = number(2, 1)
    payment_type: int | None = number(2, 0)
    currency_type: str = text(3, "CNY")
    fee_amount: str = named("BV", required=True)
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    terminal_password: str = named("AC")
    patron_password: str = named("AD")
    fee_identifier: str = named("CG")
    transaction_id: str = named("BK")


@dataclass(frozen=True, slots=True, repr=False)
class FeePaidResponse(Message):
    command = "38"
    payment_accepted: bool = flag()
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    transaction_id: str = named("BK")
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


@dataclass(frozen=True, slots=True, repr=False)
class EndPatronSession(Message):
    command = "35"
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    terminal_password: str = named("AC")
    patron_password: str = named("AD")


@dataclass(frozen=True, slots=True, repr=False)
class EndSessionResponse(Message):
    command = "36"
    end_session: bool = flag()
    transaction_date: datetime | None = moment()
    institution_id: str = named("AO", required=True)
    patron_identifier: str = named("AA", required=True)
    screen_message: tuple[str, ...] = named_list("AF")
    print_line: tuple[str, ...] = named_list("AG")


MESSAGES: dict[str, type[Message]] = {
    each.command: each
    for each in (
        *(Login, LoginResponse, ScStatus, AcsStatus, RequestAcsResend, RequestScResend),
        *(PatronStatusRequest, PatronStatusResponse, PatronInformation, PatronInformationResponse),
        *(ItemInformation, ItemInformationResponse, Checkout, CheckoutResponse, Checkin, CheckinResponse),
        *(Renew, RenewResponse, FeePaid, FeePaidResponse, EndPatronSession, EndSessionResponse),
    )
}
