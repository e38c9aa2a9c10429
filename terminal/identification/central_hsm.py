"""The centre's HSM as an authenticator: what a terminal without a PSAM proves cards by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.messages.cryptograms import ChallengeMessage, CryptogramAnswer, CryptogramRequest
from drivers.cards.authenticator import CardKeys, Challenge, Cryptogram
from drivers.cards.psam_faults import (
    HsmUnreachable,
    SamAlgorithmUnsupported,
    SamFault,
    SamKeyMissing,
    SamMissing,
    SamRefused,
)
from drivers.central.faults import CentralFault, Final

FAULTS: dict[str, type[SamFault]] = {
    fault.code: fault for fault in (SamAlgorithmUnsupported, SamKeyMissing, SamMissing, SamRefused)
}


class Computes(Protocol):
    def cryptograms(self, request: CryptogramRequest, budget_ms: int) -> CryptogramAnswer: ...


class CentralHsm:
    """``ask`` is one question to the centre while a card waits; see ``HsmAuthenticator``.

    ``online`` keeps a card from waiting for a centre that is known to be away.
    """

    def __init__(
        self, central: Computes, terminal: str, budget_ms: int, online: Callable[[], bool] = lambda: True
    ) -> None:
        self._central = central
        self._terminal = terminal
        self._budget_ms = budget_ms
        self._online = online

    def ask(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        """Raises ``HsmUnreachable``, or ``SamMissing`` where the centre has no HSM."""
        if not self._online():
            raise HsmUnreachable("the centre is not reached just now")
        request = CryptogramRequest(
            terminal=self._terminal,
            identification_code=keys.identification_code,
            algorithm=keys.algorithm.value,
            factor=keys.factor.hex().upper(),
            challenges=tuple(map(_message, challenges)),
        )
        try:
            answer = self._central.cryptograms(request, self._budget_ms)
        except Final as fault:
            raise SamMissing(str(fault)) from fault
        except CentralFault as fault:
            raise HsmUnreachable(str(fault)) from fault
        if len(answer.results) != len(challenges):
            raise HsmUnreachable("the answer is not about what was asked")
        return tuple(
            bytes.fromhex(each.cryptogram)
            if each.cryptogram
            else FAULTS.get(each.code, SamRefused)(each.code)
            for each in answer.results
        )


def _message(challenge: Challenge) -> ChallengeMessage:
    return ChallengeMessage(
        use="internal" if challenge.use.name == "INTERNAL" else "read",
        seed=challenge.seed.hex().upper(),
        content=challenge.content.hex().upper(),
    )
