"""How this terminal becomes a known one, stays one, and ends being one.

Enrolling shows a code and waits for a person at the centre. After that the terminal renews its own
certificate, each time with a new key, and learns of its end wherever the centre says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.fault_texts import fault_texts
from config.faults import Fault
from domain.messages.enrolment import Enrolment, EnrolmentRequest, EnrolmentState, RenewalRequest
from drivers.central.client import CentralClient
from drivers.central.faults import CentralFault, Final, Revoked, TryLater
from drivers.central.identity import AuthorityDiffers, Identity, IdentityFault, IdentityFiles
from drivers.central.tls import as_stranger, as_terminal, untrusted_authority
from runtime.periodic import PeriodicTask

log = logging.getLogger(__name__)

BUDGET_MS = 5_000
ASKED_EVERY_S = 2.0
LOOKED_EVERY_S = 3_600.0

ShowCode = Callable[[str, datetime], None]
"""Shows a code and until when it is good."""
Wait = Callable[[float], bool]
"""Waits so many seconds; True when the wait was broken off for good."""


class EnrolmentRefused(Fault):
    """A person at the centre said no."""

    code = "enrolment.refused"


class EnrolmentBrokenOff(Fault):
    """Stopped before anybody approved; the next try shows the same code."""

    code = "enrolment.broken_off"


def identity_files(data: Path, environment: Mapping[str, str]) -> IdentityFiles:
    """Where the identity of the terminal of ``data`` lies."""
    return IdentityFiles(data / "identity", environment)


def meet(files: IdentityFiles, url: str, authority_code: str) -> None:
    """Asks who answers at ``url`` and believes it if it is the one of the code; later only that one.

    Raises ``AuthorityDiffers``, ``CentralFault``.
    """
    untrusted = untrusted_authority(url, BUDGET_MS)
    files.believe(untrusted.certificate, authority_code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a terminal asks to become. ``profile``: a shipped one's name, or empty; ``invitation``: a
    one-time secret of the centre's administrator, or empty."""

    terminal: str
    profile: str = ""
    services: tuple[str, ...] = ()
    invitation: str = ""


def unsaid(_: str) -> None:
    """Where nobody reads along."""


def enrol(
    files: IdentityFiles,
    url: str,
    terminal: str | Wanted,
    show: ShowCode,
    wait: Wait,
    say: Callable[[str], None] = unsaid,
) -> Identity:
    """Shows a code until a person at the centre approved it; ``meet`` came before. ``say`` is given a
    sentence whenever something else keeps it waiting.

    The key, and with it the code, outlives a restart. Raises ``EnrolmentRefused``, ``EnrolmentBrokenOff``,
    ``AuthorityDiffers``, ``IdentityFault``, ``Final`` when the centre takes no such request.
    """
    wanted = terminal if isinstance(terminal, Wanted) else Wanted(terminal)
    applicant = files.applicant(wanted.terminal)
    client = CentralClient(url, as_stranger(files.authority_file))
    request = EnrolmentRequest(
        terminal=wanted.terminal,
        request=applicant.request,
        invitation=wanted.invitation,
        profile=wanted.profile,
        services=wanted.services,
    )
    said = ""
    standing: Enrolment | None = None
    shown_until: datetime | None = None
    while True:
        standing, why = _standing(client, request, applicant.code if standing else "")
        if why not in ("", said):
            say(why)
        said = why
        if standing:
            if standing.code != applicant.code:
                raise AuthorityDiffers("the centre knows this request by another code")
            if standing.state is EnrolmentState.APPROVED:
                return files.keep(standing.certificate, wanted.terminal)
            if standing.state is EnrolmentState.REFUSED:
                files.give_up()
                raise EnrolmentRefused
            if standing.expires_at != shown_until:
                shown_until = standing.expires_at
                show(applicant.code, shown_until)
        if wait(ASKED_EVERY_S):
            raise EnrolmentBrokenOff


def _standing(
    client: CentralClient, request: EnrolmentRequest, known_code: str
) -> tuple[Enrolment | None, str]:
    """How the request stands; made again where it is not known or has ended. None, and why, while the
    centre does not take it.

    Raises ``Final`` when the centre takes no such request.
    """
    try:
        if known_code:
            try:
                return client.enrolment(known_code, BUDGET_MS), ""
            except Final as ended:
                log.info("asked anew: %s", ended)
        return client.enrol(request, BUDGET_MS), ""
    except Final:
        raise
    except CentralFault as fault:
        log.info("the centre does not take the request: %s", fault)
        return None, _waiting_for(fault)


def _waiting_for(fault: CentralFault) -> str:
    """A sentence for the person who enrols this terminal."""
    if not isinstance(fault, TryLater):
        return f"the centre does not answer ({fault}); trying again every {ASKED_EVERY_S:.0f} s"
    told = fault_texts().get(str(fault))
    hint = f" {told.hint}" if told and told.hint else ""
    return f"the centre takes no more requests just now ({fault}); trying again.{hint}"


def renew(files: IdentityFiles, identity: Identity, client: CentralClient) -> Identity:
    """A certificate for a new key; ``client`` speaks with it from now on. The old one holds until it is
    used for nothing any more. Raises ``CentralFault``, ``IdentityFault``, ``AuthorityDiffers``."""
    applicant = files.applicant(identity.terminal)
    answer = client.renew(RenewalRequest(request=applicant.request), BUDGET_MS)
    renewed = files.keep(answer.certificate, identity.terminal)
    client.use(as_terminal(renewed))
    return renewed


class Membership(PeriodicTask):
    """Keeps this terminal a known one. ``client`` is the one that all the terminal speaks through.

    ``revoked`` is called when the centre says that it is over.
    """

    def __init__(
        self,
        files: IdentityFiles,
        identity: Identity,
        client: CentralClient,
        now: Callable[[], datetime],
        random: Callable[[], float],
        revoked: Callable[[], None],
    ) -> None:
        super().__init__("membership", LOOKED_EVERY_S, random)
        self._files = files
        self._identity = identity
        self._client = client
        self._now = now
        self._revoked = revoked
        self._over = False

    @property
    def identity(self) -> Identity:
        return self._identity

    def work(self) -> None:
        """Renew when it is time, until the membership is over.

        Raises ``CentralFault``, ``IdentityFault``, ``AuthorityDiffers``; it holds a while longer.
        """
        if self._over or self._now() < self._identity.renewal_at:
            return
        try:
            self._identity = renew(self._files, self._identity, self._client)
        except Revoked:
            self._over = True
            self._revoked()
        except (CentralFault, IdentityFault, AuthorityDiffers):
            log.warning("days left of the certificate: %d", (self._identity.expires_at - self._now()).days)
            raise
        else:
            log.info("certificate renewed until %s", self._identity.expires_at.date())
