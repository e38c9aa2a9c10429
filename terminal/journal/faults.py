"""Faults of a journal. While one of these stands, the terminal takes no new business."""

from __future__ import annotations

from config.faults import Fault


class JournalFault(Fault):
    code = "journal.fault"


class JournalInUse(JournalFault):
    """Another process writes this journal."""

    code = "journal.in_use"


class JournalMissing(JournalFault):
    """There is no journal where one is to be read."""

    code = "journal.missing"


class JournalFull(JournalFault):
    """The disk has no room: what is in the journal stays, nothing new is taken."""

    code = "journal.full"


class JournalDamaged(JournalFault):
    """The database cannot be read as it was written; its files are kept as they are."""

    code = "journal.damaged"


class JournalUnwritable(JournalFault):
    """The disk refused a write or an fsync; its effect is not known, so no result was shown."""

    code = "journal.unwritable"


class JournalTooNew(JournalFault):
    """Written by a newer version of this product."""

    code = "journal.too_new"


class JournalOfAnother(JournalFault):
    """The journal belongs to another terminal; its sequence must not go on under this one's name."""

    code = "journal.other_terminal"


class JournalClosed(JournalFault):
    """The terminal is shutting down."""

    code = "journal.closed"


class KeyMissing(JournalFault):
    """There is a journal, but not the key its personal fields were sealed with."""

    code = "journal.key_missing"


class KeyExposed(JournalFault):
    """The key file can be read by others than its owner."""

    code = "journal.key_exposed"


class NotInInbox(JournalFault):
    """There is no open item of this id in the inbox."""

    code = "journal.not_in_inbox"


class DecisionUnfit(JournalFault):
    """The item cannot be settled like that, or without a name and a reason."""

    code = "journal.decision_unfit"


class Interrupted(JournalFault):
    """Noted on what a crash cut short; never raised."""

    code = "journal.interrupted"
