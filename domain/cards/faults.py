"""Faults of the card itself: the person presents it again, or it is refused.

CardFault
  CardAbsent             none was presented
  CardRemoved            taken away in mid-read
  CardMute               no answer to reset: upside down, dirty or broken
  NotSocialSecurityCard  it answers, but has no such application
  NotTUnionCard          nor is it a transport card
  TransportDisabled      a transport card whose application is not enabled
  TransportNotHere       another city's transport card, good there only
  CardDataInvalid        it answers nonsense
  CardLocked             application invalidated or blocked
  CardExpired            outside its validity
  CardNotGenuine         its cryptogram is wrong: a copy, or a card of other keys
  CardNotProved          it has no key to prove itself with
  PinWrong               another PIN than the card's; so many tries are left
  PinBlocked             no try is left
  CardNotBlank           somebody's card where a blank one is to be written
  CardSpoilt             a blank that was not written to its end, or not as it should
  StatusFault            a status word the step does not expect
"""

from __future__ import annotations

from config.faults import Fault


class CardFault(Fault):
    code = "card.fault"


class CardAbsent(CardFault):
    code = "card.absent"


class CardRemoved(CardFault):
    code = "card.removed"


class CardMute(CardFault):
    code = "card.mute"


class NotSocialSecurityCard(CardFault):
    code = "card.not_social_security"


class NotTUnionCard(CardFault):
    code = "card.not_social_security"


class TransportDisabled(CardFault):
    code = "card.transport_disabled"


class TransportNotHere(CardFault):
    code = "card.transport_not_here"


class CardDataInvalid(CardFault):
    code = "card.data_invalid"


class CardLocked(CardFault):
    code = "card.locked"


class CardExpired(CardFault):
    code = "card.expired"


class CardNotGenuine(CardFault):
    code = "card.not_genuine"


class CardNotProved(CardFault):
    code = "card.not_proved"


class AnotherCard(CardFault):
    """Another card lies on the reader than the one the visit began with."""

    code = "card.another"


class CardNotBlank(CardFault):
    code = "card.not_blank"


class CardSpoilt(CardFault):
    code = "card.spoilt"


class PinWrong(CardFault):
    """``tries_left`` is 1 or more."""

    code = "card.pin_wrong"

    def __init__(self, tries_left: int) -> None:
        super().__init__(f"{tries_left} tries left")
        self.tries_left = tries_left


class PinBlocked(CardFault):
    code = "card.pin_blocked"


class StatusFault(CardFault):
    """A status word that the step did not expect; ``status`` is the word."""

    code = "card.status"

    def __init__(self, step: str, status: int, meaning: str) -> None:
        super().__init__(f"{step}: {status:04X} {meaning}")
        self.status = status
