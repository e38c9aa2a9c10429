"""Where a library's own system is and what was agreed with it, read from the centre's environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from central.departments.sip2 import VARIABLE
from central.departments.sip2.codec import Dialect
from central.departments.sip2.due_dates import DateOrder
from central.departments.sip2.patron import FeeField
from config.city.city import City
from config.city.loading import load_city
from config.settings import SettingsFault


class Sip2Settings(BaseModel):
    """One field is one variable: ``code_page`` is ``ONECARD_LIBRARY_SIP2_CODE_PAGE``.

    ``patron``: which number of a person is the reader's number in the library.
    ``charged_items``: what the system lists as a reader's loans, barcodes or something else (titles).
    ``date_order``: order of day, month and year in its dates; ``fee_field``: field with a patron's debt.
    ``quiet_ms``: how long after an unknown outcome on a lost connection "not booked" is believed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: int = Field(ge=1, le=65535)
    login: str = ""
    password: str = Field(default="", repr=False)
    location: str = ""
    institution: str = ""
    terminal_password: str = Field(default="", repr=False)
    code_page: Literal["utf-8", "gb18030", "latin-1", "cp850", "cp437"] = "utf-8"
    checksum: bool = True
    zone: str = Field(default_factory=lambda: load_city().said.zone)
    """Of the library's clock; that of the city where the environment names none."""
    patron: Literal["social_security_number", "card_number"] = "social_security_number"
    charged_items: Literal["barcode", "other"] = "barcode"
    date_order: DateOrder = DateOrder.UNKNOWN
    fee_field: FeeField = FeeField.BV
    connect_ms: int = Field(default=2_000, ge=100, le=30_000)
    answer_ms: int = Field(default=5_000, ge=100, le=60_000)
    knowledge_ms: int = Field(default=1_000, ge=50, le=60_000)
    quiet_ms: int = Field(default=30_000, ge=0, le=3_600_000)
    keep_alive_ms: int = Field(default=240_000, ge=100, le=3_600_000)
    sockets: int = Field(default=4, ge=1, le=64)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no such time zone") from error
        return zone

    @property
    def dialect(self) -> Dialect:
        return Dialect(self.code_page, self.checksum, ZoneInfo(self.zone))


def settings_from(environment: Mapping[str, str], city: City | None = None) -> Sip2Settings | None:
    """None where no library system is named: then the built-in library is used. Raises ``SettingsFault``.

    ``…_PASSWORD_FILE`` and ``…_TERMINAL_PASSWORD_FILE`` name files whose first line is the secret.
    """
    address = environment.get(VARIABLE, "").strip()
    if not address:
        return None
    host, _, port = address.rpartition(":")
    told: dict[str, str] = {"host": host.strip("[]"), "port": port, "zone": (city or load_city()).said.zone}
    for variable, value in environment.items():
        if variable.startswith(f"{VARIABLE}_"):
            told[variable.removeprefix(f"{VARIABLE}_").lower()] = value
    for secret in ("password", "terminal_password"):
        if file := told.pop(f"{secret}_file", ""):
            told[secret] = _first_line(file)
    try:
        return Sip2Settings.model_validate(told)
    except ValidationError as error:
        raise SettingsFault(_problems(error)) from error


def _first_line(file: str) -> str:
    try:
        return (Path(file).read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault(f"{file} cannot be read") from error


def _problems(error: ValidationError) -> str:
    places = error.errors(include_input=False, include_url=False)
    return "; ".join(
        f"{VARIABLE}_{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg']}" for each in places
    )
