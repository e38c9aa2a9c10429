"""Orders of the office that answers for guest reports: list the refused ones, send one again, settle one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from central.departments import register
from central.fleet.fleet import Fleet


def reports(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Refused reports, oldest first; names and numbers are not in the list."""
    with fleet.database.read() as connection:
        for each in register.inbox(connection):
            yield "  ".join(each.values())


def send_report(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Number, then corrected fields as ``name=value``. Raises ``NoSuchReport``, ``FieldUnknown``,
    ``ValueError``."""
    number, *fields = words
    corrected = dict(field.split("=", 1) for field in fields)
    fleet.database.write(lambda connection: register.send_again(connection, int(number), corrected))
    yield f"report {number} is sent again"


def settle_report(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Number and the reason: the guest was reported by other means. Raises ``NoSuchReport``,
    ``ValueError``."""
    number, *reason = words
    now = fleet.now()
    fleet.database.write(lambda connection: register.settle(connection, int(number), " ".join(reason), now))
    yield f"report {number} is settled"
