"""Port of all library backends.

============  =====================================  ============================================
action        body                                   data when confirmed
============  =====================================  ============================================
borrow        barcode, expected_due_date (as shown)   title, due_date
return        barcode; needs no holder               title, was_on_loan, days_late, fine_fen,
                                                     put_aside, collect_by
renew         barcode, expected_due_date             title, due_date
pay           amount_fen, second (the clerk)         paid_fen, owed_fen
hold          barcode                                title, place
cancel-hold   barcode                                title
============  =====================================  ============================================

Refusals carry the codes of ``config/fault_codes/library.toml``, and of their own area where those do not fit.
The question ``account`` is answered as ``know`` does: ``status`` (active, blocked, unknown), ``loans``,
``loan_limit``, ``loan_list`` of barcode, title, due_date, renewals_left, fine_fen (if it came back today),
``owed_fen``, ``fines`` of title, days_late, fen, ``holds`` of title, collect_by, ``due_today``. Values
unknown to a
backend are left out; holds are placed with a library's own system by its own means.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from central.departments.department import Department
from domain.messages.contract import Delivery

if TYPE_CHECKING:
    from central.database import Database

LibraryPort = Department
"""The built-in library and every other one stand behind this."""


@runtime_checkable
class KeptElsewhere(Department, Protocol):
    """A department with books in a system of its own, asked over a network.

    Its ``apply`` only writes down what is to be asked and answers ``running``: while the centre's database is
    locked, no request waits for a network. ``carry_out`` then asks, outside of any database transaction, and
    writes the outcome down; it returns when there is one or when there will be none soon, and it may be
    called for one delivery as often as that arrives.
    """

    def carry_out(self, database: Database, delivery: Delivery, now: datetime) -> None: ...
