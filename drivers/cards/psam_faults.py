"""Faults of the security module: neither the card nor its reader is to blame.

SamFault
  SamMissing               there is none
  SamRemoved               it stopped answering
  SamNotPsam               something else sits in its slot
  SamAlgorithmUnsupported  it is not set up for the card's algorithm
  SamKeyMissing            it lacks a key
  SamRefused               it refused, or the card refused what it made
  HsmUnreachable           the one at the centre did not answer
"""

from __future__ import annotations

from config.faults import Fault


class SamFault(Fault):
    code = "sam.fault"


class SamMissing(SamFault):
    code = "sam.missing"


class SamRemoved(SamFault):
    code = "sam.removed"


class SamNotPsam(SamFault):
    code = "sam.not_psam"


class SamAlgorithmUnsupported(SamFault):
    code = "sam.algorithm"


class SamKeyMissing(SamFault):
    code = "sam.key_missing"


class SamRefused(SamFault):
    code = "sam.refused"


class HsmUnreachable(SamFault):
    code = "sam.hsm_unreachable"
