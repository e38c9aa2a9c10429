"""Planted numbers: whoever logs them, in words, arguments or an exception, they do not reach a line."""

from __future__ import annotations

import base64
import json
import logging

import pytest

from config.logging import JsonLines, PlainLines, redacted
from tests.cities import personas
from tests.unit.drivers.codes_signed.samples import e_card_text, ride_code_bytes

LIU = personas()["liu-zhiyong"]
PLANTED = {
    "social-security number": LIU.social_security_number,
    "one that ends in x": "37160019850417001x",
    "card number": LIU.card_number,
    "identification code": LIU.identification_code,
    "token": "OC1:" + "A1B2C3D4E5" * 4,
    "signed card": e_card_text(),
    "ride code in base64": base64.b64encode(ride_code_bytes()).decode(),
    "payment account": "3716000000000001",
    "transport card": "3104931300000000017",
    "card account": "31049310000000000017",
    "mobile number": "13800138000",
    "mobile number in groups": "138 0013 8000",
    "mobile number with dashes": "138-0013-8000",
    "fixed telephone": "0543-3260000",
}
each_planted = pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())


def record(message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("drivers.any", logging.ERROR, __file__, 1, message, arguments, told)


def raised(planted: str) -> ValueError:
    try:
        int(planted, 2)
    except ValueError as error:
        error.__cause__ = KeyError(planted)
        return error
    raise AssertionError


@each_planted
@pytest.mark.parametrize("formatter", [JsonLines(), PlainLines("%(levelname)s %(name)s: %(message)s")])
@pytest.mark.parametrize("around", ["{}", "card={},", "「{}」", "id:{}|next", "卡{}号"])
def test_no_planted_number_reaches_a_line(planted: str, formatter: logging.Formatter, around: str) -> None:
    said = around.format(planted)
    for each in (record(said), record("seen: %s", said), record("failed", error=raised(said))):
        line = formatter.format(each)
        assert planted not in line
        assert planted not in json.dumps(line)


def test_what_staff_needs_stays_readable() -> None:
    line = "sequence 4711: central.unreachable after 1500 ms at BZ-LIB-0001, hotlist version 1234567"
    assert redacted(line) == line
    id = "0190f4c2-7b1a-7c3e-9d2f-0123456789ab"
    assert redacted(id) == id
