"""Writing a blank social-security card for its holder, and reading it back.

The ministry's commands for personalisation are not public. This is the port, with what ISO/IEC 7816-4 has for
it: the issuer proves itself to the blank (EXTERNAL AUTHENTICATE with the personalisation key, which only the
centre holds), then EF06 and EF05 are written record by record (UPDATE RECORD). The identification code
is written last of all: a card torn out before identifies no person at any counter.

Exchanges (``61xx`` fetches not counted): 2 to see that it is blank, 2 to prove, 16 to write, 18 to read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from config.faults import Fault
from domain.cards.faults import CardNotBlank, CardSpoilt
from drivers.cards import apdu
from drivers.cards import social_security_files as files
from drivers.cards.atr import historical_bytes
from drivers.cards.connection import Connection
from drivers.cards.psam import BLOCK
from drivers.cards.social_security import SocialSecurityApplication
from drivers.cards.social_security_files import Field
from drivers.cards.status_word import expect

PERSONALISATION_KEY = 0x06
"""Number of the key on virtual blanks."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Permit of the issuer for one blank: ``content`` of 8 bytes, its cryptogram under the session key
    derived from the challenge, and the values by the names of their fields.
    """

    cryptogram: bytes = field(repr=False)
    content: bytes = field(repr=False)
    values: Mapping[str, str] = field(repr=False)


Ask = Callable[[bytes, bytes], Permit]
"""The issuer's answer to a challenge and the card's derivation factor, 8 bytes each."""


def personalise(connection: Connection, ask: Ask) -> None:
    """Writes the blank card and compares what it then holds.

    Raises ``CardNotBlank``; ``CardSpoilt`` from the first byte written on: such a card is never tried again;
    before that what ``ask`` raises and the ordinary faults, and the blank is as it was.
    """
    application = SocialSecurityApplication.open(connection)
    _see_blank(application)
    permit = ask(application.get_challenge(), historical_bytes(connection.atr)[-BLOCK:])
    records = [(each, files.encode(each, permit.values[each.name])) for each in _in_order()]
    application.external_authenticate(PERSONALISATION_KEY, permit.cryptogram, permit.content)
    try:
        _write(connection, application, records)
        written = application.read_file(files.ISSUER_FILE) | application.read_file(files.HOLDER_FILE)
    except Fault as fault:
        raise CardSpoilt(str(fault)) from fault
    different = [name for name, value in permit.values.items() if written.get(name) != value]
    if different:
        raise CardSpoilt(f"read back otherwise than written: {', '.join(different)}")


def _in_order() -> tuple[Field, ...]:
    """The holder first, what makes it a card last."""
    others = [each for each in files.FIELDS if each is not files.IDENTIFICATION_CODE]
    holder = [each for each in others if each.file == files.HOLDER_FILE]
    issuer = [each for each in others if each.file == files.ISSUER_FILE]
    return (*holder, *issuer, files.IDENTIFICATION_CODE)


def _see_blank(application: SocialSecurityApplication) -> None:
    """Bytes of a blank are all FF. A holder without a card is a blank that was torn out in the middle."""
    application.select_file(files.ISSUER_FILE)
    if set(application.read(files.IDENTIFICATION_CODE)) != {"F"}:
        raise CardNotBlank("it has an identification code")
    application.select_file(files.HOLDER_FILE)
    if application.read(files.SOCIAL_SECURITY_NUMBER):
        raise CardSpoilt("it was begun before")


def _write(
    connection: Connection, application: SocialSecurityApplication, records: list[tuple[Field, bytes]]
) -> None:
    selected = 0
    for each, record in records:
        if each.file != selected:
            application.select_file(each.file)
            selected = each.file
        expect(f"UPDATE RECORD {each.step}", connection.transmit(apdu.update_record(each.record, record)))
