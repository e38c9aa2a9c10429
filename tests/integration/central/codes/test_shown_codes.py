"""Signed codes at the centre: issued to a phone, proved again, and taken by one terminal only."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from sqlalchemy import select, update

from central import alarms, retention
from central.codes import issuers
from central.codes.blocking import fingerprint
from central.codes.issuers import CodeIssuers, IssuerFault, open_issuers
from central.codes.issuing import issue_credential, issue_ride_account, true_until
from central.codes.tables import shown_code
from central.database import Database
from central.departments.registry import DEPARTMENTS
from central.e_cards import wallets
from central.fleet import hotlist
from central.fleet.administration import administer
from central.fleet.application import create_loopback_application
from central.fleet.fleet import open_fleet
from central.holders import identify
from central.seeding import seed
from central.tables import e_card
from central.transactions import apply_batch
from central.unidentified import Unidentified
from domain.codes import cose, ride_code_making, sm2
from domain.codes import e_card as signed
from domain.codes.e_card import AgeBand, Presentation
from domain.messages.contract import (
    Delivery,
    IdentificationRequest,
    PendingWork,
    RideCodePresented,
    SignedECardPresented,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
)
from domain.messages.signed_documents import apart
from tests.cities import personas
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, card
from tests.integration.central.served import listening

FIRST, SECOND = "BZ-LIB-0001", "BZ-LIB-0002"
PERSON = "liu-zhiyong"


@dataclass
class Phone:
    """Makes codes as a phone does, whenever the test says it is."""

    credential: bytes
    key: cose.EllipticCurvePrivateKey
    ride_account: bytes
    ride_key: sm2.PrivateKey

    def e_card(self, at: datetime = NOW) -> SignedECardPresented:
        shown = Presentation(at, secrets.token_bytes(4))
        return SignedECardPresented(
            content=signed.present(self.credential, shown, cose.signing_with(self.key))
        )

    def ride(self, at: datetime = NOW) -> RideCodePresented:
        code = ride_code_making.show(self.ride_account, at, self.ride_key)
        return RideCodePresented(content=base64.b64encode(code).decode())


@pytest.fixture
def keys(database: Database, tmp_path: Path) -> CodeIssuers:
    return database.write(
        lambda connection: open_issuers(tmp_path / "keys", connection, NOW, demonstration=True)
    )


@pytest.fixture
def wallet(database: Database) -> str:
    with database.read() as connection:
        return next(each.id for each in wallets(connection) if each.persona == PERSON)


@pytest.fixture
def phone(database: Database, keys: CodeIssuers, wallet: str) -> Phone:
    return loaded(database, keys, wallet)


def loaded(database: Database, keys: CodeIssuers, wallet: str) -> Phone:
    key, ride_key = generate_private_key(SECP256R1()), sm2.PrivateKey(secrets.randbelow(sm2.N - 2) + 1)
    point, ride_point = cose.compressed(key), ride_key.public_key().compressed
    credential = database.write(
        lambda connection: issue_credential(connection, keys, wallet, point, secrets.token_bytes, NOW)
    )
    account = database.write(
        lambda connection: issue_ride_account(connection, keys, wallet, ride_point, secrets.token_bytes, NOW)
    )
    assert credential is not None
    assert account is not None
    return Phone(credential, key, account, ride_key)


def identified(database: Database, shown: SignedECardPresented, terminal: str) -> str:
    request = IdentificationRequest(terminal=terminal, trust=TrustLevel.VERIFIED, credential=shown)
    holder = database.write(lambda connection: identify(connection, request, DEPARTMENTS, NOW))
    assert holder.masked_name == "刘*勇"
    assert holder.trust is TrustLevel.VERIFIED
    return holder.subject


def told(
    database: Database,
    terminal: str,
    credential: SignedECardPresented | RideCodePresented | SocialSecurityCardPresented,
    *,
    at: datetime = NOW,
    sequence: int = 1,
    service: str = "library",
    action: str = "borrow",
    body: dict[str, object] | None = None,
    offline: bool = True,
) -> TransactionResult:
    """One promise made offline, delivered; or, not ``offline``, one request of now."""
    made = Transaction(
        id=uuid4(),
        terminal=terminal,
        sequence=sequence,
        previous="0" * 64,
        service=service,
        action=action,
        occurred_at=at,
        trust=TrustLevel.VERIFIED,
        credential=credential,
        body={"barcode": BOOK} if body is None else body,
    )
    batch = TransactionBatch(
        terminal=terminal,
        pending=PendingWork(count=0),
        deliveries=(Delivery(transaction=made, accepted_offline=offline),),
    )
    (result,) = database.write(lambda connection: apply_batch(connection, batch, DEPARTMENTS, NOW))
    return result


def kinds(database: Database) -> list[object]:
    with database.read() as connection:
        return [(each["terminal"], each["kind"]) for each in alarms.listed(connection)]


def test_a_signed_card_is_whose_it_was_issued_to(database: Database, phone: Phone) -> None:
    shown = phone.e_card()
    subject = identified(database, shown, FIRST)
    assert identified(database, shown, FIRST) == subject
    assert told(database, FIRST, shown).outcome.value == "confirmed"


def test_a_code_on_a_second_terminal_is_refused_at_once_where_it_is_online(
    database: Database,
    phone: Phone,
) -> None:
    shown = phone.e_card()
    identified(database, shown, FIRST)
    with pytest.raises(Unidentified) as refused:
        identified(database, shown, SECOND)
    assert refused.value.reason == "code.replayed"


def test_a_code_that_two_terminals_took_offline_serves_the_first_and_lands_in_the_others_inbox(
    database: Database,
    phone: Phone,
) -> None:
    shown = phone.e_card()
    assert told(database, FIRST, shown).outcome.value == "confirmed"
    other = told(database, SECOND, shown, body={"barcode": "2371600000027"})
    assert (other.outcome.value, other.code) == ("refused", "code.replayed")
    assert kinds(database) == [(SECOND, "code_replayed")]
    more = told(database, FIRST, shown, sequence=2, body={"barcode": "2371600000034"})
    assert more.outcome.value == "confirmed"


def test_a_ride_on_a_copied_ride_code_is_kept_and_charged_to_nobody(
    database: Database,
    phone: Phone,
) -> None:
    shown = phone.ride()
    first = told(database, FIRST, shown, service="bus", action="ride", body=a_ride())
    assert first.data["charged_fen"] == 200
    other = told(database, SECOND, shown, service="bus", action="ride", body=a_ride())
    assert other.outcome.value == "confirmed"
    assert other.data == {"charged_fen": 0, "replayed": True}
    assert kinds(database) == [(SECOND, "code_replayed")]


def a_ride() -> dict[str, object]:
    from tests.cities import shipped_tariffs

    (tariff,) = shipped_tariffs()
    tap = {
        "id": str(uuid4()),
        "at": NOW.isoformat(),
        "validator": str(uuid4()),
        "route_id": "1",
        "fare_media_id": "ride_code",
        "stop_id": "",
        "kind": "board",
        "riders": 1,
        "one_more": False,
    }
    return {"tariff": tariff, "tap": tap, "amount_fen": 200, "born": "", "spent": {}}


@pytest.mark.parametrize("make", [Phone.e_card, Phone.ride])
@pytest.mark.parametrize("after", [timedelta(hours=3), timedelta(minutes=-3)])
def test_business_long_after_or_before_a_code_was_shown_is_not_its_holders(
    database: Database,
    phone: Phone,
    make: Callable[[Phone], SignedECardPresented],
    after: timedelta,
) -> None:
    result = told(database, FIRST, make(phone), at=NOW + after)
    assert (result.outcome.value, result.code) == ("refused", "code.expired")


def test_a_code_under_a_key_of_somebody_else_is_nobodys(
    database: Database,
    keys: CodeIssuers,
    wallet: str,
    tmp_path: Path,
) -> None:
    other = CodeIssuers(tmp_path / "other", bytes.fromhex("04664660"))
    scratch = Database(f"sqlite:///{tmp_path / 'other.db'}")
    scratch.write(lambda connection: open_issuers(other.directory, connection, NOW, demonstration=True))
    scratch.close()
    forger = Phone(
        database.write(  # the wallet is right, the keys are not
            lambda connection: signed.issue(
                signed.Credential(
                    "c2FtcGxlMDE",
                    "刘*勇",
                    AgeBand(0, 5),
                    frozenset(),
                    NOW,
                    NOW + timedelta(days=1),
                    cose.compressed(PHONE),
                ),
                other.e_card_key()[0],
                cose.signing_with(other.e_card_key()[1]),
            )
        ),
        PHONE,
        ride_code_making.authorise(other.ride_issuer(NOW).certificate, ACCOUNT, other.ride_issuer(NOW).key),
        RIDER,
    )
    for shown, reason in ((forger.e_card(), "code.unknown_issuer"), (forger.ride(), "code.forged")):
        result = told(database, FIRST, shown)
        assert (result.outcome.value, result.code) == ("refused", reason)


PHONE = generate_private_key(SECP256R1())
RIDER = sm2.PrivateKey(0x2003)
ACCOUNT = ride_code_making.RideAccount(
    payment_account="3716000000000001",
    card_account="31000000000000000001",
    issuer=bytes.fromhex("04664660"),
    platform=bytes.fromhex("00000001"),
    user_key=RIDER.public_key().compressed,
    authorised_until=NOW + timedelta(days=1),
)


def test_a_withdrawn_issuer_is_believed_no_more_and_the_list_grows(
    database: Database,
    keys: CodeIssuers,
    phone: Phone,
) -> None:
    with database.read() as connection:
        before = issuers.told(connection, NOW)
    (issuer,) = before.e_card_issuers
    assert [each.index for each in before.ride_code_authorities] == [1]
    assert database.write(lambda connection: issuers.withdraw(connection, issuer.key_id, NOW))
    assert not database.write(lambda connection: issuers.withdraw(connection, issuer.key_id, NOW))
    with database.read() as connection:
        after = issuers.told(connection, NOW)
    assert after.version == before.version + 1
    assert after.e_card_issuers == ()
    assert told(database, FIRST, phone.e_card()).code == "code.unknown_issuer"


def test_a_new_key_takes_over_and_the_old_credentials_go_on(
    database: Database,
    keys: CodeIssuers,
    phone: Phone,
    wallet: str,
) -> None:
    database.write(lambda connection: issuers.renew(keys, connection, NOW))
    new = loaded(database, keys, wallet)
    assert identified(database, phone.e_card(), FIRST) == identified(database, new.e_card(), FIRST)
    half = NOW + issuers.ISSUER_LIFE / 2 + timedelta(days=2)
    reopened = database.write(
        lambda connection: open_issuers(keys.directory, connection, half, demonstration=True)
    )
    assert reopened.e_card_key()[0] != cose_id(new)


def cose_id(phone: Phone) -> bytes:
    return signed.take_apart(phone.e_card().content).key_id


def test_a_blocked_electronic_card_gets_nothing_and_serves_nobody(
    database: Database,
    keys: CodeIssuers,
    phone: Phone,
    wallet: str,
) -> None:
    database.write(lambda connection: connection.execute(update(e_card).values(locked=True)))
    assert told(database, FIRST, phone.e_card()).code == "holder.reported_lost"
    with pytest.raises(Unidentified):
        loaded(database, keys, wallet)


def test_keys_that_others_may_read_sign_nothing(keys: CodeIssuers) -> None:
    (keys.directory / issuers.E_CARD_FILE).chmod(0o644)
    with pytest.raises(IssuerFault, match="0600"):
        keys.e_card_key()


def test_what_was_shown_is_forgotten_with_its_transactions(database: Database, phone: Phone) -> None:
    told(database, FIRST, phone.e_card())
    database.write(lambda connection: retention.purge(connection, NOW + timedelta(days=399)))
    with database.read() as connection:
        assert len(connection.execute(select(shown_code)).all()) == 1
    database.write(lambda connection: retention.purge(connection, NOW + timedelta(days=401)))
    with database.read() as connection:
        assert connection.execute(select(shown_code)).all() == []


def test_an_age_band_is_told_as_long_as_it_is_true() -> None:
    born, ages = date(1966, 12, 1), (6, 60, 65, 70)
    assert true_until(born, date(2026, 11, 23), ages) == (AgeBand(6, 59), date(2026, 11, 30))
    assert true_until(born, date(2026, 12, 1), ages) == (AgeBand(60, 64), date(2031, 11, 30))
    leap = date(2008, 2, 29)
    assert true_until(leap, date(2026, 11, 23), (19,)) == (AgeBand(0, 18), date(2027, 2, 28))


def test_a_lost_electronic_card_is_on_the_hotlist_with_every_phone_it_was_issued_to(
    database: Database, keys: CodeIssuers, phone: Phone, wallet: str
) -> None:
    second = loaded(database, keys, wallet)
    lost = about_card(database, 1, "report-lost", wallet[-4:])
    assert (lost.outcome.value, lost.code) == ("confirmed", "")
    with database.read() as connection:
        told_of = hotlist.delta(connection, 0, NOW)
    listed = set(apart(told_of.added))
    for each in (phone, second):
        holder = signed.credential_of(signed.take_apart(each.e_card().content).credential).holder
        assert fingerprint(f"e_card:{holder}") in listed
    assert len(listed) == 4
    assert told(database, FIRST, phone.e_card()).code == "holder.reported_lost"
    again = about_card(database, 2, "report-lost", wallet[-4:])
    assert again.code == "card_management.already_lost"
    found = about_card(database, 3, "unlock-card", wallet[-4:])
    assert (found.outcome.value, found.code) == ("confirmed", "")
    with database.read() as connection:
        assert hotlist.delta(connection, 0, NOW).added == ""
    assert told(database, FIRST, phone.e_card()).outcome.value == "confirmed"


def about_card(database: Database, sequence: int, step: str, ending: str) -> TransactionResult:
    return told(
        database,
        SECOND,
        card(PERSON),
        sequence=sequence,
        service=step,
        action=step,
        body={"card": ending},
        offline=False,
    )


def test_a_credential_tells_rights_and_no_birthday(database: Database, keys: CodeIssuers) -> None:
    with database.read() as connection:
        disabled = next(each.id for each in wallets(connection) if each.persona == "li-xinhua")
    phone = loaded(database, keys, disabled)
    content = signed.take_apart(phone.e_card().content).credential
    credential = signed.credential_of(content)
    assert credential.entitlements == {signed.Entitlement.DISABLED}
    born = personas()["li-xinhua"].birth_date
    assert f"{born:%Y%m%d}".encode() not in content.payload
    assert personas()["li-xinhua"].full_name.encode() not in content.payload


def test_the_administrator_rolls_withdraws_and_adds_issuers(tmp_path: Path) -> None:
    url, keys = f"sqlite:///{tmp_path / 'central.db'}", tmp_path / "keys"
    (first,) = administer(url, keys, "issuers", [])
    administer(url, keys, "new-issuer", [])
    point = RIDER.public_key().compressed.hex()
    administer(url, keys, "ride-authority", ["9", point])
    listed = administer(url, keys, "issuers", [])
    assert first in listed
    assert [line.split()[0] for line in listed if "ride codes" in line] == ["9"]
    for name in (first.split()[0], "9"):
        administer(url, keys, "withdraw-issuer", [name])
    left = administer(url, keys, "issuers", [])
    assert len(left) == 1
    assert left[0] != first
    with pytest.raises(IssuerFault):
        administer(url, keys, "withdraw-issuer", ["9"])
    before = version(url)
    administer(url, keys, "restored", [])
    assert version(url) > before + 100_000


def version(url: str) -> int:
    database = Database(url)
    with database.read() as connection:
        found = issuers.told(connection, NOW).version
    database.close()
    return found


def test_a_phone_is_given_what_goes_with_its_own_key_and_nothing_else(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    database.write(lambda connection: seed(connection, NOW))
    fleet = open_fleet(tmp_path / "keys", database, lambda: NOW, demonstration=True)
    with listening(create_loopback_application(fleet, "secret", demonstration=True)) as url:
        given_over_http(url)
    database.close()


def given_over_http(url: str) -> None:
    wallet = requests.get(f"{url}/v1/wallets", timeout=30).json()["wallets"][0]["id"]
    point, ride_point = cose.compressed(PHONE).hex(), RIDER.public_key().compressed.hex()
    given = asked(f"{url}/v1/wallets/{wallet}/credentials", {"public_key": point})
    credential = signed.credential_of(cose.parse(base64.b64decode(given.json()["credential"])))
    assert credential.phone_key.hex() == point
    given = asked(f"{url}/v1/wallets/{wallet}/ride-accounts", {"public_key": ride_point})
    assert given.status_code == 200
    off_the_curve = "02" + "ff" * 32
    for what in ("credentials", "ride-accounts"):
        refused = asked(f"{url}/v1/wallets/{wallet}/{what}", {"public_key": off_the_curve})
        assert (refused.status_code, refused.json()["code"]) == (422, "code.damaged")
        hostile = asked(f"{url}/v1/wallets/{wallet}/{what}", {"public_key": "02" + "<script>" * 8})
        assert hostile.status_code == 422
        nobody = asked(f"{url}/v1/wallets/none/{what}", {"public_key": point})
        assert nobody.status_code == 404
    assert requests.get(f"{url}/v1/code-trust", timeout=30).status_code == 401


def asked(url: str, body: dict[str, str]) -> requests.Response:
    return requests.post(url, json=body, timeout=30)
