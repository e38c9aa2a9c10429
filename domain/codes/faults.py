"""Faults of signed codes.

CodeFault
  Damaged                not of the form, whatever it is: cut, garbled, oversized, not strictly encoded
  Forged                 the form is right and a signature is not
  UnknownIssuer          signed by an issuer this terminal does not trust
  CertificateExpired     the issuer's own time is over, or has not begun
  WrongAudience          meant for another service
  ClockUntrusted         this terminal does not know the time well enough to judge
  NotYetValid            made in the future: the phone's clock is ahead
  Expired                the code's seconds are over: a photograph, or a slow hand
  AuthorisationExpired   the phone must fetch a new credential from the centre
  OverLimit              the fare is more than the issuer lets one ride cost
  Replayed               this very code was taken before
  NotChecked             the terminal cannot check codes now (replay table or cryptography is out of order)
"""

from __future__ import annotations

from config.faults import Fault


class CodeFault(Fault):
    """A code before the camera or scanner cannot be used."""

    code = "code.refused"


class Damaged(CodeFault):
    code = "code.damaged"


class Forged(CodeFault):
    code = "code.forged"


class UnknownIssuer(CodeFault):
    code = "code.unknown_issuer"


class CertificateExpired(CodeFault):
    code = "code.certificate_expired"


class WrongAudience(CodeFault):
    code = "code.wrong_audience"


class ClockUntrusted(CodeFault):
    code = "code.clock_untrusted"


class NotYetValid(CodeFault):
    code = "code.not_yet_valid"


class Expired(CodeFault):
    code = "code.expired"


class AuthorisationExpired(CodeFault):
    code = "code.authorisation_expired"


class OverLimit(CodeFault):
    code = "code.over_limit"


class Replayed(CodeFault):
    code = "code.replayed"


class NotChecked(CodeFault):
    code = "code.not_checked"
