"""Cost of trust: cards proved, codes checked, blocked cards looked up; beside the bare calls inside.

Everything runs in this process on cards that answer at once, so that the figures are the software's own;
what a real line adds stands with ``tap_to_credential``. The disk is real: each code taken is committed.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from tongsuopy.crypto.asymciphers import ec as tongsuo
from tongsuopy.crypto.hashes import SM3 as TongsuoSM3

from benchmarks.figure import Figure, Timings, figure, timed
from benchmarks.tap_to_credential import Direct
from domain.codes import cose, e_card, ride_code, ride_code_making, sm2
from domain.codes.code import RideCode, SignedECard
from domain.codes.e_card import AgeBand, Credential, Presentation
from domain.codes.ride_code_making import RideAccount
from domain.codes.trust import ClockReading, ECardIssuer, Here, RideCodeAuthority, anchors
from domain.codes.verification import verify
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import read_card
from drivers.codes.replay import SqliteReplayTable
from drivers.virtual.personas import make_of
from drivers.virtual.social_security_card import VirtualSocialSecurityCard
from terminal.identification.card_reading import credential_of
from terminal.identification.hotlist.store import Delta, Hotlist
from tests.cities import VirtualPsam, personas

ROUNDS = 300
CITY = 4_000_000
ONE_PERCENT = CITY // 100
PEOPLE = {"1.00": "patient", "2.00": "liu-zhiyong", "3.00": "closed-holder-file"}
KEY_ID, ISSUER = b"\x16\x00\x00\x01", bytes.fromhex("04664660")
HERE = Here("bus", takes_ride_codes=True)
DAY = timedelta(days=1)


def run() -> dict[str, Figure]:
    """All figures, in about a minute."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        figures = proved_cards() | codes(directory) | lists(directory)
        return figures | everything_on(directory)


class Counted(Direct):
    """A connection into a virtual card or module that stays open, as a context too."""

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None: ...


def proved_cards() -> dict[str, Figure]:
    """Exchanges and time of reading with a proof, beside plain reading; ``61xx`` fetches counted."""
    figures: dict[str, Figure] = {}
    for version, person in PEOPLE.items():
        persona = personas()[person]
        card = VirtualSocialSecurityCard(persona, make_of(persona))
        module = Counted(VirtualPsam())  # type: ignore[arg-type]
        psam = PsamAuthenticator(lambda module=module: module, PsamKeys())  # type: ignore[misc]
        read = AuthenticatedReading(psam, secrets.token_bytes).read
        plain, proved = Timings(), Timings()
        for _ in range(ROUNDS):
            plain.add(timed(partial(read_card, Direct(card))))
            proved.add(timed(partial(read, Direct(card))))
        before, plainly, with_proof = module.exchanges, Direct(card), Direct(card)
        read_card(plainly)
        read(with_proof)
        more = with_proof.exchanges - plainly.exchanges
        name = f"version {version} card proved by a PSAM"
        figures |= {
            f"{name}, exchanges with the card": figure(
                with_proof.exchanges, "APDU", {"plain reading": plainly.exchanges}
            ),
            f"{name}, of them the proof's": figure(more, "APDU"),
            f"{name}, exchanges with the PSAM": figure(module.exchanges - before, "APDU"),
            f"{name}, software's time, p50": figure(proved.at(50), "ms", {"plain reading": plain.at(50)}),
        }
    return figures


def codes(directory: Path) -> dict[str, Figure]:
    """A whole check (form, chain, audience, clock, table on disk), beside the signatures alone."""
    phone = Phone()
    with table_in(directory) as table:
        card, ride = Timings(), Timings()
        for second in range(ROUNDS):
            now = datetime.now(UTC) + timedelta(seconds=second)
            shown, ridden = SignedECard(phone.signed_card(now)), RideCode(phone.ride_code(now))
            clock = ClockReading(now, True)
            card.add(timed(partial(verify, shown, phone.anchors, clock, HERE, table)))
            ride.add(timed(partial(verify, ridden, phone.anchors, clock, HERE, table)))
    bare_card, bare_ride, other = Timings(), Timings(), Timings()
    checks, ride_checks, tongsuo_check = phone.bare_es256(), phone.bare_sm2(), bare_tongsuo()
    for _ in range(ROUNDS):
        bare_card.add(timed(checks))
        bare_ride.add(timed(ride_checks))
        other.add(3 * timed(tongsuo_check))
    return {
        "signed card, whole check and commit, p50": figure(
            card.at(50), "ms", {"two bare ES256 verifications": bare_card.at(50)}
        ),
        "signed card, whole check and commit, p95": figure(card.at(95), "ms"),
        "ride code, whole check and commit, p50": figure(
            ride.at(50),
            "ms",
            {"three bare SM2, libcrypto": bare_ride.at(50), "three bare SM2, tongsuopy": other.at(50)},
        ),
        "ride code, whole check and commit, p95": figure(ride.at(95), "ms"),
    }


class Phone:
    """A phone with its issuers: it makes both codes, and the bare verifications inside them."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        self._issuer, self._key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
        self._authority, self._ride_issuer, self._ride_key = (sm2.PrivateKey(each) for each in (11, 12, 13))
        self._credential = e_card.issue(
            Credential(
                "c2FtcGxlMDE",
                "张**",
                AgeBand(60, 64),
                frozenset(),
                now - DAY,
                now + DAY,
                cose.compressed(self._key),
            ),
            KEY_ID,
            cose.signing_with(self._issuer),
        )
        certificate = ride_code_making.certify(
            1, ISSUER, self._ride_issuer.public_key(), (now.year + 1, 12), self._authority
        )
        account = RideAccount(
            "3716000000000001",
            "31000000000000000001",
            ISSUER,
            b"\x00\x00\x00\x01",
            self._ride_key.public_key().compressed,
            now + DAY,
        )
        self._account = ride_code_making.authorise(certificate, account, self._ride_issuer)
        self.anchors = anchors(
            [ECardIssuer(KEY_ID, cose.compressed(self._issuer), now - DAY, now + DAY)],
            [RideCodeAuthority(1, self._authority.public_key().compressed)],
        )

    def signed_card(self, at: datetime) -> str:
        shown = Presentation(at, secrets.token_bytes(4))
        return e_card.present(self._credential, shown, cose.signing_with(self._key))

    def ride_code(self, at: datetime) -> bytes:
        return ride_code_making.show(self._account, at, self._ride_key)

    def bare_es256(self) -> Callable[[], None]:
        parts = e_card.take_apart(self.signed_card(datetime.now(UTC)))
        issuer, phone = self._issuer.public_key(), self._key.public_key()
        pairs = [(issuer, parts.credential), (phone, parts.presentation)]
        ready = [
            (
                key,
                encode_dss_signature(
                    int.from_bytes(each.signature[:32]), int.from_bytes(each.signature[32:])
                ),
                each.signed,
            )
            for key, each in pairs
        ]

        def check() -> None:
            for key, signature, signed in ready:
                key.verify(signature, signed, ECDSA(SHA256()))

        return check

    def bare_sm2(self) -> Callable[[], None]:
        parts = ride_code.take_apart(self.ride_code(datetime.now(UTC)))
        certificate = parts.certificate
        ready = [
            (self._authority.public_key(), certificate.signed, certificate.signature),
            (self._ride_issuer.public_key(), parts.issuer_signed, parts.issuer_signature),
            (self._ride_key.public_key(), parts.user_signed, parts.user_signature),
        ]

        def check() -> None:
            for key, signed, signature in ready:
                key.verify(signed, signature)

        return check


def bare_tongsuo() -> Callable[[], None]:
    key = tongsuo.generate_private_key(tongsuo.SM2())
    content = secrets.token_bytes(300)
    algorithm = tongsuo.ECDSA(TongsuoSM3())
    signature, public = key.sign(content, algorithm), key.public_key()
    return lambda: public.verify(signature, content, algorithm)


@contextmanager
def table_in(directory: Path) -> Iterator[SqliteReplayTable]:
    table = SqliteReplayTable(directory / f"replay-{secrets.token_hex(4)}.db", datetime.now(UTC) - DAY)
    try:
        yield table
    finally:
        table.close()


def lists(directory: Path) -> dict[str, Figure]:
    """A city's blocked cards: 1 % of it, and, as the promise has it, all of it."""
    figures: dict[str, Figure] = {}
    for entries, name in ((ONE_PERCENT, "1 % of 4 million blocked"), (CITY, "4 million blocked")):
        path = directory / f"hotlist-{entries}.db"
        filled(path, entries)
        began = time.perf_counter()
        with closing(Hotlist(path)) as hotlist, closing(sqlite3.connect(path)) as bare:
            opened_ms = (time.perf_counter() - began) * 1000
            strangers = [f"card:{secrets.token_hex(16)}" for _ in range(20_000)]
            ours = timed(lambda h=hotlist, s=strangers: [h.blocked(each) for each in s])  # type: ignore[misc]
            table = timed(lambda b=bare, s=strangers: [asked(b, each) for each in s])  # type: ignore[misc]
            known = bare.execute("SELECT count(*) FROM blocked").fetchone()[0]
            assert known == entries
            figures |= {
                f"hotlist, {name}, look-up of a stranger": figure(
                    ours * 1000 / len(strangers), "µs", {"SQLite alone": table * 1000 / len(strangers)}
                ),
                f"hotlist, {name}, memory of the filter": figure(hotlist.filter_bytes / 2**20, "MiB"),
                f"hotlist, {name}, on disk": figure(path.stat().st_size / 2**20, "MiB"),
                f"hotlist, {name}, opened": figure(opened_ms, "ms"),
            }
    return figures


def filled(path: Path, entries: int) -> None:
    """As the terminal's own, its rows put in in order so that this takes seconds."""
    with closing(Hotlist(path)) as hotlist:
        hotlist.apply(Delta(0, 1, (), ()), datetime.now(UTC))
    rows = np.frombuffer(secrets.token_bytes(16 * entries), dtype=">u8").reshape(-1, 2)
    rows = rows[np.argsort(rows[:, 0])]
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.executemany("INSERT OR IGNORE INTO blocked VALUES (?)", ((row.tobytes(),) for row in rows))
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def asked(database: sqlite3.Connection, subject_key: str) -> object:
    wanted = hashlib.sha256(subject_key.encode()).digest()[:16]
    return database.execute("SELECT 1 FROM blocked WHERE fingerprint = ?", (wanted,)).fetchone()


def everything_on(directory: Path) -> dict[str, Figure]:
    """A card before a counter: proved and looked up among 40,000 blocked ones, beside reading it plainly."""
    persona = personas()["liu-zhiyong"]
    card = VirtualSocialSecurityCard(persona, make_of(persona))
    module = Counted(VirtualPsam())  # type: ignore[arg-type]
    psam = PsamAuthenticator(lambda: module, PsamKeys())
    read = AuthenticatedReading(psam, secrets.token_bytes).read
    plain, whole = Timings(), Timings()
    with closing(Hotlist(directory / f"hotlist-{ONE_PERCENT}.db")) as hotlist:

        def decided() -> None:
            found = credential_of(read(Direct(card)))
            assert not hotlist.blocked(found.subject_key)

        for _ in range(ROUNDS):
            plain.add(timed(lambda: credential_of(read_card(Direct(card)))))
            whole.add(timed(decided))
    return {
        f"card to decision, proof and hotlist on, p{at}": figure(
            whole.at(at), "ms", {"plain reading": plain.at(at)}
        )
        for at in (50, 95)
    }


if __name__ == "__main__":
    for name, row in run().items():
        print(f"{name:64} {row['value']:>10} {row['unit']:5} {row['peer'] or ''}")
