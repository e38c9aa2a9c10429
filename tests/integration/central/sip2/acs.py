"""A library's own system for tests: a real server on a real socket, with books, readers and bad days.

It behaves as widespread systems do: a check-out of what the same reader has already *renews* it, a check-in
of what nobody has is refused, and nothing is recognised as a repeat.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from central.departments.sip2 import messages as sip
from central.departments.sip2.codec import Dialect, decode, encode, split
from central.departments.sip2.faults import ChecksumWrong, Malformed
from central.departments.sip2.patron import TOO_MANY_CHARGED, TOO_MANY_RENEWALS

LOAN = timedelta(days=30)
RENEWED_BY = timedelta(days=7)
MOST_RENEWALS = 2


@dataclass
class Loan:
    reader: str
    due: datetime
    renewals: int = 0


@dataclass
class Reader:
    name: str = "刘志勇"
    status: str = " " * 14
    limit: int = 10
    owes_fen: int = 0


@dataclass
class Shelf:
    """The library's books, and a diary of everything that changed them."""

    titles: dict[str, str] = field(default_factory=lambda: {"B1": "红楼梦", "B2": "西游记", "B3": "三国演义"})
    readers: dict[str, Reader] = field(default_factory=dict)
    loans: dict[str, Loan] = field(default_factory=dict)
    diary: list[tuple[str, str]] = field(default_factory=list)
    today: datetime = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 (the library's wall clock)
    lists_titles: bool = False
    answers_as: dict[str, str] = field(default_factory=dict)
    """Numbers under which a reader or a copy is answered, as Koha answers a card number for a user id."""
    writes_due: Callable[[datetime], str] = lambda due: due.strftime("%Y%m%d    235900")
    hold_queues: dict[str, int] = field(default_factory=dict)
    holds: dict[str, list[str]] = field(default_factory=dict)
    message: tuple[str, ...] = ()
    print_lines: tuple[str, ...] = ()

    def asked_for(self, number: str) -> str:
        """The number a record is kept under: its own or the one it is answered as."""
        kept = {alias: number for number, alias in self.answers_as.items()}
        return kept.get(number, number)

    def named(self, number: str) -> str:
        return self.answers_as.get(number, number)

    def done(self, action: str) -> int:
        """How often something was done to the books."""
        return sum(1 for each, _ in self.diary if each == action)


Mishap = Callable[["Visit", bytes], None]
"""What happens instead of an ordinary answer to one message."""


class Acs:
    """``mishaps`` names, per command, what goes wrong the next times that command arrives, in order."""

    def __init__(
        self, shelf: Shelf, dialect: Dialect | None = None, login: tuple[str, str] = ("", "")
    ) -> None:
        self.shelf = shelf
        self.dialect = dialect or Dialect()
        self.login = login
        self.mishaps: dict[str, list[Mishap]] = {}
        self.heard: list[sip.Message] = []
        self.wire: list[bytes] = []
        self.connections = 0
        self.online = True
        self.lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._visits: list[Visit] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def next(self, command: str, *mishaps: Mishap) -> None:
        self.mishaps.setdefault(command, []).extend(mishaps)

    def commands(self) -> list[str]:
        return [each.command for each in self.heard]

    def hang_up(self) -> None:
        """Drops every connection that is open."""
        for visit in list(self._visits):
            visit.drop()

    def close(self) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        self._thread.join(1)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            visit = Visit(self, connection)
            self._visits.append(visit)
            threading.Thread(target=visit.run, daemon=True).start()


class Visit:
    """One connection. ``last`` is what a 97 is answered with."""

    def __init__(self, acs: Acs, connection: socket.socket) -> None:
        self.acs = acs
        self._connection = connection
        self.last = b""

    def run(self) -> None:
        rest = b""
        with self._connection:
            while True:
                try:
                    arrived = self._connection.recv(4096)
                except OSError:
                    return
                if not arrived:
                    return
                lines, rest = split(rest + arrived)
                for line in lines:
                    try:
                        self.hear(line)
                    except OSError:
                        return

    def hear(self, line: bytes) -> None:
        self.acs.wire.append(line)
        try:
            received = decode(line, self.acs.dialect)
        except ChecksumWrong:
            self.say(encode(sip.RequestScResend(), 0, self.acs.dialect))
            return
        except Malformed:
            self.drop()
            return
        self.acs.heard.append(received.message)
        waiting = self.acs.mishaps.get(received.message.command)
        if waiting:
            waiting.pop(0)(self, line)
        else:
            self.answer(line)

    def answer(self, line: bytes) -> None:
        self.say(self.worked(line))

    def worked(self, line: bytes) -> bytes:
        """Does what the message asks, and gives the answer without sending it."""
        received = decode(line, self.acs.dialect)
        if isinstance(received.message, sip.RequestAcsResend):
            return self.last
        with self.acs.lock:
            answer = reply(self.acs, received.message)
        return encode(answer, received.sequence or 0, self.acs.dialect)

    def say(self, wire: bytes) -> None:
        self.last = wire
        self._connection.sendall(wire)

    def send_raw(self, wire: bytes) -> None:
        self._connection.sendall(wire)

    def drop(self) -> None:
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def drop_before(visit: Visit, _: bytes) -> None:
    """The message is lost, and the connection with it."""
    visit.drop()


def drop_after(visit: Visit, line: bytes) -> None:
    """It is booked; the answer is lost, and the connection with it."""
    visit.worked(line)
    visit.drop()


def silent_before(_: Visit, __: bytes) -> None:
    """Nothing is booked and nothing is said; the connection stands."""


def silent_after(visit: Visit, line: bytes) -> None:
    """It is booked, and nothing is said."""
    visit.last = visit.worked(line)


def ask_again(visit: Visit, _: bytes) -> None:
    """As if it had been damaged on its way: 96."""
    visit.send_raw(encode(sip.RequestScResend(), 0, visit.acs.dialect))


def garbage(visit: Visit, line: bytes) -> None:
    visit.last = visit.worked(line)
    visit.send_raw(b"\x00\xff\xfe 12 what?\r")


def garbage_for_ever(visit: Visit, line: bytes) -> None:
    """The answer and its repeats are unreadable."""
    visit.worked(line)
    visit.last = b"\xff\xff\r"
    visit.send_raw(visit.last)


def wrong_checksum(visit: Visit, line: bytes) -> None:
    visit.last = visit.worked(line)
    visit.send_raw(visit.last.rstrip(b"\r")[:-4] + b"0000\r")


def wrong_sequence(visit: Visit, line: bytes) -> None:
    """The answer carries the number of another message."""
    received = decode(line, visit.acs.dialect)
    with visit.acs.lock:
        answer = reply(visit.acs, received.message)
    visit.say(encode(answer, ((received.sequence or 0) + 5) % 10, visit.acs.dialect))


def about_another(visit: Visit, line: bytes) -> None:
    """Booked, and answered as if about another copy."""
    received = decode(line, visit.acs.dialect)
    with visit.acs.lock:
        answer = reply(visit.acs, received.message)
    other = replace(answer, item_identifier="ANOTHER")  # type: ignore[call-arg]
    visit.say(encode(other, received.sequence or 0, visit.acs.dialect))


def in_pieces(visit: Visit, line: bytes) -> None:
    for byte in visit.worked(line):
        visit.send_raw(bytes([byte]))


def endless(visit: Visit, _: bytes) -> None:
    visit.send_raw(b"12" + b"A" * 200_000)


def reply(acs: Acs, message: sip.Message) -> sip.Message:
    """What an ordinary day's system answers."""
    match message:
        case sip.Login():
            good = (message.login_user_id, message.login_password) == acs.login
            return sip.LoginResponse(ok=good)
        case sip.ScStatus():
            return _status(acs)
        case sip.ItemInformation():
            return _item(acs.shelf, message)
        case sip.PatronInformation():
            return _patron(acs.shelf, message)
        case sip.PatronStatusRequest():
            return _patron_status(acs.shelf, message)
        case sip.Checkout():
            return _checkout(acs.shelf, message)
        case sip.Checkin():
            return _checkin(acs.shelf, message)
        case sip.Renew():
            return _renew(acs.shelf, message)
        case sip.FeePaid():
            return _fee_paid(acs.shelf, message)
        case sip.EndPatronSession():
            return sip.EndSessionResponse(end_session=True, patron_identifier=message.patron_identifier)
    return sip.RequestScResend()


def _status(acs: Acs) -> sip.AcsStatus:
    return sip.AcsStatus(
        online_status=acs.online,
        checkin_ok=True,
        checkout_ok=True,
        acs_renewal_policy=True,
        timeout_period=30,
        retries_allowed=3,
        institution_id="BZ",
        supported_messages="YYYYYYYYYYYNYNYN",
    )


def _item(shelf: Shelf, asked: sip.ItemInformation) -> sip.ItemInformationResponse:
    barcode = shelf.asked_for(asked.item_identifier)
    loan = shelf.loans.get(barcode)
    queue = shelf.hold_queues.get(barcode)
    return sip.ItemInformationResponse(
        hold_queue_length="" if queue is None else str(queue),
        circulation_status=(4 if loan else 3) if barcode in shelf.titles else 1,
        security_marker=1,
        fee_type=1,
        item_identifier=shelf.named(barcode),
        title_identifier=shelf.titles.get(barcode, ""),
        due_date=shelf.writes_due(loan.due) if loan else "",
    )


def _patron(shelf: Shelf, asked: sip.PatronInformation) -> sip.PatronInformationResponse:
    number = shelf.asked_for(asked.patron_identifier)
    reader = shelf.readers.get(number)
    mine = [barcode for barcode, loan in shelf.loans.items() if loan.reader == number]
    full = reader is not None and len(mine) >= reader.limit
    status = reader.status if reader else " " * 14
    renewed_out = any(shelf.loans[barcode].renewals >= MOST_RENEWALS for barcode in mine)
    marks = {TOO_MANY_CHARGED: full, TOO_MANY_RENEWALS: renewed_out}
    return sip.PatronInformationResponse(
        patron_status="".join("Y" if marks.get(at) else mark for at, mark in enumerate(status)),
        charged_items_count=len(mine),
        hold_items_count=len(shelf.holds.get(number, ())),
        hold_items=tuple(shelf.holds.get(number, ())) if asked.summary[0] == "Y" else (),
        patron_identifier=shelf.named(number),
        personal_name=reader.name if reader else "",
        valid_patron=reader is not None,
        charged_items_limit=f"{reader.limit:04d}" if reader else "",
        fee_amount=f"{reader.owes_fen / 100:.2f}" if reader and reader.owes_fen else "",
        charged_items=tuple(shelf.titles[each] if shelf.lists_titles else shelf.named(each) for each in mine)
        if asked.summary[2] == "Y"
        else (),
        home_address="滨州市黄河五路",
    )


def _patron_status(shelf: Shelf, asked: sip.PatronStatusRequest) -> sip.PatronStatusResponse:
    reader = shelf.readers.get(asked.patron_identifier)
    return sip.PatronStatusResponse(
        patron_status=reader.status if reader else " " * 14,
        patron_identifier=asked.patron_identifier,
        personal_name=reader.name if reader else "",
        valid_patron=reader is not None,
    )


def _checkout(shelf: Shelf, asked: sip.Checkout) -> sip.CheckoutResponse:
    barcode, loan = asked.item_identifier, shelf.loans.get(asked.item_identifier)
    reader = shelf.readers.get(asked.patron_identifier)
    answer = sip.CheckoutResponse(
        patron_identifier=asked.patron_identifier,
        item_identifier=barcode,
        title_identifier=shelf.titles.get(barcode, ""),
        screen_message=shelf.message,
        print_line=shelf.print_lines,
    )
    if reader is None or barcode not in shelf.titles or reader.status[0] == "Y":
        return replace(answer, screen_message=(*shelf.message, "Not allowed"))
    if loan and loan.reader != asked.patron_identifier:
        return answer
    if loan:
        loan.due += RENEWED_BY
        loan.renewals += 1
        shelf.diary.append(("renewal by check-out", barcode))
        return replace(answer, ok=True, renewal_ok=True, due_date=shelf.writes_due(loan.due))
    count = sum(1 for each in shelf.loans.values() if each.reader == asked.patron_identifier)
    if count >= reader.limit and not asked.no_block:
        return answer
    due = asked.nb_due_date if asked.no_block and asked.nb_due_date else shelf.today + LOAN
    shelf.loans[barcode] = Loan(asked.patron_identifier, due.replace(tzinfo=None))
    shelf.diary.append(("check-out", barcode))
    return replace(answer, ok=True, due_date=shelf.writes_due(due))


def _checkin(shelf: Shelf, asked: sip.Checkin) -> sip.CheckinResponse:
    barcode = asked.item_identifier
    loan = shelf.loans.pop(barcode, None)
    shelf.diary.append(("check-in" if loan else "check-in of nothing", barcode))
    return sip.CheckinResponse(
        ok=loan is not None,
        item_identifier=barcode,
        permanent_location="BZ",
        title_identifier=shelf.titles.get(barcode, ""),
    )


def _fee_paid(shelf: Shelf, asked: sip.FeePaid) -> sip.FeePaidResponse:
    """Every payment is booked, whatever is owed: a repeat is taken for another one."""
    reader = shelf.readers.get(asked.patron_identifier)
    shelf.diary.append(("fee", asked.fee_amount))
    if reader:
        reader.owes_fen -= round(float(asked.fee_amount) * 100)
    return sip.FeePaidResponse(payment_accepted=reader is not None, patron_identifier=asked.patron_identifier)


def _renew(shelf: Shelf, asked: sip.Renew) -> sip.RenewResponse:
    barcode, loan = asked.item_identifier, shelf.loans.get(asked.item_identifier)
    answer = sip.RenewResponse(
        patron_identifier=asked.patron_identifier,
        item_identifier=barcode,
        title_identifier=shelf.titles.get(barcode, ""),
        screen_message=shelf.message,
        print_line=shelf.print_lines,
    )
    if (
        loan is None
        or shelf.hold_queues.get(barcode)
        or loan.reader != asked.patron_identifier
        or loan.renewals >= MOST_RENEWALS
    ):
        return answer
    loan.due += RENEWED_BY
    loan.renewals += 1
    shelf.diary.append(("renewal", barcode))
    return replace(answer, ok=True, renewal_ok=True, due_date=shelf.writes_due(loan.due))
