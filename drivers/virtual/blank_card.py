"""A virtual blank card of an instant-issue outlet: made and keyed, with nothing written in it.

It is written once, after a proof of the personalisation key; from the moment it has an
identification code nothing more can be written.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from config.personas import Persona
from config.test_card_keys import TEST_PERSONALISATION_KEY
from domain.cards.algorithms import Algorithm
from domain.cards.keys import derived, enciphered
from drivers.cards import social_security_files as files
from drivers.cards.personalisation import PERSONALISATION_KEY
from drivers.cards.psam import BLOCK, PsamLevel, derivation_factors
from drivers.cards.status_word import StatusWord
from drivers.cards.tlv import encode_record
from drivers.virtual.answer_times import INSTANT, AnswerTimes
from drivers.virtual.card_system import Command, File, Refused, Verb
from drivers.virtual.social_security_card import (
    ORDINARY,
    UPDATE_KEY,
    Random,
    VirtualSocialSecurityCard,
    card_factor,
)

UNWRITTEN = 0xFF


class VirtualBlankCard(VirtualSocialSecurityCard):
    """``region``: its city, GB/T 2260. ``random(size)`` gives its serial and its challenges."""

    def __init__(
        self, region: str, times: AnswerTimes = INSTANT, random: Random = secrets.token_bytes
    ) -> None:
        maker = _nobody(region, random(3))
        super().__init__(maker, replace(ORDINARY, times=times), random)
        (environment,) = self._directories
        self._directories = (replace(environment, files=_unwritten()),)
        self.session.directory = self._directories[0]
        factors = derivation_factors(PsamLevel.MINISTRY, region, card_factor(maker, ORDINARY))[::-1]
        self._write_key = derived(Algorithm.TRIPLE_DES, TEST_PERSONALISATION_KEY, factors)

    def verbs(self) -> Mapping[int, Verb]:
        return {**super().verbs(), 0xDC: self._update_record}

    @property
    def written(self) -> bool:
        """Whether it is somebody's card by now."""
        code = self._directories[0].files[0].records[files.IDENTIFICATION_CODE.record - 1]
        return set(code[2:]) != {UNWRITTEN}

    def _external_authenticate(self, command: Command) -> bytes:
        if command.p2 != PERSONALISATION_KEY:
            return super()._external_authenticate(command)
        challenge, self.session.challenge = self.session.challenge, b""
        if len(challenge) != BLOCK or len(command.data) != 2 * BLOCK:
            raise Refused(StatusWord.DATA_INVALIDATED)
        content = command.data[BLOCK:]
        expected = enciphered(Algorithm.TRIPLE_DES, self._write_key, challenge, content)
        if command.data[:BLOCK] != expected:
            raise Refused(StatusWord.AUTHENTICATION_FAILED)
        self.session.opened_by |= {PERSONALISATION_KEY}
        return b""

    def _update_record(self, command: Command) -> bytes:
        """The whole record, by its number, with the tag and the length it has."""
        if PERSONALISATION_KEY not in self.session.opened_by:
            raise Refused(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if self.written:
            raise Refused(StatusWord.CONDITIONS_NOT_SATISFIED)
        file = self.session.file
        if file is None or not file.records:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        if command.p2 != 0x04 or not 0 < command.p1 <= len(file.records):
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        records = list(file.records)
        if command.data[:2] != records[command.p1 - 1][:2] or len(command.data) != len(
            records[command.p1 - 1]
        ):
            raise Refused(StatusWord.WRONG_DATA)
        records[command.p1 - 1] = command.data
        self._keep(replace(file, records=tuple(records)))
        return b""

    def _keep(self, changed: File) -> None:
        """Into its memory: it stays through a loss of power."""
        directory = self._directories[0]
        kept = tuple(changed if each.identifier == changed.identifier else each for each in directory.files)
        self._directories = (replace(directory, files=kept),)
        self.session.directory, self.session.file = self._directories[0], changed


def _unwritten() -> tuple[File, ...]:
    def records(file: int) -> tuple[bytes, ...]:
        return tuple(
            encode_record(each.tag, bytes((UNWRITTEN,)) * each.size)
            for each in files.FIELDS
            if each.file == file
        )

    return (
        File(files.ISSUER_FILE, records(files.ISSUER_FILE)),
        File(files.HOLDER_FILE, records(files.HOLDER_FILE)),
        File(files.FINGERPRINT_FILE, content=bytes(0x300), read_key=UPDATE_KEY),
        File(files.PHOTO_FILE, content=bytes(0x1000), read_key=UPDATE_KEY),
    )


def _nobody(region: str, serial: bytes) -> Persona:
    """Maker's data of the blank: a chip with a serial, of version 2.00, for this city."""
    return Persona(
        id="blank",
        name="-",
        social_security_number=f"{region}190001010000",
        card_number="T0000000X",
        identification_code=f"{region}D1560000055E{serial.hex().upper()}FFFFFFFF",
        version="2.00",
        algorithm="3DES",
        issue_date=date(2000, 1, 1),
        expiry_date=date(2000, 1, 1),
        sex="1",
        ethnic_group="01",
        birthplace=region,
        birth_date=date(1900, 1, 1),
    )
