"""Orders of an administrator at the centre's own machine: one order at a time, answered in lines.

Write access to the database permits them; there is no way to them over the network.
"""

from __future__ import annotations

import getpass
import json
import logging
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from central import alarms, office_orders, personal_data, report_orders, settlement
from central.city import recount, sites
from central.city.naming import departments
from central.codes import issuers
from central.database import Database
from central.departments import published
from central.departments.catalogue import vital_status
from central.departments.tariffs import CityTariffs
from central.exports import daily, transactions
from central.fleet import configurations, entitlements, hotlist, register_looks, terminal_orders
from central.fleet.fleet import Fleet, open_fleet
from central.fleet.versions import newest_version
from central.officials import accounts, trail
from central.officials.passwords import Passwords
from central.scale import article
from central.scale.plan import Plan
from config.catalogue.loading import parse_catalogue
from config.city.city import City
from config.clock import Clock, utc_now
from config.settings import SettingsFault, parse_settings
from domain.fares.loading import CALENDAR
from domain.fares.published_tariff import PUBLICATION, published_as, read_publication
from domain.messages.signed_documents import CATALOGUE_NAME, Configuration
from domain.published_policies import check_published

log = logging.getLogger(__name__)

PROFILE = "profile.toml"
YESTERDAY = "yesterday"
Order = Callable[[Fleet, Sequence[str]], Iterator[str]]


def administer(
    database_url: str,
    keys: Path,
    order: str,
    words: Sequence[str],
    now: Clock = utc_now,
    city: City | None = None,
) -> list[str]:
    """Carries out one of ``ORDERS``; tells what was done. Raises ``Fault``, ``OSError``, ``ValueError``."""
    with closing(Database(database_url, city)) as database:
        fleet = open_fleet(keys, database, now)
        return list(ORDERS[order](fleet, words))


def _alarms(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    with fleet.database.read() as connection:
        for each in alarms.listed(connection):
            yield f"{each['at']}  {each['terminal']}  {each['kind']}  {each['detail']}"


def _publish(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """A profile's name and the directory of its files. Raises ``SettingsFault``, ``OSError``."""
    name, directory = words
    place = Path(directory)
    files = {
        file.relative_to(place).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(place.rglob("*"))
        if file.is_file()
    }
    services = parse_settings(files.get(PROFILE, ""), f"{directory}/{PROFILE}").services
    with fleet.database.read() as connection:
        known = parse_catalogue(published.files_in_force(connection))
    if unknown := known.unknown(services):
        raise SettingsFault(f"{directory}/{PROFILE}: services: unknown {', '.join(unknown)}")
    check_published(files, services, known)
    said = fleet.database.write(
        lambda connection: configurations.publish(connection, fleet.signer, name, files, fleet.now())
    )
    yield f"{name} version {said.version}: {', '.join(said.files)}"


def _catalogue(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Files over those in force, by name; an empty one takes the file of its name away.

    Raises ``CatalogueInvalid``, ``OSError``.
    """
    (directory,) = words
    changed = {file.name: file.read_text(encoding="utf-8") for file in sorted(Path(directory).glob("*.toml"))}

    def publish(connection: Connection) -> Configuration:
        files = {**published.files_in_force(connection), **changed}
        files = {name: content for name, content in files.items() if content.strip()}
        parse_catalogue(files)
        return configurations.publish(connection, fleet.signer, CATALOGUE_NAME, files, fleet.now())

    said = fleet.database.write(publish)
    services = parse_catalogue(said.files).services
    yield f"catalogue version {said.version}: {len(said.files)} files, {len(services)} services"


def _tariff(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """A tariff's name, the folder of its files, and from when it holds.

    Raises ``TariffUnusable`` with every mistake, ``ValueError`` for what is no time, ``OSError``.
    """
    name, directory, moment = words
    valid_from = datetime.fromisoformat(moment)
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(Path(directory).iterdir())}
    calendar = fleet.database.city.file(CALENDAR)
    if calendar is not None:
        files.setdefault(CALENDAR, calendar.decode("utf-8"))
    files[PUBLICATION] = f"valid_from = {fleet.database.city.local(valid_from).isoformat()}\n"
    version = read_publication(files, 0).tariff.version
    said = fleet.database.write(
        lambda connection: configurations.publish(
            connection, fleet.signer, published_as(name), files, fleet.now()
        )
    )
    shown = f"{fleet.database.city.local(valid_from):%Y-%m-%d %H:%M}"
    yield f"tariff {name} publication {said.version}, {version[:12]}, from {shown} on"


def _block(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    (file,) = words
    yield _changed(fleet, _fingerprints(file), [])


def _release(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    (file,) = words
    yield _changed(fleet, [], _fingerprints(file))


def _issuers(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Trusted issuers, by the name they are withdrawn by."""
    with fleet.database.read() as connection:
        said = issuers.told(connection, fleet.now())
    for card in said.e_card_issuers:
        yield f"{card.key_id}  electronic cards  until {card.not_after:%Y-%m-%d}  {card.public_key}"
    for ride in said.ride_code_authorities:
        yield f"{ride.index:<8}  ride codes                         {ride.public_key}"


def _new_issuer(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    key_id = fleet.database.write(lambda connection: issuers.renew(fleet.issuers, connection, fleet.now()))
    yield f"electronic cards are signed by {key_id.hex()} from now on; what the one before signed stays good"


def _withdraw_issuer(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    (name,) = words
    if not fleet.database.write(lambda connection: issuers.withdraw(connection, name, fleet.now())):
        raise issuers.IssuerFault(f"no issuer {name} is believed")
    log.warning("issuer %s was withdrawn by %s", name, getpass.getuser())
    yield f"{name} is believed no more, by each terminal from its next contact"


def _ride_authority(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Index and public key of an authority, as its owner published them. Raises ``ValueError``, ``Fault``."""
    index, digits = words
    point = bytes.fromhex(digits)
    fleet.database.write(
        lambda connection: issuers.list_authority(connection, int(index), point, fleet.now())
    )
    yield f"ride codes under authority {index} are believed"


def _restored(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    version = fleet.database.write(hotlist.begin_anew)
    yield f"every terminal fetches the hotlist from its beginning, version {version}"
    names = fleet.database.write(
        lambda connection: configurations.publish_again(connection, fleet.signer, fleet.now())
    )
    for name in names:
        yield f"{name} published again"
    fleet.database.write(entitlements.begin_anew)
    yield "every vehicle fetches the list of entitled cards"
    fleet.database.write(issuers.begin_anew)
    yield "every terminal fetches the list of issuers of codes"


def _changed(fleet: Fleet, blocked: Sequence[bytes], released: Sequence[bytes]) -> str:
    version = fleet.database.write(lambda connection: hotlist.change(connection, blocked, released))
    return f"hotlist version {version}: {len(blocked)} blocked, {len(released)} released"


def _fingerprints(file: str) -> list[bytes]:
    """One fingerprint a line, 32 hexadecimal digits: the list holds no card numbers. Raises ``OSError``."""
    lines = Path(file).read_text(encoding="ascii", errors="replace").split()
    return [hotlist.fingerprint_of(line) for line in lines]


def _person(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``OSError`` where the second file is there already."""
    number, place = words
    with fleet.database.read() as connection:
        subject = personal_data.subject_of(connection, _number_in(number))
        found = personal_data.exported(connection, subject)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False, indent=1)
    yield f"{sum(map(len, found.values()))} rows of {len(found)} tables written to {place}"


def _forget(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    (number,) = words

    def forget(connection: Connection) -> None:
        subject = personal_data.subject_of(connection, _number_in(number))
        personal_data.forget(connection, subject, random_digits)

    fleet.database.write(forget)
    log.warning("a person was forgotten, ordered by %s", getpass.getuser())
    yield "forgotten; what was booked stays, and leads to nobody"


def _settlement(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``ValueError`` for what is no day, ``OSError``."""
    first, last = (date.fromisoformat(word) for word in words[:2])
    with fleet.database.read() as connection:
        yield from settlement.told(connection, first, last)
        yield from settlement.tariffs_told(connection, first, last)
        for file in words[2:]:
            yield f"{settlement.write_csv(connection, first, last, Path(file))} rows written to {file}"


def _number_in(file: str) -> str:
    """From a file, not from the command line: those are listed and kept. Raises ``OSError``."""
    return Path(file).read_text(encoding="ascii", errors="replace").strip().upper()


def random_digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}}"


def _entitlements(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Looks through the registers now, instead of within the hour."""
    changed = register_looks.renew(fleet.database, CityTariffs(), fleet.now())
    with fleet.database.read() as connection:
        version = newest_version(connection, entitlements.SERIES)
    yield f"entitlements version {version}: {changed} cards are told otherwise"


def _account(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``NotAccount``."""
    name, role = words[:2]
    department = words[2] if len(words) > 2 else ""
    by = f"{getpass.getuser()} (centre)"
    with fleet.database.read() as connection:
        known = departments(published.catalogue_in_force(connection))
    password = accounts.make(
        fleet.database, name, role, department, known, Passwords(), secrets.randbelow, fleet.now(), by
    )
    yield f"{name} signs in at /overview with this password once, within a day: {password}"


def _accounts(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    with fleet.database.read() as connection:
        for row in accounts.listed(connection):
            state = "closed" if row.closed_at else "waits for its first sign-in" if row.one_time_until else ""
            yield f"{row.name:20} {row.role:14} {row.department:20} {state}".rstrip()


def _close(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``NotAccount``."""
    (name,) = words
    by = f"{getpass.getuser()} (centre)"
    fleet.database.write(lambda connection: accounts.close(connection, name, fleet.now(), by))
    yield f"{name} is closed, and signed out everywhere"


def _sites(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``SitesUnreadable``, ``OSError``."""
    (file,) = words
    rows = sites.read(Path(file), fleet.database.city.districts)
    yield f"{fleet.database.write(lambda connection: sites.put(connection, rows))} terminals have a place"


def _recount(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Proves the city's figures by their rows, and puts right what differs."""
    with fleet.database.read() as connection:
        found = list(recount.differences(connection))
    for (figure, day, hour, part), kept, counted in found:
        yield f"{figure} {day} {hour} {part}: {kept} kept, {counted} counted"
    if found:
        fleet.database.write(recount.recount)
    yield f"{len(found)} figures put right" if found else "every figure is what its rows say"


def _export(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``ExportRefused``, ``ParquetMissing``, ``ValueError`` for what is no day, ``OSError``."""
    department, first, last, place = words
    file, days = Path(place), (date.fromisoformat(first), date.fromisoformat(last))
    with fleet.database.read() as connection:
        known = published.catalogue_in_force(connection)
        found = transactions.rows(connection, department, *days, secrets.token_bytes(32), known)
        count = transactions.write(found, file, file.suffix.removeprefix("."), fleet.database.city.zone)
    _note(fleet, "exported", f"{department} {first} {last} {file.suffix}: {count}")
    yield f"{count} rows written to {file}"


def _day(said: str, fleet: Fleet) -> date:
    """``yesterday`` in the city, or a day. Raises ``ValueError``."""
    if said == YESTERDAY:
        return fleet.database.city.day(fleet.now()) - timedelta(days=1)
    return date.fromisoformat(said)


def _daily(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``DayNotOver``, ``ValueError`` for what is no day, ``OSError``."""
    day, directory = _day(words[0], fleet), Path(words[1])
    lines = fleet.database.write(lambda connection: daily.settle(connection, day, fleet.now()))
    file = daily.write(day, lines, directory)
    _note(fleet, "settled", f"{day}: {len(lines)}")
    yield f"{len(lines)} lines written to {file}"


def _full_scale(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``NotEmpty``."""
    told: list[str] = []
    article.fill(fleet.database, Plan(int(words[0]) if words else 1), fleet.now(), told.append)
    yield from told


def _note(fleet: Fleet, did: str, detail: str) -> None:
    who = f"{getpass.getuser()} (centre)"
    fleet.database.write(lambda connection: trail.note(connection, who, did, fleet.now(), detail=detail))


def _vital_status(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``FeedUnreadable``, ``OSError``."""
    (file,) = words
    lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    known, unknown = fleet.database.write(lambda c: vital_status.take_feed(c, lines, fleet.now()))
    yield f"{known} persons noted, {unknown} lines about nobody here"


ORDERS: dict[str, Order] = {
    "authority": terminal_orders.authority,
    "waiting": terminal_orders.waiting,
    "approve": terminal_orders.approve,
    "invite": terminal_orders.invite,
    "replace": terminal_orders.replace,
    "refuse": terminal_orders.refuse,
    "revoke": terminal_orders.revoke,
    "terminals": terminal_orders.terminals,
    "alarms": _alarms,
    "publish": _publish,
    "catalogue": _catalogue,
    "block": _block,
    "release": _release,
    "issuers": _issuers,
    "new-issuer": _new_issuer,
    "withdraw-issuer": _withdraw_issuer,
    "ride-authority": _ride_authority,
    "vital-status": _vital_status,
    "restored": _restored,
    "person": _person,
    "forget": _forget,
    "settlement": _settlement,
    "entitlements": _entitlements,
    "tariff": _tariff,
    "account": _account,
    "accounts": _accounts,
    "close": _close,
    "sites": _sites,
    "recount": _recount,
    "reports": report_orders.reports,
    "send-report": report_orders.send_report,
    "settle-report": report_orders.settle_report,
    "applications": office_orders.applications,
    "grant": office_orders.grant,
    "decline": office_orders.decline,
    "papers": office_orders.papers,
    "call": office_orders.call,
    "attendance": office_orders.attendance_list,
    "export": _export,
    "daily": _daily,
    "full-scale": _full_scale,
}
