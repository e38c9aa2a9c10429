"""Records of the files of one card, found however this card wants to be asked.

How a card likes its files selected and its records addressed is learnt once and kept.
"""

from __future__ import annotations

from enum import Enum

from drivers.cards import apdu
from drivers.cards import social_security_files as files
from drivers.cards.connection import Connection, Response
from drivers.cards.social_security_files import Field
from drivers.cards.status_word import StatusWord, expect, has_data

MOST_RECORDS = 20
"""The longest file of the environment has seven records; some cities add their own."""

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


class Addressing(Enum):
    """How a card finds a record."""

    UNKNOWN = "not known yet"
    TAG = "by tag"
    NUMBER = "by number"


class Records:
    """The files of the selected environment. Methods raise what the connection raises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._selects_below = True
        self._addressing = Addressing.UNKNOWN
        self._has_name_extension = True
        self._found: dict[int, Response] | None = None

    def select(self, file: int) -> None:
        """SELECT an EF below the environment, by one of the two ways that cards know. Raises
        ``StatusFault``."""
        self._found = None
        step = f"SELECT EF{file & 0xFF:02X}"
        if self._selects_below:
            response = self._connection.transmit(apdu.select_below(file))
            if has_data(response):
                return
            if response.status not in _NOT_UNDERSTOOD:
                expect(step, response)
                return
        response = self._connection.transmit(apdu.select_file(file))
        if not has_data(response):
            expect(step, response)
        self._selects_below = False

    def read(self, field: Field) -> Response:
        """The answer for one record of the selected file: by tag or, where the card wants it, by number."""
        if self._addressing is not Addressing.NUMBER:
            response = self._by_tag(field)
            if _has_tag(field, response):
                self._addressing = Addressing.TAG
            if self._addressing is Addressing.TAG or not _ignores_tag(response):
                return response
            self._addressing = Addressing.NUMBER
        response = self._by_number(self._number(field), field.expected)
        return response if _has_tag(field, response) else self._searched(field, response)

    def read_name_extension(self) -> Response | None:
        """None where the card has no such record: version 1.00 has not, by number another stands in its
        place."""
        response = self.read(files.NAME_EXTENSION)
        by_number = self._addressing is Addressing.NUMBER
        if response.status in _NOT_UNDERSTOOD or (by_number and not _has_tag(files.NAME_EXTENSION, response)):
            self._has_name_extension = False
            return None
        return response

    def _by_tag(self, field: Field) -> Response:
        response = self._connection.transmit(apdu.read_record_by_tag(field.tag, field.expected))
        if response.status == StatusWord.WRONG_LENGTH:
            return self._connection.transmit(apdu.read_record_by_tag(field.tag, apdu.ALL))
        return response

    def _by_number(self, number: int, expected: int) -> Response:
        response = self._connection.transmit(apdu.read_record(number, expected))
        if response.status == StatusWord.WRONG_LENGTH:
            return self._connection.transmit(apdu.read_record(number, apdu.ALL))
        return response

    def _number(self, field: Field) -> int:
        after_extension = field.file == files.HOLDER_FILE and field.record > files.NAME_EXTENSION.record
        return field.record - (after_extension and not self._has_name_extension)

    def _searched(self, field: Field, instead: Response) -> Response:
        """Records of some cards stand in another order, or one is missing: all are read once, by number."""
        if not has_data(instead) and instead.status not in _NOT_UNDERSTOOD:
            return instead
        if self._found is None:
            self._found = {}
            for number in range(1, MOST_RECORDS + 1):
                response = self._by_number(number, apdu.ALL)
                if not has_data(response):
                    break
                self._found.setdefault(response.data[0], response)
        return self._found.get(field.tag, instead)


def _has_tag(field: Field, response: Response) -> bool:
    return has_data(response) and response.data[:1] == bytes((field.tag,))


def _ignores_tag(response: Response) -> bool:
    """A card that reads by number only refuses, or gives the record whose number the tag happens to be."""
    return has_data(response) or response.ok or response.status in _NOT_UNDERSTOOD
