"""The time by which certificates are checked: the machine's, or the centre's where the machine's is wrong.

    certificate not in force by the machine's clock ─▶ signed time of the centre, for a nonce of ours
        ├─ in force by that ─▶ carried on by the monotonic clock, the connection stands
        └─ otherwise, or no right signature ─▶ refused, as by any clock

The machine's clock itself is not set: that is its administrator's, and ``onecard doctor`` says so.
"""

from __future__ import annotations

import logging
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from pathlib import Path

from cryptography import x509

from config.clock import utc_now
from config.faults import Fault
from domain.messages.signed_documents import document_in, opened
from domain.messages.signed_time import NONCE_BYTES, SignedTime
from drivers.central.identity import authority_in

ASKED_FOR_S = 5.0
LONGEST_ANSWER = 64 * 1024

log = logging.getLogger(__name__)

AskTime = Callable[[str, int, ssl.SSLContext, str], bytes]
"""Host, port, context and nonce to the untrusted answer. Raises ``OSError``, ``HTTPException``."""


def ask_time(host: str, port: int, context: ssl.SSLContext, nonce: str) -> bytes:
    """The centre's answer over a connection whose certificates were not checked for their times."""
    asked = HTTPSConnection(host, port, timeout=ASKED_FOR_S, context=context)
    try:
        asked.request("GET", f"/v1/time?nonce={nonce}")
        return asked.getresponse().read(LONGEST_ANSWER)
    finally:
        asked.close()


class CertificateNotInForce(ssl.SSLCertVerificationError):
    """As OpenSSL's own refusal, by the believed time."""

    verify_message = "certificate has expired or is not yet valid"


class CertificateClock:
    """Checks the times of a centre's certificates. Any thread may ask. ``wall`` is the machine's clock,
    ``not_before`` the issue of the terminal's own certificate, None where it has none yet."""

    def __init__(
        self,
        authority_file: Path,
        wall: Callable[[], datetime] = utc_now,
        ask: AskTime = ask_time,
        not_before: datetime | None = None,
    ) -> None:
        self._authority_file = authority_file
        self._wall = wall
        self._ask = ask
        self._not_before = not_before
        self._learned: tuple[datetime, float] | None = None
        self._learning = threading.Lock()

    def now(self) -> datetime:
        if self._learned is None:
            return self._wall()
        moment, at_s = self._learned
        return moment + timedelta(seconds=time.monotonic() - at_s)

    def check(self, certificate: bytes, host: str, port: int, context: ssl.SSLContext) -> None:
        """Check that a certificate in DER is in force. Raises ``ssl.SSLCertVerificationError``."""
        if self._in_force(certificate):
            return
        with self._learning:
            # Another connection may have learned the time meanwhile.
            if not self._in_force(certificate):
                self._learn(host, port, context)
        if not self._in_force(certificate):
            raise CertificateNotInForce("certificate has expired or is not yet valid")

    def _in_force(self, certificate: bytes) -> bool:
        now, peer = self.now(), x509.load_der_x509_certificate(certificate)
        authority = authority_in(self._authority_file)
        return all(
            each.not_valid_before_utc <= now <= each.not_valid_after_utc
            for each in ([peer, authority] if authority else [peer])
        )

    def _learn(self, host: str, port: int, context: ssl.SSLContext) -> None:
        """Take the centre's signed time over; leave everything as it is where that cannot be proved."""
        nonce = secrets.token_hex(NONCE_BYTES)
        authority = authority_in(self._authority_file)
        try:
            untrusted_content = self._ask(host, port, context, nonce)
            if authority is None:
                return
            said = opened(document_in(untrusted_content), SignedTime, authority)
        except (OSError, HTTPException, Fault) as error:
            log.warning("the centre's time is not known: %s", type(error).__name__)
            return
        if not secrets.compare_digest(said.nonce, nonce):
            log.warning("the centre's time was signed for another question")
            return
        if not self._within_bounds(said.issued_at):
            log.warning("the centre's time is before this machine's and before its certificate")
            return
        self._learned = said.issued_at, time.monotonic()
        log.warning("the machine's clock is %d s behind: certificates go by the centre's", self.seconds)

    def _within_bounds(self, moment: datetime) -> bool:
        """A flat battery sets a clock back, so a later time is believed; an earlier one only after the issue
        of this terminal's own certificate, lest an old key of the centre takes it back to its own days."""
        return moment > self._wall() or (self._not_before is not None and moment >= self._not_before)

    @property
    def seconds(self) -> int:
        """Seconds that the centre's time is ahead of the machine's; 0 while the machine's is believed."""
        return round((self.now() - self._wall()).total_seconds()) if self._learned else 0
