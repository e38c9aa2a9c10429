"""Typed settings of one terminal, read from TOML; a wrong file is refused with the place of the mistake."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from config.faults import Fault


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


class ScannerSettings(Section):
    """``serial_device``: path of a scanner in serial mode; empty for keyboard wedge only."""

    serial_device: str = ""
    baud: int = 9600
    quiet_ms: Annotated[int, Field(ge=0)] = 2500


class PrinterSettings(Section):
    """``address``: ``tcp://host:port``, ``serial:/dev/…``, ``usb:vvvv:pppp``, ``file:/path``; empty: none."""

    address: str = ""
    width_mm: Literal[58, 80] = 80


class CentralSettings(Section):
    """``url`` empty means the embedded central service on loopback."""

    url: str = ""
    budget_ms: Annotated[int, Field(ge=100, le=30000)] = 1500
    """How long one online try may take before the visit goes on offline under the same id."""
    phone_page: Annotated[str, Field(pattern=r"^(https://[^\s#?]+)?$", max_length=200)] = ""
    """Where phones reach the centre's page for binding an electronic card; empty: ``/phone`` at ``url``."""


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

    rest_ms: int = 60_000
    warning_ms: int = 20_000
    result_ms: int = 8_000


class BusSettings(Section):
    """Place of a validator: line and stop by their ids in the tariff, and the vehicle's own name.

    ``position``: source of both in the vehicle, ``/dev/ttyS1`` or ``socket://host:port``; empty for none.
    Its data is valid for ``position_good_s``; after that line and stop of the settings count. The list of
    entitled cards is asked for every ``entitlements_every_s``; one older than ``entitlements_good_days`` is
    not relied on: the full fare is shown, and less is charged.
    """

    tariff: str = "binzhou"
    line: str = "1"
    stop: str = ""
    vehicle: str = "BZ-BUS-0001"
    position: str = ""
    position_good_s: Annotated[int, Field(ge=5, le=3600)] = 300
    entitlements_every_s: Annotated[int, Field(ge=10, le=86_400)] = 600
    entitlements_good_days: Annotated[int, Field(ge=1, le=365)] = 30


class Settings(Section):
    """Everything one terminal needs to know at start."""

    terminal: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")] = "BZ-DEMO-0001"
    counter_name: str = "滨州市图书馆"
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
    screen: ScreenSettings = ScreenSettings()
    night: NightSettings = NightSettings()
    visit: VisitSettings = VisitSettings()
    bus: BusSettings = BusSettings()


def parse_settings(content: str, name: str) -> Settings:
    """Settings from TOML text; ``name`` is what a message calls the file. Raises ``SettingsFault``."""
    try:
        return Settings.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise SettingsFault(f"{name}: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise SettingsFault(f"{name}: {problems}") from error


def load_profile(profile: str) -> Settings:
    """A shipped profile by its name (``library``), or a TOML file by its path. Raises ``SettingsFault``."""
    path = Path(profile)
    if path.suffix == ".toml":
        if not path.is_file():
            raise SettingsFault(f"{profile}: no such file")
        return parse_settings(path.read_text(encoding="utf-8"), profile)
    shipped = resources.files("config") / "profiles" / f"{profile}.toml"
    if not shipped.is_file():
        raise SettingsFault(f"no profile {profile!r}; there are: {', '.join(shipped_profiles())}")
    return parse_settings(shipped.read_text(encoding="utf-8"), f"profile {profile}")


def shipped_profiles() -> list[str]:
    """Their names, sorted."""
    folder = resources.files("config") / "profiles"
    return sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
