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
from enum import Enum, StrEnum

from drivers.cards import apdu
from drivers.cards import social_security_files as files
from drivers.cards.connection import Connection, Response
from drivers.cards.faults import CardDataInvalid, CardExpired, PinBlocked, PinWrong, StatusFault
from drivers.cards.numbers import (
    card_number_is_plausible,
    parse_card_number,
    parse_date,
    parse_identification_code,
    parse_social_security_number,
    parse_version,
)
from drivers.cards.recognise import Algorithm, Environment, select_environment
from drivers.cards.social_security_files import Field
from drivers.cards.status_word import StatusWord, expect, tries_left
from drivers.central.masking import mask_name, mask_number

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
    """Holder of the card (EF06)."""

    social_security_number: str
    name: str

    def __repr__(self) -> str:
        return f"CardHolder({mask_name(self.name)}, {mask_number(self.social_security_number)})"


@dataclass(frozen=True, slots=True, repr=False)
class SocialSecurityCardFiles:
    """Data read from a card.

    ``identification_code`` is 32 hex digits. ``holder`` is None when it was not asked for, or when the
    card keeps it closed (version 3.00 without authentication). ``authentication`` is the proof that the card
    is
    genuine, ``authentication_fault`` the code of the security module's fault.
    """

    identification_code: str
    card_number: str
    version: str
    algorithm: Algorithm
    issue_date: date
    expiry_date: date
    holder: CardHolder | None = None
    authentication: Authentication = Authentication.NONE
    authentication_fault: str = ""

    @property
    def hints(self) -> tuple[str, ...]:
        """Oddities that are no reason to refuse the card."""
        plausible = card_number_is_plausible(self.card_number)
        return () if plausible else ("the card number's last character does not follow GB 11714",)

    def __repr__(self) -> str:
        number = mask_number(self.card_number)
        return f"SocialSecurityCardFiles({number}, version={self.version}, holder={self.holder!r})"


def refuse_expired(card: SocialSecurityCardFiles, today: date) -> None:
    """Raise ``CardExpired`` when the card is not yet, or no longer, valid on ``today``."""
    if today < card.issue_date:
        raise CardExpired("the card's issue date lies ahead")
    if today > card.expiry_date:
        raise CardExpired("the card's valid-to date has passed")


class Addressing(Enum):
    """How a card finds a record."""

    UNKNOWN = "not known yet"
    TAG = "by tag"
    NUMBER = "by number"


_NOT_UNDERSTOOD = frozenset(
    (
        StatusWord.INCOMPATIBLE_FILE,
        StatusWord.CONDITIONS_NOT_SATISFIED,
        StatusWord.WRONG_DATA,
        StatusWord.NOT_SUPPORTED_OR_LOCKED,
        StatusWord.FILE_NOT_FOUND,
        StatusWord.RECORD_NOT_FOUND,
        StatusWord.WRONG_PARAMETERS,
        StatusWord.OUTSIDE_FILE,
    )
)
"""Words by which a card may say that it does not know this way of asking."""


class SocialSecurityApplication:
    """The environment of one card, over a connection that is held for the whole session.

    How this card likes its files selected and its records addressed is learnt once and kept.
    Every method raises ``CardFault`` and ``ReaderFault`` of the connection, ``CardLocked``,
    ``StatusFault`` for a word that the step does not expect, ``CardDataInvalid`` for nonsense.
    """

    def __init__(self, connection: Connection, environment: Environment) -> None:
        self.environment = environment
        self._connection = connection
        self._selects_below = True
        self._addressing = Addressing.UNKNOWN
        self._has_name_extension = True

    @classmethod
    def open(cls, connection: Connection) -> SocialSecurityApplication:
        """Recognise the card; raises ``NotSocialSecurityCard`` when it is another."""
        return cls(connection, select_environment(connection))

    def select_file(self, file: int) -> None:
        """SELECT an EF below the environment, by one of the two ways that cards know."""
        step = f"SELECT EF{file & 0xFF:02X}"
        if self._selects_below:
            response = self._connection.transmit(apdu.select_below(file))
            if response.status not in _NOT_UNDERSTOOD:
                expect(step, response)
                return
        expect(step, self._connection.transmit(apdu.select_file(file)))
        self._selects_below = False

    def read(self, field: Field) -> str:
        """The value of one record of the selected file, by tag or, where the card wants it, by number."""
        return files.decode(field, self._value(field, self._read_record(field)))

    def read_name(self) -> str:
        """The holder's name of the selected EF06, with its extension only where one can exist."""
        name = files.trimmed(self._value(files.NAME, self._read_record(files.NAME)))
        if len(name) > files.NAME.size - LONGEST_CHARACTER:
            name += self._name_extension()
        return files.decode(files.NAME, name)

    def read_file(self, file: int) -> dict[str, str]:
        """All records of EF05 or EF06 by the names of their fields."""
        self.select_file(file)
        values = {}
        for field in (field for field in files.FIELDS if field.file == file):
            if field is files.NAME_EXTENSION:
                values[field.name] = files.decode(field, self._name_extension())
            else:
                values[field.name] = self.read(field)
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
        """Version 1.00 cards have no such record: not by tag, and by number another stands in its place."""
        response = self._read_record(files.NAME_EXTENSION)
        by_number = self._addressing is Addressing.NUMBER
        if response.status == StatusWord.RECORD_NOT_FOUND or (by_number and _has_tag(files.SEX, response)):
            self._has_name_extension = False
            return b""
        return files.trimmed(self._value(files.NAME_EXTENSION, response))

    def _value(self, field: Field, response: Response) -> bytes:
        return files.record_value(field, expect(f"READ RECORD {field.step}", response))

    def _read_record(self, field: Field) -> Response:
        if self._addressing is not Addressing.NUMBER:
            response = self._connection.transmit(apdu.read_record_by_tag(field.tag, field.expected))
            if _has_tag(field, response):
                self._addressing = Addressing.TAG
            if self._addressing is Addressing.TAG or not _ignores_tag(response):
                return response
            self._addressing = Addressing.NUMBER
        return self._connection.transmit(apdu.read_record(self._number(field), field.expected))

    def _number(self, field: Field) -> int:
        after_extension = field.file == files.HOLDER_FILE and field.record > files.NAME_EXTENSION.record
        return field.record - (after_extension and not self._has_name_extension)


def _has_tag(field: Field, response: Response) -> bool:
    return response.ok and response.data[:1] == bytes((field.tag,))


def _ignores_tag(response: Response) -> bool:
    """A card that reads by number only refuses, or gives the record whose number the tag happens to be."""
    return response.ok or response.status in _NOT_UNDERSTOOD


def read_identity(connection: Connection) -> SocialSecurityCardFiles:
    """Read the card's own data (EF05), without its holder: enough where the holder is not shown."""
    return read_issuer_file(SocialSecurityApplication.open(connection))


def read_card(connection: Connection) -> SocialSecurityCardFiles:
    """Read the card's own data, and its holder where the card permits it."""
    application = SocialSecurityApplication.open(connection)
    return replace(read_issuer_file(application), holder=read_holder(application))


def read_issuer_file(application: SocialSecurityApplication) -> SocialSecurityCardFiles:
    """Parse the card's own data from EF05."""
    application.select_file(files.ISSUER_FILE)
    read = application.read
    card = SocialSecurityCardFiles(
        identification_code=parse_identification_code(read(files.IDENTIFICATION_CODE)),
        version=parse_version(read(files.VERSION)),
        issue_date=parse_date(read(files.ISSUE_DATE), "issue_date"),
        expiry_date=parse_date(read(files.EXPIRY_DATE), "expiry_date"),
        card_number=parse_card_number(read(files.CARD_NUMBER)),
        algorithm=application.environment.algorithm,
    )
    if card.expiry_date < card.issue_date:
        raise CardDataInvalid("expiry_date: before the issue date")
    return card


def read_holder(application: SocialSecurityApplication) -> CardHolder | None:
    """The holder from EF06; None when the card keeps the file closed, which is its right (version 3.00)."""
    try:
        application.select_file(files.HOLDER_FILE)
        number = application.read(files.SOCIAL_SECURITY_NUMBER)
        name = application.read_name()
    except StatusFault as fault:
        if fault.status == StatusWord.SECURITY_STATUS_NOT_SATISFIED:
            return None
        raise
    if not name:
        raise CardDataInvalid("name: empty")
    return CardHolder(parse_social_security_number(number), name)
