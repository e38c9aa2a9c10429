"""A terminal's own part, against a real centre over TLS: enrolling, renewing, keeping up, ending."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from central.fleet import configurations, enrolments, hotlist
from domain.messages.enrolment import authority_code, enrolment_code, normal_code
from domain.messages.signed_documents import Configuration, HotlistDelta, SignedDocument
from drivers.central.client import CentralClient
from drivers.central.configuration_copy import ConfigurationCopy
from drivers.central.faults import Final, OutcomeUnknown
from drivers.central.identity import (
    AuthorityDiffers,
    IdentityFault,
    IdentityFiles,
    KeyExposed,
)
from drivers.central.tls import as_terminal
from terminal.identification.hotlist.refresh import HotlistRefresh
from terminal.identification.hotlist.store import Hotlist, fingerprint
from terminal.provisioning.configuration import ConfigurationRefresh, check
from terminal.provisioning.enrolment import EnrolmentBrokenOff, EnrolmentRefused, Membership, enrol, meet
from tests.integration.central.fleet.city import BUDGET_MS, TERMINAL, City, Machine, utc_now


@pytest.fixture
def hotlist_here(tmp_path: Path) -> Iterator[Hotlist]:
    with closing(Hotlist(tmp_path / "hotlist.sqlite")) as here:
        yield here


class Screen:
    """Shows codes; somebody at the centre acts on the first one."""

    def __init__(self, act: Callable[[str], None]) -> None:
        self.codes: list[str] = []
        self._act = act

    def show(self, code: str, until: datetime) -> None:
        self.codes.append(code)
        self._act(code)


def no_wait(_: float) -> bool:
    return False


def test_a_terminal_is_enrolled_once_a_person_approves_the_code_on_its_screen(city: City) -> None:
    machine = city.machine("new")
    screen = Screen(city.approve)
    identity = enrol(machine.files, city.url, TERMINAL, screen.show, no_wait)
    assert (identity.terminal, len(screen.codes)) == (TERMINAL, 1)
    assert machine.identity == identity
    assert identity.key_file.stat().st_mode & 0o777 == 0o600
    assert machine.client().hotlist(0, BUDGET_MS)


def test_the_code_outlives_a_restart_so_that_it_is_read_out_once(city: City) -> None:
    machine = city.machine("restarted")
    screen = Screen(lambda _: None)
    with pytest.raises(EnrolmentBrokenOff):
        enrol(machine.files, city.url, TERMINAL, screen.show, lambda _: True)
    city.approve(screen.codes[0])
    again = Screen(lambda _: None)
    assert enrol(machine.files, city.url, TERMINAL, again.show, no_wait).terminal == TERMINAL
    assert again.codes == []


def test_a_refused_terminal_forgets_its_key_and_comes_with_another_code_next_time(city: City) -> None:
    def refuse(code: str) -> None:
        city.fleet.database.write(lambda c: enrolments.refuse(c, code, "Wang", utc_now()))

    machine = city.machine("refused")
    screen = Screen(refuse)
    for _ in range(2):
        with pytest.raises(EnrolmentRefused):
            enrol(machine.files, city.url, TERMINAL, screen.show, no_wait)
    assert len(set(screen.codes)) == 2


def test_enrolling_waits_for_a_centre_that_is_away(city: City, tmp_path: Path) -> None:
    machine = city.machine("patient")
    waits: list[float] = []
    elsewhere = "https://127.0.0.1:1"

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == 3

    with pytest.raises(EnrolmentBrokenOff):
        enrol(machine.files, elsewhere, TERMINAL, Screen(city.approve).show, wait)
    assert len(waits) == 3


def test_a_code_that_ended_is_asked_for_anew_and_stays_the_same(city: City) -> None:
    machine = city.machine("slow")
    screen = Screen(lambda _: None)
    late: list[timedelta] = [timedelta(minutes=16)]
    now = city.fleet.now

    def wait(_: float) -> bool:
        """The first wait takes a quarter of an hour; after that somebody comes."""
        if late:
            passed = late.pop()
            object.__setattr__(city.fleet, "now", lambda: now() + passed)
        elif len(screen.codes) == 2:
            city.approve(screen.codes[1])
            object.__setattr__(city.fleet, "now", now)
        return False

    assert enrol(machine.files, city.url, TERMINAL, screen.show, wait).terminal == TERMINAL
    assert len(set(screen.codes)) == 1


def test_what_answers_instead_of_the_centre_is_not_believed(city: City, tmp_path: Path) -> None:
    files = IdentityFiles(tmp_path / "careful", {})
    with pytest.raises(AuthorityDiffers):
        meet(files, city.url, "0000-0000-0000-0000-0000-0000")
    meet(files, city.url, city.fleet.code.lower().replace("-", ""))
    assert files.authority() == city.fleet.authority.certificate


def test_a_key_given_by_the_service_manager_is_used_and_never_written(city: City, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    given = tmp_path / "credentials" / "onecard-terminal-key"
    given.parent.mkdir()
    given.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    machine = city.machine("managed")
    machine.environment["CREDENTIALS_DIRECTORY"] = str(given.parent)
    code = machine.ask()
    city.approve(code)
    identity = machine.fetch(code)
    assert identity.key_file == given
    assert not list(identity.certificate_file.parent.glob("*.key"))
    assert machine.client().hotlist(0, BUDGET_MS)


def test_an_exposed_key_a_damaged_key_and_a_foreign_certificate_are_named(city: City) -> None:
    machine, other = city.enrolled("one", "BZ-A-1"), city.enrolled("two", "BZ-A-2")
    key_file = machine.identity.key_file
    key_file.chmod(0o644)
    with pytest.raises(KeyExposed):
        machine.files.load()
    key_file.chmod(0o600)
    key_file.write_bytes(other.identity.key_file.read_bytes())
    with pytest.raises(IdentityFault, match="belong together"):
        machine.files.load()
    key_file.write_bytes(b"nonsense")
    with pytest.raises(IdentityFault):
        machine.files.load()


def test_a_certificate_for_another_key_or_another_name_is_not_kept(city: City, tmp_path: Path) -> None:
    machine = city.machine("careful")
    machine.ask()
    other = city.enrolled("other", "BZ-A-2")
    with pytest.raises(IdentityFault, match="another key"):
        machine.files.keep(other.identity.certificate_file.read_text(), TERMINAL)
    request = machine.files.applicant(TERMINAL).request
    misnamed = city.fleet.database.write(
        lambda c: enrolments.give(c, city.fleet.authority, "BZ-A-3", request, utc_now())
    )
    with pytest.raises(IdentityFault, match="another terminal"):
        machine.files.keep(misnamed, TERMINAL)
    assert machine.files.load() is None


def test_a_power_cut_while_a_renewal_is_kept_leaves_the_old_identity_or_the_new(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drivers.central import identity as under_test

    machine = city.enrolled("cut")
    before = machine.identity
    request = machine.files.applicant(TERMINAL).request
    renewed = city.fleet.database.write(
        lambda c: enrolments.give(c, city.fleet.authority, TERMINAL, request, utc_now())
    )
    write_whole = under_test.write_whole
    for survived in (0, 1, 2):
        written: list[Path] = []

        def cut(
            file: Path, content: bytes, mode: int, survived: int = survived, written: list[Path] = written
        ) -> None:
            if len(written) == survived:
                raise KeyboardInterrupt
            written.append(file)
            write_whole(file, content, mode)

        monkeypatch.setattr(under_test, "write_whole", cut)
        if survived < 2:
            with pytest.raises(KeyboardInterrupt):
                machine.files.keep(renewed, TERMINAL)
            assert machine.identity == before
            machine.client().hotlist(0, BUDGET_MS)
        else:
            machine.files.keep(renewed, TERMINAL)
    assert machine.identity.key_file != before.key_file
    assert not before.key_file.exists()
    machine.client().hotlist(0, BUDGET_MS)


class Member:
    """A membership whose clock the test sets."""

    def __init__(self, machine: Machine) -> None:
        self.endings = 0
        self.at = utc_now()
        self.client = machine.client()
        self.membership = Membership(
            machine.files, machine.identity, self.client, lambda: self.at, lambda: 0.5, self._end
        )

    def _end(self) -> None:
        self.endings += 1


def test_a_certificate_is_renewed_with_a_new_key_at_two_thirds_of_its_life(city: City) -> None:
    machine = city.enrolled("member")
    member = Member(machine)
    first = machine.identity
    member.at += timedelta(days=59)
    assert member.membership.step() == 3600
    assert machine.identity == first
    member.at += timedelta(days=2)
    member.membership.step()
    second = machine.identity
    assert second.key_file != first.key_file
    assert not first.key_file.exists()
    assert member.membership.identity == second
    member.client.hotlist(0, BUDGET_MS)


def test_a_renewal_that_fails_is_tried_again_and_the_old_certificate_serves(city: City) -> None:
    machine = city.enrolled("patient")
    member = Member(machine)
    member.at += timedelta(days=61)
    away = CentralClient("https://127.0.0.1:1", as_terminal(machine.identity))
    waiting = Membership(machine.files, machine.identity, away, lambda: member.at, lambda: 0.5, lambda: None)
    assert waiting.step() < 3600  # sooner than after a success
    member.client.hotlist(0, BUDGET_MS)
    assert member.membership.step() == 3600
    member.client.hotlist(0, BUDGET_MS)


def test_a_revoked_member_is_told_and_asks_no_more(city: City) -> None:
    machine = city.enrolled("member")
    member = Member(machine)
    city.revoke()
    member.at += timedelta(days=61)
    assert member.membership.step() == 3600
    assert member.membership.step() == 3600
    assert member.endings == 1


def test_a_membership_ends_within_a_second(city: City) -> None:
    member = Member(city.enrolled("member"))
    member.membership.start()
    member.membership.stop()
    assert not [each for each in threading.enumerate() if each.name == "membership"]


def test_a_terminal_that_is_none_any_more_has_no_key(city: City) -> None:
    machine = city.enrolled("ending")
    machine.files.forget()
    machine.files.forget()
    assert machine.files.load() is None
    assert not list(machine.directory.rglob("*.key"))


def refresh(
    city: City, machine: Machine, here: Hotlist, client: CentralClient | None = None
) -> HotlistRefresh:
    authority = city.fleet.authority.certificate
    central = client or machine.client()
    return HotlistRefresh(here, central, lambda: authority, utc_now, lambda: 0.5, lambda _: None, 300)


def block(city: City, *numbers: int, released: tuple[int, ...] = ()) -> int:
    blocked, free = ([fingerprint(f"card:{n}") for n in some] for some in (numbers, released))
    return city.fleet.database.write(lambda c: hotlist.change(c, blocked, free))


def test_a_blocked_card_is_known_here_after_the_next_round(city: City, hotlist_here: Hotlist) -> None:
    machine = city.enrolled("listener")
    rounds = refresh(city, machine, hotlist_here)
    assert hotlist_here.state.checked_at is None
    assert rounds.step() == 300
    first = hotlist_here.state
    assert first.version == 0
    assert first.checked_at is not None
    block(city, 1, 2)
    rounds.step()
    assert [hotlist_here.blocked(f"card:{n}") for n in (1, 2, 3)] == [True, True, False]
    block(city, 3, released=(1,))
    rounds.step()
    assert [hotlist_here.blocked(f"card:{n}") for n in (1, 2, 3)] == [False, True, True]
    state = hotlist_here.state
    assert (state.version, state.entries) == (2, 2)
    assert state.checked_at is not None
    assert state.checked_at > first.checked_at


class CountedParts(CentralClient):
    """The way to the centre, which breaks after two answers."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine.url, as_terminal(machine.identity))
        self._left = 2

    def hotlist(self, since: int, budget_ms: int) -> SignedDocument:
        if not self._left:
            raise OutcomeUnknown("the connection broke")
        self._left -= 1
        return super().hotlist(since, budget_ms)


def test_a_large_list_arrives_in_parts_and_counts_as_new_with_the_last(
    city: City, hotlist_here: Hotlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotlist, "VERSION_LIMIT", 10)
    monkeypatch.setattr(hotlist, "DELTA_LIMIT", 25)
    block(city, *range(63))
    machine = city.enrolled("listener")
    rounds = refresh(city, machine, hotlist_here)
    parts = CountedParts(machine)
    refresh(city, machine, hotlist_here, parts).step()
    assert hotlist_here.state.checked_at is None
    assert hotlist_here.state.version == 4
    rounds.step()
    state = hotlist_here.state
    assert (state.version, state.entries) == (7, 63)
    assert state.checked_at is not None


def test_a_list_is_kept_and_grows_old_while_the_centre_is_away(city: City, hotlist_here: Hotlist) -> None:
    machine = city.enrolled("listener")
    block(city, 1)
    refresh(city, machine, hotlist_here).step()
    before = hotlist_here.state
    away = CentralClient("https://127.0.0.1:1", as_terminal(machine.identity))
    refresh(city, machine, hotlist_here, away).step()
    assert hotlist_here.state == before
    assert hotlist_here.blocked("card:1")


class Forger(CentralClient):
    """Stands where the centre stands, inside its TLS, and answers what it likes."""

    def __init__(self, machine: Machine, answer: Callable[[int], SignedDocument]) -> None:
        super().__init__(machine.url, as_terminal(machine.identity))
        self._answer_with = answer

    def hotlist(self, since: int, budget_ms: int) -> SignedDocument:
        return self._answer_with(since)


def attacked(city: City, machine: Machine, here: Hotlist, answer: Callable[[int], SignedDocument]) -> None:
    """Whatever is answered leaves the list as it was."""
    before = here.state
    refresh(city, machine, here, Forger(machine, answer)).step()
    assert here.state == before
    assert here.blocked("card:1")


def test_a_forged_skipped_or_replayed_change_leaves_the_list_as_it_was(
    city: City, hotlist_here: Hotlist
) -> None:
    machine = city.enrolled("listener")
    block(city, 1)
    client = machine.client()
    released_early = client.hotlist(0, BUDGET_MS)
    block(city, 2)
    refresh(city, machine, hotlist_here).step()
    genuine = client.hotlist(1, BUDGET_MS)
    fleet = city.fleet

    def forged(_: int) -> SignedDocument:
        return genuine.model_copy(update={"content": genuine.content.replace('"base":1', '"base":2')})

    def signed(**fields: object) -> Callable[[int], SignedDocument]:
        said = HotlistDelta(
            base=2, version=3, newest=3, issued_at=utc_now(), added="", removed=""
        ).model_copy(update=fields)
        return lambda _: fleet.signer.sign(said)

    attacked(city, machine, hotlist_here, forged)
    attacked(city, machine, hotlist_here, lambda _: genuine)
    attacked(city, machine, hotlist_here, lambda _: released_early)
    attacked(city, machine, hotlist_here, signed(base=3, version=4, newest=4))
    attacked(city, machine, hotlist_here, signed(version=1))
    attacked(city, machine, hotlist_here, signed(version=4, newest=3))
    attacked(city, machine, hotlist_here, signed(version=2, newest=9))
    attacked(city, machine, hotlist_here, signed(issued_at=utc_now() - timedelta(hours=1)))
    attacked(city, machine, hotlist_here, signed(base=0, issued_at=utc_now() - timedelta(hours=1)))


def test_settings_published_at_the_centre_are_in_force_here_from_the_next_start_on(
    city: City, tmp_path: Path
) -> None:
    machine = city.enrolled("configured")
    fleet = city.fleet
    copy = ConfigurationCopy(tmp_path / "here", "library", fleet.authority.certificate, check)
    heard: list[Configuration] = []
    rounds = ConfigurationRefresh(copy, "library", machine.client(), lambda: 0.5, heard.append, 900)
    assert rounds.step() == 900
    for version in (1, 2):
        files = {"profile.toml": f'counter_name = "{version} 号柜台"\n'}
        fleet.database.write(
            lambda c, f=files: configurations.publish(c, fleet.signer, "library", f, utc_now())
        )
        rounds.step()
        rounds.step()
        assert [each.version for each in heard] == list(range(1, version + 1))
        assert copy.in_force() == heard[-1]


def test_the_same_settings_are_not_sent_twice(city: City) -> None:
    machine = city.enrolled("thrifty")
    fleet = city.fleet
    files = {"profile.toml": ""}
    fleet.database.write(lambda c: configurations.publish(c, fleet.signer, "library", files, utc_now()))
    client = machine.client()
    answer = client.configuration("library", "", BUDGET_MS)
    assert answer is not None
    assert client.configuration("library", answer[1], BUDGET_MS) is None


def test_a_name_that_is_no_profiles_is_refused_before_anything_is_looked_up(city: City) -> None:
    client = city.enrolled("odd").client()
    for name in ("../../etc/passwd", "A", "x" * 65, "%00"):
        with pytest.raises(Final):
            client.configuration(name, "", BUDGET_MS)


def test_codes_are_the_same_on_both_sides_and_change_with_every_part() -> None:
    key = b"key"
    code = enrolment_code("BZ-1", key, b"authority")
    assert len(code.replace("-", "")) == 16
    others = {
        enrolment_code("BZ-2", key, b"authority"),
        enrolment_code("BZ-1", b"other", b"authority"),
        enrolment_code("BZ-1", key, b"other"),
        enrolment_code("BZ-1k", b"ey", b"authority"),
    }
    assert len(others | {code}) == 5
    assert len(authority_code(b"authority").replace("-", "")) == 24
    assert normal_code(code.lower().replace("-", " ")) == code
