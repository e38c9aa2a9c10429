"""An electronic card bound to one phone: by whose code, how often tried, how long, and what the phone before
is worth afterwards. On both databases, over real HTTP."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from pydantic import JsonValue
from sqlalchemy import inspect, select, text

from central import retention
from central.codes import binding
from central.codes.binding import LIFE, MOST_TRIES
from central.codes.blocking import fingerprint, lock_e_card
from central.codes.tables import phone_binding, signed_e_card
from central.database import Database
from central.departments.registry import DEPARTMENTS
from central.fleet.application import create_loopback_application
from central.fleet.fleet import open_fleet
from central.fleet.tables import listed
from central.holders import identify
from central.migrations import migrate
from central.personal_data import exported
from central.tables import e_card, metadata
from central.unidentified import Unidentified
from domain.codes import cose, sm2
from domain.codes import e_card as signed
from domain.codes.e_card import Presentation
from domain.messages.contract import (
    ECardTokenPresented,
    IdentificationRequest,
    Outcome,
    SignedECardPresented,
    TransactionResult,
    TrustLevel,
)
from drivers.central.phone import PhoneClient, PhoneRefused, counter_code
from tests.integration.central.catalogue_desk import CatalogueDesk
from tests.integration.central.conftest import NOW
from tests.integration.central.served import listening

PERSON, SOMEBODY_ELSE = "yang-ying", "liu-shunli"
CODE, OTHER_CODE = "A" * 26, "B" * 26


@dataclass
class Phone:
    """A phone with a key of its own; whatever it shows it makes now."""

    office: Office
    order: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def __post_init__(self) -> None:
        sign = cose.signing_with(self.key)
        self.client = PhoneClient(self.office.url, self.order, sign, lambda: self.office.desk.now)

    def claim(self, code: str = CODE) -> str:
        return self.client.claim(code, cose.compressed(self.key))

    def refusal(self, code: str = CODE) -> str:
        with pytest.raises(PhoneRefused) as refused:
            self.claim(code)
        return refused.value.reason

    def no_card(self) -> str:
        with pytest.raises(PhoneRefused) as refused:
            self.client.credential()
        return refused.value.reason

    def shown(self, credential: bytes) -> SignedECardPresented:
        what = Presentation(self.office.desk.now, secrets.token_bytes(4))
        return SignedECardPresented(content=signed.present(credential, what, cose.signing_with(self.key)))


@dataclass
class Office:
    """The counter's side: orders, looks, answers for the person."""

    desk: CatalogueDesk
    url: str

    def order(self, persona: str = PERSON, code: str = CODE) -> str:
        hashed = hashlib.sha256(code.encode()).hexdigest()
        made = self.desk.make("issue-e-card", "issue", persona, code_hash=hashed)
        assert self.desk.send(made).outcome is Outcome.CONFIRMED
        return str(made.id)

    def says(self, action: str, order: str, persona: str = PERSON) -> TransactionResult:
        return self.desk.do("issue-e-card", action, persona, order=order)

    def sees(self, order: str, persona: str = PERSON) -> dict[str, object]:
        return dict(self.desk.ask("issue-e-card", "binding", persona, order=order))

    def bound(self, persona: str = PERSON, phone: Phone | None = None) -> Phone:
        order = self.order(persona)
        found = Phone(self, order, phone.key) if phone else Phone(self, order)
        found.claim()
        assert self.says("bind", order, persona).outcome is Outcome.CONFIRMED
        return found

    def taken(self, shown: SignedECardPresented | ECardTokenPresented) -> str:
        """Whose it is, or why it is refused."""
        trust = TrustLevel.VERIFIED if isinstance(shown, SignedECardPresented) else TrustLevel.NONE
        request = IdentificationRequest(terminal="BZ-LIB-0001", trust=trust, credential=shown)
        try:
            known = self.desk.database.write(
                lambda connection: identify(connection, request, DEPARTMENTS, self.desk.now)
            )
        except Unidentified as refused:
            return refused.reason
        return known.subject


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    desk = CatalogueDesk(database)
    fleet = open_fleet(tmp_path / "keys", database, lambda: desk.now, demonstration=True)
    with listening(create_loopback_application(fleet, "only the terminal knows", demonstration=True)) as url:
        yield Office(desk, url)


def test_a_phone_is_bound_once_the_same_digits_were_seen_on_both_screens(office: Office) -> None:
    order = office.order()
    assert office.sees(order) == {"order": order, "state": "open"}
    phone = Phone(office, order)
    digits = phone.claim()
    assert len(digits) == 4
    assert office.sees(order) == {"order": order, "state": "claimed", "digits": digits}
    assert phone.no_card() == "binding.waiting"
    assert office.says("bind", order).outcome is Outcome.CONFIRMED
    subject = office.desk.subject(PERSON)
    assert office.taken(phone.shown(phone.client.credential())) == subject
    assert office.taken(ECardTokenPresented(token=phone.client.token())) == subject
    ride_key = sm2.PrivateKey(secrets.randbelow(sm2.N - 2) + 1)
    assert phone.client.ride_account(ride_key.public_key().compressed)


def test_the_code_is_not_at_the_centre_and_the_export_does_not_give_its_hash(office: Office) -> None:
    order = office.order()
    (row,) = office.desk.rows(select(phone_binding))
    assert CODE not in str(row)
    with office.desk.database.read() as connection:
        said = exported(connection, office.desk.subject(PERSON))["phone_binding"]
    assert said[0]["id"] == order
    assert "code_hash" not in said[0]


def test_a_code_ends_after_five_minutes(office: Office) -> None:
    order = office.order()
    office.desk.now += LIFE
    assert Phone(office, order).refusal() == "binding.expired"
    assert office.sees(order)["refusal"] == "binding.expired"
    assert office.says("bind", order).code == "binding.unknown"


def test_a_phone_that_came_in_time_is_not_bound_after_the_time(office: Office) -> None:
    order = office.order()
    phone = Phone(office, order)
    phone.claim()
    office.desk.now += LIFE
    assert office.says("bind", order).code == "binding.expired"
    assert phone.no_card() == "binding.expired"


def test_a_second_phone_with_the_same_code_gets_nothing_and_takes_nothing_away(office: Office) -> None:
    order = office.order()
    first, second = Phone(office, order), Phone(office, order)
    digits = first.claim()
    assert second.refusal() == "binding.used"
    assert office.sees(order)["digits"] == digits
    office.says("bind", order)
    assert second.refusal() == "binding.used"
    assert second.no_card() == "binding.not_this_phone"
    assert first.client.credential()


def test_who_reads_the_code_over_a_shoulder_is_refused_by_the_person_and_the_old_phone_goes_on(
    office: Office,
) -> None:
    own = office.bound()
    credential = own.client.credential()
    order = office.order()
    thief = Phone(office, order)
    thief.claim()
    assert office.says("refuse-phone", order).outcome is Outcome.CONFIRMED
    assert thief.no_card() == "binding.used"
    assert thief.refusal() == "binding.used"
    assert office.says("bind", order).code == "binding.used"
    assert office.taken(own.shown(credential)) == office.desk.subject(PERSON)


def test_five_wrong_codes_end_a_binding_for_the_right_one_as_well(office: Office) -> None:
    order = office.order()
    said = [Phone(office, order).refusal(f"{number:026}") for number in range(MOST_TRIES)]
    assert said == ["binding.unknown"] * (MOST_TRIES - 1) + ["binding.too_many_tries"]
    assert Phone(office, order).refusal() == "binding.too_many_tries"
    assert office.sees(order)["refusal"] == "binding.too_many_tries"


def test_a_bound_phone_loses_nothing_by_guesses_of_others(office: Office) -> None:
    phone = office.bound()
    for number in range(MOST_TRIES + 1):
        assert Phone(office, phone.order).refusal(f"{number:026}") == "binding.used"
    assert phone.client.credential()


def test_one_persons_code_binds_nothing_of_anothers(office: Office) -> None:
    mine, theirs = office.order(), office.order(SOMEBODY_ELSE, OTHER_CODE)
    assert Phone(office, theirs).refusal(CODE) == "binding.unknown"
    assert Phone(office, "0" * 36).refusal(CODE) == "binding.unknown"
    Phone(office, mine).claim()
    assert office.says("bind", mine, SOMEBODY_ELSE).code == "binding.unknown"
    assert office.says("refuse-phone", mine, SOMEBODY_ELSE).code == "binding.unknown"
    assert office.sees(mine, SOMEBODY_ELSE)["refusal"] == "binding.unknown"
    office.desk.terminal = "BZ-GOV-0002"
    assert office.says("bind", mine).code == "binding.unknown"


def test_the_same_phone_may_say_it_again_and_be_bound_a_second_time(office: Office) -> None:
    order = office.order()
    phone = Phone(office, order)
    assert phone.claim() == phone.claim()
    office.says("bind", order)
    assert phone.claim()
    first = phone.client.credential()
    again = office.bound(phone=phone)
    assert phone.no_card() == "e_card.other_phone"
    assert office.taken(again.shown(first)) == "e_card.other_phone"
    assert office.taken(again.shown(again.client.credential())) == office.desk.subject(PERSON)


def test_a_new_phone_withdraws_the_old_one_online_and_on_every_list(office: Office) -> None:
    old = office.bound()
    credential, token = old.client.credential(), old.client.token()
    (issued,) = office.desk.rows(select(signed_e_card.c.holder))
    office.bound()
    assert old.no_card() == "e_card.other_phone"
    assert office.taken(old.shown(credential)) == "e_card.other_phone"
    assert office.taken(ECardTokenPresented(token=token)) == "e_card.unknown"
    name = fingerprint(f"e_card:{issued.holder}")
    blocked = select(listed.c.blocked).where(listed.c.fingerprint == name)
    assert office.desk.one(blocked) is True
    office.desk.database.write(lambda connection: _unlock(connection, office.desk.subject(PERSON)))
    assert office.desk.one(blocked) is True


def _unlock(connection: object, subject: str) -> None:
    card = binding.e_card_of(connection, subject)  # type: ignore[arg-type]
    lock_e_card(connection, card, locked=True)  # type: ignore[arg-type]
    lock_e_card(connection, card, locked=False)  # type: ignore[arg-type]


def test_a_card_reported_lost_with_its_phone_serves_again_on_the_new_phone_only(office: Office) -> None:
    old = office.bound()
    credential = old.client.credential()
    ending = office.desk.one(select(e_card.c.id).where(e_card.c.subject == office.desk.subject(PERSON)))[-4:]
    office.desk.do("report-lost", "report-lost", PERSON, card=ending)
    new = office.bound()
    assert office.taken(new.shown(new.client.credential())) == office.desk.subject(PERSON)
    assert office.taken(old.shown(credential)) == "e_card.other_phone"


def test_a_message_is_taken_once_and_only_from_the_key_that_was_bound(office: Office) -> None:
    phone = office.bound()
    phone.client.token()
    phone.client._last -= 1
    office.desk.now -= timedelta(seconds=1)
    assert phone.no_card() == "binding.not_this_phone"
    stranger = Phone(office, phone.order)
    assert stranger.no_card() == "binding.not_this_phone"
    office.desk.now += timedelta(hours=1)
    phone.client._now = lambda: NOW - timedelta(hours=1)
    assert phone.no_card() == "binding.not_this_phone"


def test_a_key_that_is_brought_must_have_signed(office: Office) -> None:
    order = office.order()
    phone = Phone(office, order)
    other = generate_private_key(SECP256R1())
    with pytest.raises(PhoneRefused) as refused:
        phone.client.claim(CODE, cose.compressed(other))
    assert refused.value.reason == "binding.not_this_phone"
    assert office.sees(order)["state"] == "open"


def test_without_the_phone_nobody_is_given_its_codes_any_more(office: Office) -> None:
    card = binding_card(office)
    office.bound()
    for what, body in (("tokens", None), ("credentials", {"public_key": "02" + "11" * 32})):
        answer = requests.post(f"{office.url}/v1/wallets/{card}/{what}", json=body, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (403, "e_card.other_phone")


def binding_card(office: Office) -> str:
    with office.desk.database.read() as connection:
        return binding.e_card_of(connection, office.desk.subject(PERSON))


def test_what_the_person_was_told_no_about_binds_nothing(office: Office) -> None:
    order = office.order()
    phone = Phone(office, order)
    phone.claim()
    made = office.desk.make("issue-e-card", "bind", PERSON, order=order)
    office.desk.send(made)
    office.desk.send(made, withdrawn=True)
    assert phone.no_card() == "e_card.other_phone"


def test_an_order_names_a_hash(office: Office) -> None:
    wrong: list[JsonValue] = ["", "00", "Z" * 64, 7, ["a"], "0" * 65]
    for each in wrong:
        made = office.desk.make("issue-e-card", "issue", PERSON, code_hash=each)
        assert office.desk.send(made).code == "binding.unknown"


def test_a_phone_is_bound_with_the_cards_pin_only(office: Office) -> None:
    hashed = hashlib.sha256(CODE.encode()).hexdigest()
    read = office.desk.do("issue-e-card", "issue", PERSON, trust=TrustLevel.VERIFIED, code_hash=hashed)
    assert read.code == "trust.too_low"


def test_what_a_phone_says_has_to_be_of_the_contract(office: Office) -> None:
    for body in ({}, {"binding": "x", "at": 1, "signature": ""}, [], {"binding": "0" * 36, "at": -1}):
        answer = requests.post(f"{office.url}/v1/phones/claims", json=body, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (422, "central.malformed")
    with pytest.raises(PhoneRefused):
        counter_code("https://elsewhere.example/other#a.b")


def test_an_older_database_gets_the_table_and_its_columns(database: Database) -> None:
    """As a centre of the version before left it: no table, phones' credentials without a withdrawal."""

    def before(connection: object) -> None:
        for statement in (
            "DROP TABLE phone_binding",
            "ALTER TABLE signed_e_card DROP COLUMN withdrawn_at",
            "ALTER TABLE ride_account DROP COLUMN withdrawn_at",
        ):
            connection.execute(text(statement))  # type: ignore[attr-defined]

    database.write(before)
    added = database.write(lambda connection: migrate(connection, metadata))
    assert set(added) == {"phone_binding", "signed_e_card.withdrawn_at", "ride_account.withdrawn_at"}
    with database.read() as connection:
        assert "last_asked" in {each["name"] for each in inspect(connection).get_columns("phone_binding")}


def test_old_bindings_are_forgotten_and_live_ones_kept(office: Office) -> None:
    office.bound()
    live = office.bound()
    office.order(SOMEBODY_ELSE)
    later = office.desk.now + timedelta(days=800)
    office.desk.database.write(lambda connection: retention.purge(connection, later))
    assert [row.id for row in office.desk.rows(select(phone_binding))] == [live.order]
