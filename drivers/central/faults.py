"""Faults of the central service, as classes of what to do next.

CentralFault
  Final            never retry as it is: a person must act (permission, malformed, unknown service)
  Conflict         the same id was used for another body: stop and alarm
  TryLater         the centre asks to wait (429, 503, 409 while running); ``after_ms`` says how long
  OutcomeUnknown   it may or may not have happened: keep the id, ask again (time-out, dropped
                   socket, 5xx, a proxy's HTML, anything not recognised)
  Unreachable      it certainly did not happen: no connection was made. Retried like OutcomeUnknown
    CentreUntrusted    what answers has no certificate of our centre for this name and time
  Revoked          this terminal is no longer allowed: stop, wipe local personal data
"""

from __future__ import annotations

from config.faults import Fault


class CentralFault(Fault):
    code = "central.fault"


class Final(CentralFault):
    """``problem_code`` is the stable code the centre answered with."""

    code = "central.final"

    def __init__(self, problem_code: str, detail: str = "") -> None:
        super().__init__(f"{problem_code} {detail}".strip())
        self.problem_code = problem_code


class Conflict(CentralFault):
    code = "central.conflict"


class TryLater(CentralFault):
    code = "central.try_later"

    def __init__(self, detail: str = "", after_ms: int | None = None) -> None:
        super().__init__(detail)
        self.after_ms = after_ms


class OutcomeUnknown(CentralFault):
    code = "central.outcome_unknown"


class Unreachable(OutcomeUnknown):
    code = "central.unreachable"


class CentreUntrusted(Unreachable):
    """Nothing was sent: what answers could not prove to be our centre."""

    code = "enrolment.centre_untrusted"


class Revoked(CentralFault):
    code = "central.revoked"
