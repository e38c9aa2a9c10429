"""The types of a city: codes, zone, calendar, districts, issuers, shares, people of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from config.catalogue.entries import Name
from config.city.calendar import CityCalendar
from config.city.regions import PROVINCES
from config.city.shelf import Shelf
from config.personas import Persona
from config.transport_cards import TransportCard

RegionCode = Annotated[str, Field(pattern=r"^[1-9][0-9]{5}$")]
TransportCode = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
TerminalName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")]
Amount = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class District(Part):
    """A district or county by its code of GB/T 2260."""

    code: RegionCode
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=80)]

    @property
    def name(self) -> Name:
        return Name(zh=self.zh, en=self.en)


class Issuers(Part):
    """Who issues what is shown in this city.

    ``transport_prefixes``: leading digits of the city's own transport cards (JT/T 978, issuer
    identification); ``ride_code`` and ``ride_platform``: 4 bytes in hexadecimal, the institutions named in
    ride codes (JT/T 1179); ``bank``: the bank behind the cards of the demonstration.
    """

    transport_prefixes: tuple[Annotated[str, Field(pattern=r"^[0-9]{6,12}$")], ...] = ()
    ride_code: Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{8}$")] = "00000000"
    ride_platform: Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{8}$")] = "00000000"
    ride_account_prefix: Annotated[str, Field(pattern=r"^[0-9]{4}$")] = "0000"
    bank: Name = Name(zh="合作银行", en="Partner bank")


class Insurance(Part):
    """What medical insurance pays of a bill: shares in per cent, amounts in fen."""

    deductible_fen: Amount = 5_000
    share: Percent = 70
    share_from_70: Percent = 80
    ceiling_fen: Amount = 30_000_000


class CounterPlace(Part):
    """The counter of a profile in this city: its terminal's name, where it is, how it is called."""

    profile: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    terminal: TerminalName
    district: RegionCode
    name: Annotated[str, Field(min_length=1, max_length=60)]


class CityFile(Part):
    """``city.toml``. ``region``: GB/T 2260, 6 digits. ``transport_code``: the city in the third and fourth
    byte of the issuer of transport cards, 4 digits. ``zone``: a name of the IANA time zone database.
    ``currency``: ISO 4217."""

    name: Name
    region: RegionCode
    transport_code: TransportCode
    zone: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    district: Annotated[tuple[District, ...], Field(min_length=1)]
    issuers: Issuers = Issuers()
    insurance: Insurance = Insurance()
    counter: tuple[CounterPlace, ...] = ()

    @field_validator("region")
    @classmethod
    def region_in_a_province(cls, code: str) -> str:
        if code[:2] not in PROVINCES:
            raise ValueError(f"{code} begins with no province ({code[:2]}); write the 6 digits of GB/T 2260")
        return code

    @field_validator("zone")
    @classmethod
    def zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone; write one such as Asia/Urumqi") from None
        return name


class City(Part):
    """One city. Loaded once by ``config.city.loading.load_city`` and passed on as an argument.

    ``id``: the name of its folder. ``folder``: where its files are. ``place``: how it was asked for, so that
    a child process finds the same one.
    """

    id: str
    place: str
    folder: Path
    said: CityFile
    calendar: CityCalendar = CityCalendar()
    personas: Mapping[str, Persona] = {}
    transport_cards: Mapping[str, TransportCard] = {}
    shelf: Shelf = Shelf()

    def __hash__(self) -> int:
        """By its folder: there is one object for each, and rules read from it are cached by it."""
        return hash((self.id, self.folder))

    @property
    def name(self) -> Name:
        return self.said.name

    @property
    def region(self) -> str:
        return self.said.region

    @property
    def transport_code(self) -> str:
        return self.said.transport_code

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.said.zone)

    @cached_property
    def districts(self) -> Mapping[str, Name]:
        """Names of districts by their codes."""
        return {each.code: each.name for each in self.said.district}

    def counter_of(self, profile: str) -> CounterPlace | None:
        return next((each for each in self.said.counter if each.profile == profile), None)

    def day(self, moment: datetime) -> date:
        """The city's day of an aware moment, in whichever zone it is written."""
        return moment.astimezone(self.zone).date()

    def local(self, moment: datetime) -> datetime:
        """The moment on the city's clock."""
        return moment.astimezone(self.zone)

    def day_begins(self, moment: datetime) -> datetime:
        """Midnight in the city at the start of the moment's day."""
        return self.midnight(self.day(moment))

    def midnight(self, day: date) -> datetime:
        """The start of this day in the city."""
        return datetime.combine(day, time(), self.zone)

    def next_midnight(self, day: date) -> datetime:
        """The end of this day in the city."""
        return self.midnight(day + timedelta(days=1))

    def file(self, name: str) -> bytes | None:
        """The content of one of its files (``shelf.toml``); None where the city has no such file."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None

    def barcode(self, book: str) -> str:
        """The label of a copy by its id on the shelf; anything else is a label itself."""
        return next((each.barcode for each in self.shelf.copies if each.id == book), book)

    def fare_files(self) -> dict[str, bytes]:
        """The city's tariff, with its calendar among the files. Empty where it has no buses."""
        folder = self.folder / "fares"
        if not folder.is_dir():
            return {}
        files = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
        calendar = self.file("calendar.toml")
        return {**files, "calendar.toml": calendar} if calendar is not None else files
