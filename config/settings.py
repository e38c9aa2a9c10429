"""Typed settings of one terminal, read from TOML; a wrong file is refused with the place of the mistake."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from config.faults import Fault
from config.printer_address import BAUDS, WrongAddress, parse_address
from config.printer_profiles import DEFAULT, printer_profiles


class SettingsFault(Fault):
    """The configuration is wrong; the detail names file, field and reason."""

    code = "settings.invalid"


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReaderSettings(Section):
    """Which PC/SC readers are for people's cards and which slot holds the PSAM.

    Patterns are matched as a shell does (``*``, ``?``) against the PC/SC reader name, ignoring case.
    ``central_hsm``: without a PSAM, the centre's HSM proves cards.
    """

    cards: str = "*"
    sam: str = ""
    central_hsm: bool = False
    card_count: Annotated[int, Field(ge=1, le=4)] = 1


class CameraSettings(Section):
    """``source``: a device number or path, a video file, a URL; empty for no camera."""

    source: str = ""
    width: Annotated[int, Field(ge=320, le=3840)] = 1280
    height: Annotated[int, Field(ge=240, le=2160)] = 720
    frames_per_second: Annotated[int, Field(ge=1, le=60)] = 15
    quiet_ms: Annotated[int, Field(ge=0)] = 5000


class CopySettings(Section):
    """Barcodes of a library's copies: ``pattern``, a regular expression for the whole barcode in normal form,
    and its ``check`` digit (``gtin``: EAN and UPC; ``luhn``: the 14 digits of many libraries; ``mod43``:
    Code 39)."""

    pattern: Annotated[str, Field(min_length=1, max_length=200)]
    check: Literal["none", "gtin", "luhn", "mod43"] = "none"

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern


class CodeSettings(Section):
    """``audience``: the name of this counter in codes that phones show for one service only; empty: no such
    code is taken here. ``copies``: barcodes of this library's copies; none: any barcode may be one."""

    audience: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,8}$")] = ""
    copies: tuple[CopySettings, ...] = ()


Framing = Literal["any", "gap"]


class ScannerSettings(Section):
    """``serial_device``: path of a scanner in serial mode; empty for keyboard wedge only.

    ``framing``: ``any`` (an end: STX … ETX, CR, LF, CR LF, TAB) or ``gap`` (no end, a pause is one);
    ``prefix``: text the scanner sets before each scan; ``gap_ms``: the longest pause within a scan.
    """

    serial_device: Annotated[str, Field(pattern=r"^(/\S+|socket://[^\s/?#]+:\d{1,5})?$")] = ""
    baud: int = 9600

    @field_validator("baud")
    @classmethod
    def _known_baud(cls, baud: int) -> int:
        if baud not in BAUDS:
            raise ValueError(f"one of {', '.join(map(str, BAUDS))}")
        return baud

    framing: Framing = "any"
    prefix: Annotated[str, Field(max_length=16)] = ""
    gap_ms: Annotated[int, Field(ge=20, le=5000)] = 300
    quiet_ms: Annotated[int, Field(ge=0)] = 2500


class PrinterSettings(Section):
    """``address``: ``tcp://host:port``, ``serial:/dev/…``, ``usb:vvvv:pppp``, ``file:/path``; empty: none."""

    address: str = ""
    width_mm: Literal[58, 80] = 80
    profile: str = DEFAULT
    """Its kind, by its name in ``printer_profiles.toml``: character set of its font, dots across."""

    @field_validator("profile")
    @classmethod
    def _is_shipped(cls, profile: str) -> str:
        if profile not in printer_profiles():
            raise ValueError(f"no printer profile {profile!r}; there are {', '.join(printer_profiles())}")
        return profile

    @field_validator("address")
    @classmethod
    def _names_a_printer(cls, address: str) -> str:
        try:
            parse_address(address or "file:/dev/null")
        except WrongAddress as fault:
            raise ValueError(fault.detail) from fault
        return address


class CentralSettings(Section):
    """``url`` empty means the embedded central service on loopback."""

    url: Annotated[str, Field(pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$", max_length=300)] = ""
    budget_ms: Annotated[int, Field(ge=100, le=30000)] = 1500
    """How long one online try may take before the visit goes on offline under the same id."""
    phone_page: Annotated[str, Field(pattern=r"^(https://[^\s#?]+)?$", max_length=200)] = ""
    """Where phones reach the centre's page for binding an electronic card; empty: ``/phone`` at ``url``."""


class StaffSettings(Section):
    """``call_webhook``: address of the house's program for calls to the staff; empty: none."""

    call_webhook: Annotated[str, Field(pattern=r"^(https?://[^\s/?#]+[^\s#]*)?$", max_length=300)] = ""


class HotlistSettings(Section):
    """The list of blocked cards on this terminal: how often it is fetched, and what its age means.

    Staff is warned after ``warn_after_hours``; after ``refuse_after_hours`` what needs a proved card is
    not given any more while the centre cannot be asked.
    """

    every_s: Annotated[int, Field(ge=10, le=86_400)] = 300
    warn_after_hours: Annotated[int, Field(ge=1)] = 24
    refuse_after_hours: Annotated[int, Field(ge=1)] = 72


class ScreenSettings(Section):
    """``public``: only staff can leave the screen (see ``ui.guard``)."""

    public: bool = False
    width: Annotated[int, Field(ge=480, le=7680)] = 1920
    height: Annotated[int, Field(ge=320, le=4320)] = 1080
    full_screen: bool = True
    dots_per_inch: Annotated[int, Field(ge=48, le=400)] = 96
    """Of the panel, so that letters and keys have their size in millimetres."""
    theme: Literal["light", "high_contrast"] = "light"
    reduced_motion: bool = False
    scrambled_pin_pad: bool = False
    """True: the digits of a PIN pad lie elsewhere each time, so that who watches the hand learns nothing."""
    language: Literal["zh_CN", "en"] = "zh_CN"


class NightSettings(Section):
    """Rest at night: the screen is dimmed to ``brightness`` and, after ``rest_after_s`` without a visit,
    rests in the dark. ``begins`` equal to ``ends``: never.
    """

    begins: time = time(21, 0)
    ends: time = time(6, 30)
    brightness: Annotated[float, Field(ge=0.2, le=1)] = 0.5
    rest_after_s: Annotated[int, Field(ge=30, le=86_400)] = 300


class VisitSettings(Section):
    """Time limits in ms; easy mode doubles them (EN 301 549, WCAG 2.2.1)."""

    rest_ms: Annotated[int, Field(ge=5_000, le=3_600_000)] = 60_000
    warning_ms: Annotated[int, Field(ge=2_000, le=600_000)] = 20_000
    result_ms: Annotated[int, Field(ge=1_000, le=600_000)] = 8_000


class BusSettings(Section):
    """Place of a validator: line and stop by their ids in the tariff, and the vehicle's own name.

    ``position``: source of both in the vehicle, ``/dev/ttyS1`` or ``socket://host:port``; empty for none.
    Its data is valid for ``position_good_s``; after that line and stop of the settings count. The list of
    entitled cards is asked for every ``entitlements_every_s``; one older than ``entitlements_good_days`` is
    not relied on: the full fare is shown, and less is charged.
    """

    tariff: str = ""
    """Name the tariff is published under; empty: the city's."""
    line: str = "1"
    stop: str = ""
    vehicle: str = "BUS-0001"
    position: Annotated[str, Field(pattern=r"^(/\S+|socket://[^\s/?#]+:\d{1,5})?$")] = ""
    position_good_s: Annotated[int, Field(ge=5, le=3600)] = 300
    entitlements_every_s: Annotated[int, Field(ge=10, le=86_400)] = 600
    entitlements_good_days: Annotated[int, Field(ge=1, le=365)] = 30


class Settings(Section):
    """Everything one terminal needs to know at start."""

    terminal: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")] = "DEMO-0001"
    counter_name: str = "一卡通"
    city: str = ""
    """Name of a city, or path of its folder; empty: the default one (see ``config.city.loading``)."""
    services: tuple[str, ...] = ("library",)
    demonstration: bool = False
    """True when virtual devices stand in for real ones; the screen says so."""
    readers: ReaderSettings = ReaderSettings()
    camera: CameraSettings = CameraSettings()
    codes: CodeSettings = CodeSettings()
    scanner: ScannerSettings = ScannerSettings()
    printer: PrinterSettings = PrinterSettings()
    central: CentralSettings = CentralSettings()
    hotlist: HotlistSettings = HotlistSettings()
    staff: StaffSettings = StaffSettings()
    screen: ScreenSettings = ScreenSettings()
    night: NightSettings = NightSettings()
    visit: VisitSettings = VisitSettings()
    bus: BusSettings = BusSettings()


def parse_settings(content: str, name: str) -> Settings:
    """Settings from TOML text; ``name`` is what a message calls the file. Raises ``SettingsFault``."""
    return _validated(_toml(content, name), name)


def _toml(content: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault(f"{name}: {error}") from error


def _validated(values: dict[str, Any], name: str) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise SettingsFault(f"{name}: {problems}") from error


def load_profile(profile: str, city: str = "") -> Settings:
    """A shipped profile by its name (``library``), or a TOML file by its path.

    ``city``: instead of the one that the file names. What a shipped profile leaves open is the city's: its
    own ``profiles/NAME.toml``, terminal and name of the counter, tariff. Raises ``SettingsFault``.
    """
    from config.city.loading import load_city  # the types of a city need the faults of this module

    name, content = _profile(profile)
    named = city or str(_toml(content, name).get("city", ""))
    place = load_city(named)
    own = place.file(f"profiles/{profile}.toml") if Path(profile).suffix != ".toml" else None
    settings = parse_settings(content, name)
    if own is not None:
        said = own.decode("utf-8", "replace")
        merged = _merged(_toml(content, name), _toml(said, f"{place.folder}/profiles/{profile}.toml"))
        settings = _validated(merged, f"{place.folder}/profiles/{profile}.toml")
    counter = place.counter_of(profile)
    update: dict[str, Any] = {"city": named}
    bus: dict[str, Any] = {} if settings.bus.tariff else {"tariff": place.id}
    if counter and "terminal" not in settings.model_fields_set:
        update["terminal"] = counter.terminal
    if counter and "counter_name" not in settings.model_fields_set:
        update["counter_name"] = counter.name
    if counter and "vehicle" not in settings.bus.model_fields_set:
        bus["vehicle"] = counter.terminal
    return settings.model_copy(update={**update, "bus": settings.bus.model_copy(update=bus)})


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Tables joined key by key; any other value of ``over`` replaces the one below."""
    tables = [key for key in under.keys() & over.keys() if _tables(under, over, key)]
    both = {key: _merged(under[key], over[key]) for key in tables}
    return {**under, **over, **both}


def _tables(under: dict[str, Any], over: dict[str, Any], key: str) -> bool:
    return isinstance(under[key], dict) and isinstance(over[key], dict)


def _profile(profile: str) -> tuple[str, str]:
    """What messages call the file, and its content. Raises ``SettingsFault``."""
    path = Path(profile)
    if path.suffix == ".toml":
        if not path.is_file():
            raise SettingsFault(f"{profile}: no such file")
        return profile, path.read_text(encoding="utf-8")
    shipped = resources.files("config") / "profiles" / f"{profile}.toml"
    if not shipped.is_file():
        raise SettingsFault(f"no profile {profile!r}; there are: {', '.join(shipped_profiles())}")
    return f"profile {profile}", shipped.read_text(encoding="utf-8")


def shipped_profiles() -> list[str]:
    """Their names, sorted."""
    folder = resources.files("config") / "profiles"
    return sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
