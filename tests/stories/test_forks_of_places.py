"""Where it may go wrong at a hall, a museum and a hospital (S8 to S10), and with a bill."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, select, update

from central.departments.tables import account, attendance, gathering, ticket
from terminal.visit.steps import (
    Certainty,
    Choose,
    Present,
)
from tests.stories.fork_steps import balance, change, delivered, of
from tests.stories.plain_counter import plain_counter

# S8: who came and who left


def test_late_without_signing_in_and_when_nothing_is_on(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-out")
        assert counter.refused_for() == "attendance.not_signed_in"
        counter.take_away()
        from datetime import timedelta

        began = counter.now() - timedelta(minutes=12)
        change(counter, update(gathering).values(starts_at=began))
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-in")
        late = counter.result().reason
        assert late is not None
        assert (late.id, dict(late.args)["minutes"]) == ("attendance.late", "12")
        counter.take_away()
        change(counter, delete(attendance), delete(gathering))
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-in")
        assert counter.nothing_to_do_for() == "attendance.nothing_on"


def test_a_clerk_writes_in_who_could_not_sign_in(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        assert isinstance(counter.choose("attendance.make-up"), Present)
        counter.lay_another("liu-zhiyong")
        assert counter.result().certainty is Certainty.CONFIRMED
        (row,) = counter.rows(select(attendance.c.made_up_by))
        assert row.made_up_by


def test_signing_in_while_alone_is_promised_and_counted_for_its_time(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        counter.central.kill()
        counter.choose("attendance.sign-in")
        assert counter.result().certainty is Certainty.ACCEPTED
        counter.take_away()
        counter.central.start()
        counter.until("it was delivered", lambda: delivered(counter))
        assert len(counter.rows(select(attendance).where(attendance.c.came_at.is_not(None)))) == 1


# S9: the museum


def test_the_same_ticket_at_two_gates_while_alone_is_promised_twice_and_one_is_for_the_clerk(
    tmp_path: Path,
) -> None:
    with plain_counter(tmp_path, "museum-entrance") as counter:
        counter.lay("visitor")
        assert counter.result().certainty is Certainty.CONFIRMED
        counter.take_away()
        counter.lay("visitor")
        assert counter.refused_for() == "admission.already_entered"
        counter.take_away()
        counter.lay("yang-ying")
        assert counter.refused_for() == "admission.no_ticket"
        assert len(counter.rows(select(ticket).where(ticket.c.entered_at.is_not(None)))) == 1


# S10: the hospital


def test_who_has_nothing_to_settle_and_nothing_to_get_back(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:hospital") as counter:
        for service in ("hospital-settlement", "hospital-refund"):
            counter.lay("visitor")
            counter.choose(service)
            assert counter.refused_for() == "medical.no_such_bill"
            counter.take_away()


def test_a_patient_with_too_little_on_the_account_is_not_settled(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:hospital") as counter:
        poor = update(account).where(account.c.subject == of("patient")).values(balance_fen=100)
        change(counter, poor)
        counter.lay("patient")
        counter.choose("hospital-settlement")
        counter.choose("medical.agree")
        counter.pin()
        assert counter.refused_for() == "payment.too_little"
        assert balance(counter, "patient") == 100


# Bills


def test_a_bill_is_paid_by_its_barcode(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:street") as counter:
        counter.lay("yang-ying")
        assert isinstance(counter.choose("pay-electricity"), Choose)
        shown = counter.scan("E20261100001")
        assert isinstance(shown, Choose)
        assert [line.note.args[0][1] for line in shown.lines] == ["128.35", "0.50"]
        counter.choose("payment.pay")
        counter.pin()
        assert counter.result().certainty is Certainty.CONFIRMED


def test_a_barcode_that_is_no_bill_is_told(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:street") as counter:
        counter.lay("yang-ying")
        counter.choose("pay-electricity")
        counter.scan("2371600000010")
        assert counter.refused_for() == "payment.no_such_bill"
