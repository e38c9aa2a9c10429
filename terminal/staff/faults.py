"""Why staff was not let in, or an account was not taken.

StaffFault
  NotLetIn        number and PIN do not belong together; never says which of them was wrong
  LockedOut       too many wrong PINs: wait
  CardUnknown     no staff member has this card
  NobodyYet       there are no accounts at all
  CardNotProved   this terminal cannot tell the card from a copy
  NotAllowed      signed in, but not for this; or signed out meanwhile
  AccountUnfit    a name, PIN or card that no account may have
  AccountUnknown  no such staff member
  MeasuresUnreadable  what was measured cannot be read
  StaffUnreadable the accounts or their key cannot be used
"""

from __future__ import annotations

from config.faults import Fault


class StaffFault(Fault):
    """Something about staff."""

    code = "staff.fault"


class NotLetIn(StaffFault):
    code = "staff.not_let_in"


class LockedOut(StaffFault):
    """``left_s``: whole seconds until the next try."""

    code = "staff.locked_out"

    def __init__(self, left_s: int) -> None:
        super().__init__(f"{left_s} s left")
        self.left_s = left_s


class CardUnknown(StaffFault):
    code = "staff.card_unknown"


class NobodyYet(StaffFault):
    code = "staff.nobody_yet"


class CardNotProved(StaffFault):
    code = "staff.card_not_proved"


class NotAllowed(StaffFault):
    code = "staff.not_allowed"


class AccountUnfit(StaffFault):
    code = "staff.account_unfit"


class AccountUnknown(StaffFault):
    code = "staff.account_unknown"


class StaffUnreadable(StaffFault):
    code = "staff.unreadable"


class MeasuresUnreadable(StaffFault):
    code = "staff.measures_unreadable"
