"""Whose codes terminals believe: fetched over TLS, proved, kept for when nobody can be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from central.codes import issuers
from domain.codes import sm2
from domain.codes.faults import CodeFault
from domain.messages.signed_documents import ConfigurationFault, NotSigned, RolledBack, SignedDocument
from drivers.central.client import CentralClient
from runtime.signed_copy import ProofNotPossible
from terminal.identification.code_trust import FILE, IssuersRefresh, KnownIssuers
from tests.integration.central.fleet.city import BUDGET_MS, City, utc_now


def known(city: City, directory: Path) -> tuple[KnownIssuers, CentralClient]:
    machine = city.enrolled("data")
    authority = machine.identity.authority
    return KnownIssuers(directory, lambda: authority), machine.client()


def refreshed(here: KnownIssuers, client: CentralClient) -> float:
    return IssuersRefresh(here, client, lambda: 0.5).step()


def list_ride_authority(city: City, index: int, number: int) -> None:
    point = sm2.PrivateKey(number).public_key().compressed
    city.fleet.database.write(lambda connection: issuers.list_authority(connection, index, point, utc_now()))


def test_the_list_is_fetched_and_holds_after_a_restart_without_a_centre(city: City, tmp_path: Path) -> None:
    list_ride_authority(city, 7, 0x2001)
    here, client = known(city, tmp_path / "codes")
    assert here.anchors.e_card_issuers == {}
    assert refreshed(here, client) == 600
    (key_id,) = here.anchors.e_card_issuers
    assert key_id == city.fleet.issuers.e_card_key()[0]
    assert list(here.anchors.ride_code_authorities) == [7]
    assert (tmp_path / "codes" / FILE).stat().st_mode & 0o777 == 0o600
    authority = here._authority()
    restarted = KnownIssuers(tmp_path / "codes", lambda: authority)
    assert restarted.anchors == here.anchors


def test_who_was_withdrawn_is_believed_no_more_after_the_next_round(city: City, tmp_path: Path) -> None:
    here, client = known(city, tmp_path / "codes")
    refreshed(here, client)
    (key_id,) = here.anchors.e_card_issuers
    city.fleet.database.write(lambda connection: issuers.withdraw(connection, key_id.hex(), utc_now()))
    refreshed(here, client)
    assert here.anchors.e_card_issuers == {}


def test_an_unchanged_list_is_not_sent_again(city: City, tmp_path: Path) -> None:
    _, client = known(city, tmp_path / "codes")
    answer = client.code_trust("", BUDGET_MS)
    assert answer is not None
    assert client.code_trust(answer[1], BUDGET_MS) is None


def document(client: CentralClient) -> SignedDocument:
    answer = client.code_trust("", BUDGET_MS)
    assert answer is not None
    return answer[0]


def test_an_older_list_is_refused_and_a_newer_one_stays(city: City, tmp_path: Path) -> None:
    here, client = known(city, tmp_path / "codes")
    older = document(client)
    list_ride_authority(city, 7, 0x2001)
    here.accept(document(client))
    with pytest.raises(RolledBack):
        here.accept(older)
    assert list(here.anchors.ride_code_authorities) == [7]


def test_a_list_with_a_forgers_key_is_not_believed(city: City, tmp_path: Path) -> None:
    here, client = known(city, tmp_path / "codes")
    said = document(client)
    (key_id,) = issuers_of(said)
    forged = said.model_copy(update={"content": said.content.replace(key_id, "16000001")})
    with pytest.raises(NotSigned):
        here.accept(forged)
    hotlist = client.hotlist(0, BUDGET_MS)
    with pytest.raises(ConfigurationFault):
        here.accept(hotlist)
    assert here.anchors.e_card_issuers == {}


def issuers_of(said: SignedDocument) -> list[str]:
    from domain.messages.code_trust import CodeTrust

    return [each.key_id for each in CodeTrust.model_validate_json(said.content).e_card_issuers]


def test_a_list_that_was_changed_on_disk_is_not_used(city: City, tmp_path: Path) -> None:
    here, client = known(city, tmp_path / "codes")
    refreshed(here, client)
    file = tmp_path / "codes" / FILE
    untouched = file.read_text(encoding="utf-8")
    authority = here._authority()
    for spoilt in (untouched.replace("e_card_issuers", "e_card_issuerz"), "", "{}", untouched[:-20]):
        file.write_text(spoilt, encoding="utf-8")
        assert KnownIssuers(tmp_path / "codes", lambda: authority).anchors.e_card_issuers == {}


def test_without_an_authority_nothing_is_believed(city: City, tmp_path: Path) -> None:
    _, client = known(city, tmp_path / "codes")
    nobody: list[Certificate] = []
    here = KnownIssuers(tmp_path / "other", lambda: nobody[0] if nobody else None)
    with pytest.raises(ProofNotPossible):
        here.accept(document(client))
    assert refreshed(here, client) == 2


def test_no_point_of_the_curve_is_no_authority(city: City) -> None:
    with pytest.raises(CodeFault):
        city.fleet.database.write(
            lambda connection: issuers.list_authority(connection, 3, b"\x02" + b"\xff" * 32, utc_now())
        )


def test_the_list_is_for_terminals_only(city: City) -> None:
    from drivers.central.faults import Final

    with pytest.raises(Final, match=r"enrolment\.required|enrolment"):
        city.machine("stranger").stranger().code_trust("", BUDGET_MS)
