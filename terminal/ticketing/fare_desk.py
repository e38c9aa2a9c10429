"""The fare desk of a vehicle: what a tap costs, decided here and now from the tariff and the card's rides.

The rides are kept beside the journal, which stays the record: they are written after a ride was journalled
and may be lost without anybody's harm but the cap's. Cards are known by fingerprints.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import JsonValue

from config.city.city import City
from config.faults import Fault
from config.settings import BusSettings
from domain.credential import ride_key
from domain.fares import ANYONE, Entitlement, Ride, RideHistory, Rider, Tap, TapKind, Tariff, load, rate
from domain.fares.faults import FareFault
from domain.fares.keeping import KEPT, as_json, from_json
from runtime.sqlite_file import SqliteFile, writing
from runtime.task import Task
from runtime.worker import Worker
from terminal.identification.hotlist.store import fingerprint
from terminal.ticketing.entitlements.store import Entitled
from terminal.visit.effects import SubmitDraft
from terminal.visit.events import Answered
from terminal.visit.steps import Look

log = logging.getLogger(__name__)

SERVICE = "bus"
SCHEMA = """
CREATE TABLE IF NOT EXISTS ride (id TEXT PRIMARY KEY, card BLOB NOT NULL, boarded TEXT NOT NULL,
                                 content TEXT NOT NULL, tariff TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ride_of_card ON ride (card, boarded);
CREATE TABLE IF NOT EXISTS spent (promotion TEXT PRIMARY KEY, fen INTEGER NOT NULL) WITHOUT ROWID;
"""


def shipped_tariff(city: City) -> Tariff:
    """The tariff in the city's folder. Raises ``TariffUnusable`` with every mistake."""
    return load(city.fare_files(), city.said.zone)


def _with_tariff(database: sqlite3.Connection) -> None:
    """Add the column that the first version did not have."""
    if "tariff" not in [row[1] for row in database.execute("PRAGMA table_info(ride)")]:
        database.execute("ALTER TABLE ride ADD COLUMN tariff TEXT NOT NULL DEFAULT ''")


class RideBook:
    """The rides of the last days by card. For one thread."""

    def __init__(self, path: Path) -> None:
        self._database, _ = SqliteFile(path, SCHEMA, "NORMAL", prepare=_with_tariff).open_or_renew()

    def history(self, card: str, now: datetime) -> RideHistory:
        since = (now - KEPT).astimezone(UTC).isoformat()
        found = self._database.execute(
            "SELECT content FROM ride WHERE card = ? AND boarded >= ?", (fingerprint(card), since)
        )
        return RideHistory(tuple(from_json(json.loads(content)) for (content,) in found))

    def tariff_of(self, ride: str) -> str:
        """The version it began with; empty where that is not known."""
        found = self._database.execute("SELECT tariff FROM ride WHERE id = ?", (ride,)).fetchone()
        return str(found[0]) if found else ""

    def spent(self) -> dict[str, int]:
        return dict(self._database.execute("SELECT promotion, fen FROM spent"))

    def learn(self, spent: Mapping[str, int]) -> None:
        """Spending of all vehicles per budget: never less than the value known already."""
        for promotion, fen in spent.items():
            self._database.execute(
                "INSERT INTO spent VALUES (?, ?)"
                " ON CONFLICT (promotion) DO UPDATE SET fen = max(fen, excluded.fen)",
                (promotion, fen),
            )

    def keep(self, card: str, ride: Ride, tariff: str) -> None:
        """A tap off takes the place of its tap on."""
        before = self._database.execute("SELECT content FROM ride WHERE id = ?", (ride.id,)).fetchone()
        known = from_json(json.loads(before[0])).promotion_fen if before else 0
        boarded = ride.boarded.astimezone(UTC).isoformat()
        with writing(self._database) as database:
            database.execute(
                "INSERT OR REPLACE INTO ride (id, card, boarded, content, tariff) VALUES (?, ?, ?, ?, ?)",
                (ride.id, fingerprint(card), boarded, json.dumps(as_json(ride)), tariff),
            )
            if ride.promotion_id and ride.promotion_fen != known:
                database.execute(
                    "INSERT INTO spent VALUES (?, ?)"
                    " ON CONFLICT (promotion) DO UPDATE SET fen = fen + excluded.fen",
                    (ride.promotion_id, ride.promotion_fen - known),
                )

    def forget_before(self, now: datetime) -> None:
        self._database.execute(
            "DELETE FROM ride WHERE boarded < ?", ((now - KEPT).astimezone(UTC).isoformat(),)
        )

    def close(self) -> None:
        self._database.close()


class Tariffs(Protocol):
    """The tariffs a vehicle knows."""

    def in_force(self, now: datetime) -> Tariff: ...

    def of_version(self, version: str) -> Tariff | None: ...


@dataclass(frozen=True, slots=True)
class OnlyTariff:
    """One tariff for good."""

    tariff: Tariff

    def in_force(self, now: datetime) -> Tariff:
        return self.tariff

    def of_version(self, version: str) -> Tariff | None:
        return self.tariff if version == self.tariff.version else None


@dataclass(frozen=True, slots=True)
class Budgets:
    """Fen each promotion has paid, over all vehicles."""

    spent: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Inspection:
    """Inspection of a card; ``told`` receives its newest ride on the desk's thread."""

    card: str
    told: Callable[[Mapping[str, JsonValue]], None]


class FareDesk:
    """``look`` returns at once and ``Answered`` follows; ``keep`` takes note of what was journalled.

    ``new_id`` makes the ids of taps, which the centre rates them by again. ``where`` is line and stop as the
    vehicle tells them, None where it does not; a line the tariff does not know is none. ``entitled`` is what
    the list on board says of a card whose holder the centre was not asked about. ``tariffs`` may put another
    one in force: for who boards, never for who rides by now.
    """

    def __init__(
        self,
        settings: BusSettings,
        tariffs: Tariffs,
        path: Path,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        post: Callable[[Answered], None],
        where: Callable[[], tuple[str, str] | None] = lambda: None,
        entitled: Callable[[str, datetime], Entitled | None] = lambda _card, _now: None,
    ) -> None:
        self._settings = settings
        self._tariffs = tariffs
        self._path = path
        self._now = now
        self._new_id = new_id
        self._post = post
        self._where = where
        self._entitled = entitled
        self._book: RideBook | None = None
        self._worker: Worker[Look | SubmitDraft | Budgets | Inspection] = Worker(
            "fare desk", self._work, failed=self._failed, ended=self._end
        )
        self.tasks: tuple[Task, ...] = (self._worker,)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()

    def look(self, question: Look) -> None:
        self._worker.put(question)

    def keep(self, journalled: SubmitDraft) -> None:
        """Called once a ride stands in the journal; other business is not this desk's."""
        if journalled.draft.service == SERVICE:
            self._worker.put(journalled)

    def inspect(self, card: str, told: Callable[[Mapping[str, JsonValue]], None]) -> None:
        """Returns at once."""
        self._worker.put(Inspection(card, told))

    def learn(self, budgets: Budgets) -> None:
        """Called with what the centre said."""
        self._worker.put(budgets)

    def _work(self, asked: Look | SubmitDraft | Budgets | Inspection) -> None:
        if isinstance(asked, Look):
            self._post(Answered(asked.name, self.answer(asked)))
        elif isinstance(asked, Budgets):
            self._rides().learn(asked.spent)
        elif isinstance(asked, Inspection):
            asked.told(self._last(self._rides().history(asked.card, self._now())))
        else:
            self._keep(asked)

    def _failed(self, asked: Look | SubmitDraft | Budgets | Inspection, error: Exception) -> None:
        """Open the rides again for the next job: their file may have been damaged."""
        self._end()
        if isinstance(asked, Look):
            self._post(Answered(asked.name, {"refusal": FareFault.code}))
        elif isinstance(asked, Inspection):
            asked.told({"ride": None})

    def _rides(self) -> RideBook:
        """Opened by the first job that needs them. Raises ``sqlite3.Error``, ``OSError``: tried again."""
        if self._book is None:
            self._book = RideBook(self._path)
            self._book.forget_before(self._now())
        return self._book

    def _end(self) -> None:
        if self._book is not None:
            book, self._book = self._book, None
            book.close()

    def answer(self, question: Look) -> dict[str, JsonValue]:
        """Fare of this tap, and the ride to be journalled."""
        book = self._rides()
        now = self._now()
        asked, version = self._with_entitlements(dict(question.body), now)
        history = book.history(str(asked["card"]), now)
        tariff = self._tariffs.in_force(now)
        line, stop = self._line_and_stop(tariff)
        tap = Tap(
            id=self._new_id(),
            at=now,
            validator=self._settings.vehicle,
            route_id=line,
            fare_media_id=str(asked["media"]),
            stop_id=stop,
            kind=TapKind.BOARD,
            riders=int(str(asked.get("riders") or 1)),
            one_more=bool(asked.get("one_more")),
        )
        open_ride = next((ride for ride in history.rides if ride.open), None)
        if open_ride is not None and not tap.one_more:
            tap = Tap(**{**{name: getattr(tap, name) for name in Tap.__slots__}, "kind": TapKind.ALIGHT})
            tariff = self._tariff_of(open_ride, tariff)
        spent = book.spent()
        try:
            fare = rate(tariff, tap, rider_of(asked), history, spent)
        except Fault as fault:
            log.warning("%s", fault)
            return {"refusal": fault.code}
        return {
            "standing": fare.standing.value,
            "amount_fen": fare.fen - fare.held_fen if tap.kind is TapKind.ALIGHT else fare.fen,
            "full_fen": fare.full_fen,
            "saved_fen": sum(fare.saving_by_funder.values()),
            "tap": tap_as_json(tap),
            "ride": as_json(fare.ride),
            "tariff": tariff.version,
            "spent": dict(spent),
            "born": str(asked.get("born") or ""),
            "entitlements": asked.get("entitlements") or [],
            **({"entitlement_list": version} if version else {}),
        }

    def _with_entitlements(
        self, asked: dict[str, JsonValue], now: datetime
    ) -> tuple[dict[str, JsonValue], int]:
        """Known properties of the rider, with those the list on board adds, and the list's version; 0 where
        it adds none.
        """
        if asked.get("known"):
            return asked, 0
        found = self._entitled(str(asked["card"]), now)
        if found is None:
            return asked, 0
        kinds = asked.get("entitlements")
        told = [str(each) for each in kinds] if isinstance(kinds, list) else []
        both = list(dict.fromkeys((*told, *found.kinds)))
        born = asked.get("born") or (found.born.isoformat() if found.born else "")
        return {**asked, "entitlements": list[JsonValue](both), "born": born}, found.version

    def _tariff_of(self, ride: Ride, otherwise: Tariff) -> Tariff:
        """The tariff at boarding also applies at getting off."""
        return self._tariffs.of_version(self._rides().tariff_of(ride.id)) or otherwise

    def _line_and_stop(self, tariff: Tariff) -> tuple[str, str]:
        told = self._where()
        if told and told[0] in tariff.routes and (not told[1] or told[1] in tariff.stops):
            return told
        return self._settings.line, self._settings.stop

    def _last(self, history: RideHistory) -> dict[str, JsonValue]:
        if not history.rides:
            return {"ride": None}
        ride = history.rides[-1]
        here = ride.validator == self._settings.vehicle
        at = ride.boarded.astimezone(self._now().tzinfo)
        return {
            "ride": ride.id,
            "here": here,
            "at": f"{at:%H:%M}",
            "line": ride.route_id,
            "riders": ride.riders,
            "fen": ride.fen,
        }

    def _keep(self, journalled: SubmitDraft) -> None:
        body = dict(journalled.draft.body)
        ride = body.get("ride")
        if isinstance(ride, dict) and journalled.credential is not None:
            card = ride_key(journalled.credential, journalled.holder_subject)
            self._rides().keep(card, from_json(ride), str(body.get("tariff") or ""))


def rider_of(asked: Mapping[str, Any]) -> Rider:
    """Rider properties that a fare may depend on; an invalid birth date counts as absent."""
    try:
        born = date.fromisoformat(str(asked.get("born") or ""))
    except ValueError:
        born = None
    kinds = tuple(Entitlement(str(kind)) for kind in asked.get("entitlements") or ())
    return Rider(born, kinds) if born or kinds else ANYONE


def tap_as_json(tap: Tap) -> dict[str, JsonValue]:
    return {
        "id": tap.id,
        "at": tap.at.isoformat(),
        "validator": tap.validator,
        "route_id": tap.route_id,
        "fare_media_id": tap.fare_media_id,
        "stop_id": tap.stop_id,
        "kind": tap.kind.value,
        "riders": tap.riders,
        "one_more": tap.one_more,
    }
