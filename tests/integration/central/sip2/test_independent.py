"""Our messages read by two other people's programs, theirs by ours, and a day's business with each."""

# mypy: disable-error-code="import-untyped,import-not-found"
from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

import anyio
import pysip2
import pytest
from anyio.abc import SocketAttribute
from hypothesis import given
from hypothesis import strategies as st
from Sip2.sip2 import Sip2

from central.database import Database
from central.departments.sip2 import messages as ours
from central.departments.sip2.codec import Dialect, decode, encode
from central.departments.sip2.settings import Sip2Settings
from domain.messages.contract import Outcome
from tests.integration.central.sip2.acs import Acs, Shelf
from tests.integration.central.sip2.conftest import OTHER, READER, Counter, number_of

MOMENT = datetime(2026, 11, 24, 2, 30, 5, tzinfo=UTC)
WRITTEN_MOMENT = "20261124    103005"
UTF8 = Dialect("utf-8")

values = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "N", "P"), exclude_characters="|"),
    min_size=1,
    max_size=40,
)
ascii_values = st.text(alphabet="ABCXYZ0123456789-.", min_size=1, max_size=40)

REQUESTS: list[ours.Message] = [
    ours.Login(login_user_id="onecard", login_password="geheim", location_code="BZ"),
    ours.ScStatus(),
    ours.ItemInformation(transaction_date=MOMENT, institution_id="BZ", item_identifier="B1"),
    ours.PatronInformation(
        transaction_date=MOMENT,
        summary="  Y       ",
        institution_id="BZ",
        patron_identifier="R1",
        start_item="1",
        end_item="9999",
    ),
    ours.PatronStatusRequest(transaction_date=MOMENT, institution_id="BZ", patron_identifier="R1"),
    ours.Checkout(
        no_block=True,
        transaction_date=MOMENT,
        nb_due_date=MOMENT,
        institution_id="BZ",
        patron_identifier="R1",
        item_identifier="B1",
    ),
    ours.Checkin(
        transaction_date=MOMENT,
        return_date=MOMENT,
        current_location="BZ",
        institution_id="BZ",
        item_identifier="B1",
    ),
    ours.Renew(
        transaction_date=MOMENT,
        nb_due_date=MOMENT,
        institution_id="BZ",
        patron_identifier="R1",
        item_identifier="B1",
    ),
    ours.FeePaid(transaction_date=MOMENT, fee_amount="1.20", institution_id="BZ", patron_identifier="R1"),
    ours.EndPatronSession(transaction_date=MOMENT, institution_id="BZ", patron_identifier="R1"),
]


@pytest.mark.parametrize("message", REQUESTS, ids=lambda message: type(message).__name__)
@pytest.mark.parametrize("with_checksum", [True, False])
def test_pysip2_reads_every_message_this_centre_sends(message: ours.Message, with_checksum: bool) -> None:
    wire = encode(message, 7, Dialect("utf-8", checksum=with_checksum))
    read = pysip2.decode_message(wire, encoding="utf-8")
    assert read.sequence_number == (7 if with_checksum else None)
    told = {each.name for each in fields(message)} & set(read.message.__struct_fields__)
    for name in told:
        said, theirs = getattr(message, name), getattr(read.message, name)
        assert theirs == _as_they_write(said) or (said in ("", None) and theirs in ("", None)), name


def _as_they_write(value: object) -> object:
    match value:
        case bool():
            return "Y" if value else "N"
        case datetime():
            return WRITTEN_MOMENT
        case int():
            return {80: "080", 1: "01", 0: "00"}[value]
    return value


@given(title=values, reader=values, item=values, sequence=st.integers(0, 9), ok=st.booleans())
def test_what_pysip2_answers_is_read_as_it_was_meant(
    title: str, reader: str, item: str, sequence: int, ok: bool
) -> None:
    theirs = pysip2.CheckoutResponse(
        ok="1" if ok else "0",
        renewal_ok="N",
        magnetic_media="U",
        desensitize="Y",
        transaction_date=WRITTEN_MOMENT,
        institution_id="BZ",
        patron_identifier=reader,
        item_identifier=item,
        title_identifier=title,
        due_date="2026-12-22",
        screen_message=("一", "二"),
    )
    wire = pysip2.encode_message(theirs, sequence_number=sequence, checksum=True, encoding="utf-8")
    read = decode(wire, UTF8)
    assert read.sequence == sequence
    assert isinstance(read.message, ours.CheckoutResponse)
    assert (read.message.ok, read.message.title_identifier) == (ok, title)
    assert (read.message.patron_identifier, read.message.item_identifier) == (reader, item)
    assert read.message.transaction_date == MOMENT
    assert read.message.screen_message == ("一", "二")


@given(item=values, reader=values)
def test_both_count_the_same_checksum(item: str, reader: str) -> None:
    message = ours.Checkout(
        transaction_date=MOMENT, nb_due_date=MOMENT, patron_identifier=reader, item_identifier=item
    )
    assert pysip2.verify_checksum(encode(message, 3, UTF8).rstrip(b"\r"))


@dataclass
class PysipLibrary:
    """A small library on pysip2's own server."""

    titles: dict[str, str] = field(default_factory=lambda: {"B1": "红楼梦", "B2": "西游记"})
    loans: dict[str, str] = field(default_factory=dict)
    fees: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0

    def server(self) -> pysip2.SIP2Server:
        server = pysip2.SIP2Server(encoding="utf-8", institution_id="BZ", login_required=True)

        @server.route(pysip2.LOGIN)
        def login(asked: Any, _: Any) -> Any:
            good = (asked.login_user_id, asked.login_password) == ("onecard", "secret")
            return pysip2.LoginResponse(ok="1" if good else "0")

        @server.route(pysip2.ITEM_INFORMATION)
        def item(asked: Any, context: Any) -> Any:
            barcode = asked.item_identifier
            out = barcode in self.loans
            return pysip2.ItemInformationResponse(
                circulation_status="04" if out else "03",
                security_marker="01",
                fee_type="01",
                transaction_date=context.now_18(),
                due_date="2026-12-22" if out else None,
                item_identifier=barcode,
                title_identifier=self.titles.get(barcode, ""),
            )

        @server.route(pysip2.PATRON_INFORMATION)
        def patron(asked: Any, context: Any) -> Any:
            mine = tuple(each for each, reader in self.loans.items() if reader == asked.patron_identifier)
            return pysip2.PatronInformationResponse(
                patron_status=" " * 14,
                language="019",
                transaction_date=context.now_18(),
                hold_items_count="0000",
                overdue_items_count="0000",
                charged_items_count=f"{len(mine):04d}",
                fine_items_count="0000",
                recall_items_count="0000",
                unavailable_holds_count="0000",
                institution_id="BZ",
                patron_identifier=asked.patron_identifier,
                personal_name="",
                valid_patron="Y",
                charged_items=mine,
            )

        @server.route(pysip2.CHECKOUT)
        def checkout(asked: Any, context: Any) -> Any:
            barcode = asked.item_identifier
            free = barcode in self.titles and barcode not in self.loans
            if free:
                self.loans[barcode] = asked.patron_identifier
            return pysip2.CheckoutResponse(
                ok="1" if free else "0",
                renewal_ok="N",
                magnetic_media="N",
                desensitize="Y",
                transaction_date=context.now_18(),
                institution_id="BZ",
                patron_identifier=asked.patron_identifier,
                item_identifier=barcode,
                title_identifier=self.titles.get(barcode, ""),
                due_date="2026-12-22",
            )

        @server.route(pysip2.CHECKIN)
        def checkin(asked: Any, context: Any) -> Any:
            was_out = self.loans.pop(asked.item_identifier, None)
            return pysip2.CheckinResponse(
                ok="1" if was_out else "0",
                resensitize="Y",
                magnetic_media="N",
                alert="N",
                transaction_date=context.now_18(),
                institution_id="BZ",
                item_identifier=asked.item_identifier,
                permanent_location="BZ",
                title_identifier=self.titles.get(asked.item_identifier),
            )

        @server.route(pysip2.END_PATRON_SESSION)
        def end(asked: Any, context: Any) -> Any:
            return pysip2.EndSessionResponse(
                end_session="Y",
                transaction_date=context.now_18(),
                institution_id="BZ",
                patron_identifier=asked.patron_identifier,
            )

        return server


@pytest.fixture
def pysip_library() -> Iterator[PysipLibrary]:
    library = PysipLibrary()
    listening, done = threading.Event(), threading.Event()

    async def serve() -> None:
        # Its own ``start`` leaves the listening socket open behind it.
        listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
        async with listener, anyio.create_task_group() as group:
            group.start_soon(listener.serve, library.server()._handle_connection)
            library.port = listener.extra(SocketAttribute.local_port)  # noqa: S610 (not a database)
            listening.set()
            await anyio.to_thread.run_sync(done.wait)
            group.cancel_scope.cancel()

    thread = threading.Thread(target=anyio.run, args=(serve,), daemon=True)
    thread.start()
    assert listening.wait(30)
    yield library
    done.set()
    thread.join(30)


def test_a_days_business_with_a_library_on_pysip2s_server(
    sqlite: Database, pysip_library: PysipLibrary
) -> None:
    settings = Sip2Settings(
        host="127.0.0.1", port=pysip_library.port, login="onecard", password="secret", institution="BZ"
    )
    counter = Counter(sqlite, settings=settings)
    lent = counter.do("borrow", "B1", READER)
    assert (lent.outcome, lent.data["title"]) == (Outcome.CONFIRMED, "红楼梦")
    assert lent.data["due_date"] == "2026-12-22"
    assert pysip_library.loans == {"B1": number_of(READER)}
    assert counter.do("borrow", "B1", OTHER).code == "library.copy_on_loan"
    assert counter.do("borrow", "NOT-OURS", OTHER).outcome is Outcome.REFUSED
    assert counter.do("return", "B1").data["was_on_loan"] is True
    assert pysip_library.loans == {}
    counter.close()


def test_a_wrong_password_at_pysip2s_server_keeps_business_waiting(
    sqlite: Database, pysip_library: PysipLibrary
) -> None:
    settings = Sip2Settings(host="127.0.0.1", port=pysip_library.port, login="onecard", password="wrong")
    counter = Counter(sqlite, settings=settings)
    assert counter.do("borrow", "B1", READER).outcome is Outcome.RUNNING
    assert pysip_library.loans == {}
    counter.close()


@pytest.fixture
def client_of_sip2(acs: Acs) -> Iterator[Sip2]:
    client = quiet_client()
    client.hostPort = acs.port
    assert client.connect()
    yield client
    client.disconnect()


def quiet_client() -> Sip2:
    """It counts its checksum over characters, which is right only while all are ASCII: it goes without."""
    client = Sip2()
    client.hostName, client.tlsEnable, client.withCrc = "127.0.0.1", False, False
    client.log = logging.getLogger("sip2 client")
    return client


def test_the_client_sip2_does_a_days_business_with_answers_our_code_wrote(shelf: Shelf) -> None:
    """The answers of this library are written by our codec: another program must read them."""
    acs = Acs(shelf, Dialect(checksum=False))
    client = quiet_client()
    client.hostPort, client.patron = acs.port, number_of(READER)
    assert client.connect()
    status = client.sip_sc_status_response(client.get_response(client.sip_sc_status_request()))
    assert status["fixed"]["OnlineStatus"] == "Y"
    lent = client.sip_checkout_response(client.get_response(client.sip_checkout_request("B1")))
    assert lent["fixed"]["Ok"] == "1"
    assert lent["variable"]["AJ"] == ["红楼梦"]
    asked = client.sip_patron_information_request("charged")
    assert client.sip_patron_information_response(client.get_response(asked))["variable"]["AU"] == ["B1"]
    item = client.sip_item_information_response(
        client.get_response(client.sip_item_information_request("B1"))
    )
    assert item["fixed"]["CirculationStatus"] == "04"
    back = client.sip_checkin_response(client.get_response(client.sip_checkin_request("B1")))
    assert back["fixed"]["Ok"] == "1"
    payment = client.sip_fee_paid_request(4, 0, "1.20", currencyType="CNY")
    assert client.sip_fee_paid_response(client.get_response(payment))["fixed"]["PaymentAccepted"] == "Y"
    assert shelf.diary == [("check-out", "B1"), ("check-in", "B1"), ("fee", "1.20")]
    client.disconnect()
    acs.close()


@given(item=ascii_values, reader=ascii_values)
def test_what_the_client_sip2_writes_is_read_as_it_was_meant(item: str, reader: str) -> None:
    client = quiet_client()
    client.patron, client.withCrc = reader, True
    wire = client.sip_checkout_request(item, noBlock="Y").encode()
    received = decode(wire, UTF8)
    read = received.message
    assert isinstance(read, ours.Checkout)
    assert (read.item_identifier, read.patron_identifier, read.no_block) == (item, reader, True)
    assert received.sequence == 0


def test_what_another_desk_lent_is_seen_by_ours(client_of_sip2: Sip2, counter: Counter, shelf: Shelf) -> None:
    client_of_sip2.patron = number_of(OTHER)
    client_of_sip2.get_response(client_of_sip2.sip_checkout_request("B2"))
    assert shelf.loans["B2"].reader == number_of(OTHER)
    assert counter.do("borrow", "B2", READER).code == "library.copy_on_loan"
