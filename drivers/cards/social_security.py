"""The social-security application of a card: its verbs, and reading what identifies a person.

Exchanges needed, on an ordinary card (``61xx`` fetches not counted):

    read_identity    SELECT environment, SELECT EF05, records 01 03 05 06 07                    7
    read_card        the same, then SELECT EF06, records 08 09                                  10
                     one more (4E) when the name fills its record; a version 3.00 card that
                     keeps EF06 closed answers the first of its records with 6982                9
    both files whole (``read_file``)                                                            17

Everything read this way can be copied onto another card: it is trusted as *read*, no further.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardDataInvalid, CardExpired, PinBlocked, PinWrong, StatusFault
from domain.cards.numbers import (
    card_number_is_plausible,
    parse_card_number,
    parse_identification_code,
    read_date,
    read_social_security_number,
    region_is_known,
    version_is_known,
)
from domain.masking import mask_name, mask_number
from drivers.cards import apdu
from drivers.cards import social_security_files as files
from drivers.cards.card_warning import CardWarning
from drivers.cards.connection import Connection, Response
from drivers.cards.gb18030 import trimmed
from drivers.cards.recognise import Environment, select_environment
from drivers.cards.records import Records
from drivers.cards.social_security_files import Field
from drivers.cards.status_word import StatusWord, expect, expect_data, meaning_of, tries_left

PIN_DIGITS = 6
LONGEST_CHARACTER = 4
"""Bytes of the longest GB 18030 character: with less room than this a name may go on in its extension."""


class Authentication(StrEnum):
    """Proof that the card is genuine; recorded with every transaction."""

    NONE = "none"
    PSAM = "psam"
    HSM = "hsm"


@dataclass(frozen=True, slots=True, repr=False)
class CardHolder:
    """Holder of the card (EF06). A field is None where the card has none, or nothing of it can be shown."""

    social_security_number: str | None
    name: str | None

    def __repr__(self) -> str:
        return f"CardHolder({mask_name(self.name or '')}, {mask_number(self.social_security_number or '')})"


@dataclass(frozen=True, slots=True, repr=False)
class SocialSecurityCardFiles:
    """Data of a card. A visit needs ``identification_code`` (32 hex digits) and ``card_number``; both were
    checked.

    Everything else is as good as the card has it: ``warnings`` names what is odd, with the bytes of the card.
    Dates are None where the card has none. ``holder`` is None when it was not asked for, or when the
    card keeps it closed (version 3.00 without authentication). ``authentication`` is what proved the card
    genuine, ``authentication_fault`` the code of what prevented the proof.
    """

    identification_code: str
    card_number: str
    version: str
    algorithm: Algorithm
    issue_date: date | None
    expiry_date: date | None
    holder: CardHolder | None = None
    authentication: Authentication = Authentication.NONE
    authentication_fault: str = ""
    warnings: tuple[CardWarning, ...] = ()

    def __repr__(self) -> str:
        number = mask_number(self.card_number)
        return f"SocialSecurityCardFiles({number}, version={self.version}, holder={self.holder!r})"


def refuse_expired(card: SocialSecurityCardFiles, today: date) -> None:
    """Raise ``CardExpired`` when the card is no longer valid on ``today``.

    A card without a valid-to date is valid. An issue date that lies ahead is a wrong clock or a wrong date,
    and no reason to refuse a person.
    """
    if card.expiry_date and today > card.expiry_date:
        raise CardExpired("the card's valid-to date has passed")


class SocialSecurityApplication:
    """The environment of one card, over a connection that is held for the whole session.

    ``warnings`` collects what looked odd. Every method raises ``CardFault`` and ``ReaderFault`` of the
    connection, ``StatusFault`` for a word that the step does not expect, ``CardDataInvalid`` for nonsense.
    """

    def __init__(self, connection: Connection, environment: Environment) -> None:
        self.environment = environment
        self.warnings: list[CardWarning] = []
        self._connection = connection
        self._records = Records(connection)

    @classmethod
    def open(cls, connection: Connection) -> SocialSecurityApplication:
        """Recognise the card; raises ``NotSocialSecurityCard`` when it is another, ``CardLocked``."""
        return cls(connection, select_environment(connection))

    def select_file(self, file: int) -> None:
        """SELECT an EF below the environment."""
        self._records.select(file)

    def read(self, field: Field) -> str:
        """The value of one record of the selected file; what is odd about it is a warning.

        Raises ``StatusFault`` and ``CardDataInvalid`` where there is no such record.
        """
        return self._decoded(field, self._value(field, self._records.read(field)))

    def read_optional(self, field: Field) -> str:
        """The value of one record, empty where the card has none or keeps it closed; both are warnings."""
        try:
            return self.read(field)
        except StatusFault as fault:
            self.warn(field, f"not read: {fault.status:04X} {meaning_of(fault.status)}")
        except CardDataInvalid as fault:
            self.warn(field, fault.detail.partition(": ")[2] or fault.detail)
        return ""

    def warn(self, field: Field, reason: str, raw: bytes = b"") -> None:
        self.warnings.append(CardWarning(field.name, reason, raw))

    def read_name(self) -> str:
        """The holder's name of the selected EF06, with its extension only where one can exist."""
        raw = self._value(files.NAME, self._records.read(files.NAME))
        name = trimmed(raw)
        if len(name) > files.NAME.size - LONGEST_CHARACTER:
            name += self._name_extension()
        text, oddity = files.decode(files.NAME, name[: files.NAME.size + files.NAME_EXTENSION.size])
        if oddity and len(name) <= files.NAME.size:
            self.warn(files.NAME, oddity, raw)
        return text

    def read_file(self, file: int) -> dict[str, str]:
        """All records of EF05 or EF06 by the names of their fields."""
        self.select_file(file)
        values = {}
        for field in (field for field in files.FIELDS if field.file == file):
            if field is files.NAME_EXTENSION:
                values[field.name] = self._decoded(field, self._name_extension())
            else:
                values[field.name] = self.read_optional(field)
        return values

    def get_challenge(self) -> bytes:
        """Eight random bytes from the card."""
        return expect("GET CHALLENGE", self._connection.transmit(apdu.get_challenge()))

    def verify_pin(self, pin: str) -> None:
        """Six digits, checked by the card. Raises ``PinWrong`` with the tries left, ``PinBlocked``, and
        ``ValueError`` for what is no PIN, before the card is asked."""
        if not (len(pin) == PIN_DIGITS and pin.isascii() and pin.isdecimal()):
            raise ValueError(f"a PIN has {PIN_DIGITS} digits")
        response = self._connection.transmit(apdu.verify(pin))
        left = tries_left(response.status)
        if left == 0 or response.status == StatusWord.AUTHENTICATION_BLOCKED:
            raise PinBlocked(f"VERIFY: {response.status:04X}")
        if left:
            raise PinWrong(left)
        expect("VERIFY", response)

    def internal_authenticate(self, session_factor: bytes, challenge: bytes) -> bytes:
        """The card's proof: 8 bytes made with its own key out of 8 + 8 random ones."""
        command = apdu.internal_authenticate(session_factor, challenge)
        return expect("INTERNAL AUTHENTICATE", self._connection.transmit(command))

    def external_authenticate(self, key: int, cryptogram: bytes, content: bytes) -> None:
        """The terminal's proof to the card; a wrong one counts against the card's key."""
        command = apdu.external_authenticate(key, cryptogram, content)
        expect("EXTERNAL AUTHENTICATE", self._connection.transmit(command))

    def _name_extension(self) -> bytes:
        response = self._records.read_name_extension()
        if response is None:
            return b""
        try:
            return trimmed(self._value(files.NAME_EXTENSION, response))
        except (StatusFault, CardDataInvalid) as fault:
            self.warn(files.NAME_EXTENSION, fault.detail)
            return b""

    def _value(self, field: Field, response: Response) -> bytes:
        data = expect_data(f"READ RECORD {field.step}", response)
        if not response.ok:
            self.warn(field, f"{response.status:04X} {meaning_of(response.status)}", data)
        return files.record_value(field, data)

    def _decoded(self, field: Field, value: bytes) -> str:
        text, oddity = files.decode(field, value)
        if oddity and value:
            self.warn(field, oddity, value)
        return text


def read_identity(connection: Connection) -> SocialSecurityCardFiles:
    """Data of the card itself (EF05), without its holder: enough where the holder is not shown."""
    application = SocialSecurityApplication.open(connection)
    return replace(read_issuer_file(application), warnings=tuple(application.warnings))


def read_card(connection: Connection) -> SocialSecurityCardFiles:
    """Data of the card, and its holder where the card tells it."""
    application = SocialSecurityApplication.open(connection)
    card = read_issuer_file(application)
    holder = read_holder(application)
    return replace(card, holder=holder, warnings=tuple(application.warnings))


def read_issuer_file(application: SocialSecurityApplication) -> SocialSecurityCardFiles:
    """Data of the card itself, from EF05. What the identification needs is checked, the rest is taken as it
    is.

    Raises ``CardDataInvalid``, ``StatusFault``; ``CardLocked`` or ``NotSocialSecurityCard`` where SELECT left
    a doubt.
    """
    try:
        application.select_file(files.ISSUER_FILE)
        code = parse_identification_code(application.read(files.IDENTIFICATION_CODE))
    except (StatusFault, CardDataInvalid) as fault:
        if application.environment.doubt is None:
            raise
        raise application.environment.doubt(fault.detail) from fault
    version = application.read_optional(files.VERSION)
    issue_date = _date(application, files.ISSUE_DATE)
    expiry_date = _date(application, files.EXPIRY_DATE)
    number = parse_card_number(application.read(files.CARD_NUMBER))
    if not region_is_known(code):
        application.warn(files.IDENTIFICATION_CODE, "no region of GB/T 2260")
    if version and not version_is_known(version):
        application.warn(files.VERSION, "not of the form 2.00")
    if expiry_date and issue_date and expiry_date < issue_date:
        application.warn(files.EXPIRY_DATE, "before the issue date")
    if not card_number_is_plausible(number):
        application.warn(files.CARD_NUMBER, "the last character does not follow GB 11714")
    return SocialSecurityCardFiles(
        code, number, version, application.environment.algorithm, issue_date, expiry_date
    )


def _date(application: SocialSecurityApplication, field: Field) -> date | None:
    seen = len(application.warnings)
    found, oddity = read_date(application.read_optional(field), field.name)
    if oddity and len(application.warnings) == seen:
        application.warn(field, oddity)
    return found


def read_holder(application: SocialSecurityApplication) -> CardHolder | None:
    """The holder from EF06, as far as the card tells; None when the card keeps the file closed, which is its
    right (version 3.00), or has no holder."""
    number = ""
    try:
        application.select_file(files.HOLDER_FILE)
        number = _number(application, application.read(files.SOCIAL_SECURITY_NUMBER))
    except StatusFault as fault:
        if fault.status == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
            return None
        application.warn(files.SOCIAL_SECURITY_NUMBER, fault.detail)
    except CardDataInvalid as fault:
        application.warn(files.SOCIAL_SECURITY_NUMBER, fault.detail)
    try:
        name = application.read_name()
    except (StatusFault, CardDataInvalid) as fault:
        application.warn(files.NAME, fault.detail)
        name = ""
    if not name:
        application.warn(files.NAME, "no name on the card")
    return CardHolder(number or None, name or None) if number or name else None


def _number(application: SocialSecurityApplication, text: str) -> str:
    number, oddity = read_social_security_number(text)
    if oddity:
        application.warn(files.SOCIAL_SECURITY_NUMBER, oddity, text.encode())
    return number if number.isascii() else ""
