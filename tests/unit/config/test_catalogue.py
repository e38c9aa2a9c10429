"""The catalogue: what is shipped is whole, and every mistake is told with file, line and what to do."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from config.catalogue.icons import ICONS
from config.catalogue.loading import CatalogueInvalid, catalogue, parse_catalogue
from tests.catalogue_files import PARK_PASS

GOOD = (
    PARK_PASS
    + """\
days = 5
fields = [
    { id = "phone", label = { zh = "手机号码", en = "Phone" }, kind = "phone", longest = 11 },
    { id = "since", label = { zh = "开始日期", en = "From" }, kind = "date" },
]
documents = [
    { id = "photo", name = { zh = "本人照片", en = "Your photograph" } },
]

[[service]]
id = "park-refund"
kind = "payout"
name = { zh = "年卡退款", en = "Refund of a pass" }
icon = "money"
counters = ["government"]
trust = "holder"
fund = "parks"
limit_fen = 50000

[[service]]
id = "park-gate"
kind = "admission"
name = { zh = "入园", en = "Enter the park" }
icon = "gate"
counters = ["street"]
venue = "park"
step = "enter"
[service.offline]
allowed = true
count = 100
age_hours = 24

[[subsidy]]
id = "park-subsidy"
name = { zh = "公园补贴", en = "Park subsidy" }
"""
)

MISTAKES = {
    "a value without its quotes": (
        '"Parks" }\nicon = "gate"',
        '"Parks" }\nicon = gate',
        4,
        "not TOML: Invalid value",
    ),
    "a table that is no table": ("[[subsidy]]", "[[subsidies]]", 46, "subsidies: there is no such key; did"),
    "a department without a name": (
        'name = { zh = "公园", en = "Parks" }\n',
        "",
        1,
        "department, name: this is missing",
    ),
    "an id that is no id": (
        'id = "park-pass"',
        'id = "Park Pass"',
        7,
        "service Park Pass, id: 'Park Pass' is not made of small letters, digits and single hyphens",
    ),
    "a kind nobody knows": (
        'kind = "payout"',
        'kind = "pay-out"',
        25,
        "service park-refund, kind: 'pay-out' is not one of query, application",
    ),
    "no kind": ('kind = "payout"\n', "", 23, "service park-refund, kind: this is missing; one of query"),
    "a misspelt key": (
        "limit_fen = 50000",
        "limit_fem = 50000",
        31,
        "service park-refund, limit_fem: there is no such key; did you mean limit_fen?",
    ),
    "a name in one language": (
        '{ zh = "年卡退款", en = "Refund of a pass" }',
        '{ zh = "年卡退款" }',
        26,
        "service park-refund, name, en: this is missing",
    ),
    "an empty name": (
        '{ zh = "公园年卡", en = "Park pass" }',
        '{ zh = "", en = "Park pass" }',
        9,
        "service park-pass, name, zh: this is empty",
    ),
    "a name that fits no screen": (
        'zh = "公园年卡"',
        f'zh = "{"长" * 41}"',
        9,
        "service park-pass, name, zh: longer than 40 characters",
    ),
    "a picture nobody drew": (
        'icon = "ticket"',
        'icon = "tickets"',
        10,
        "service park-pass, icon: there is no picture 'tickets'; one of back, bank",
    ),
    "a counter that is none": (
        'counters = ["street"]',
        'counters = ["road"]',
        38,
        "service park-gate, counters 1: 'road' is not one of 'village', 'government'",
    ),
    "no counter at all": (
        'counters = ["street"]',
        "counters = []",
        38,
        "service park-gate, counters: at least 1 must stand here",
    ),
    "a trust that is none": (
        'trust = "holder"\nfee',
        'trust = "pin"\nfee',
        12,
        "service park-pass, trust: 'pin' is not one of 'read', 'verified' or 'holder'",
    ),
    "a fee without a PIN": (
        'trust = "holder"\nfee',
        "fee",
        6,
        'service park-pass: a fee is taken from the account: it needs trust = "holder"',
    ),
    "money below nothing": (
        "fee_fen = 2000",
        "fee_fen = -1",
        13,
        "service park-pass, fee_fen: -1 is less than 0",
    ),
    "money that is no whole number": (
        "fee_fen = 2000",
        "fee_fen = 20.5",
        13,
        "service park-pass, fee_fen: 20.5: input should be a valid integer",
    ),
    "an answer after years": (
        "days = 5",
        "days = 1000",
        14,
        "service park-pass, days: 1000 is more than 365",
    ),
    "a field of no kind": (
        'kind = "date"',
        'kind = "day"',
        17,
        "service park-pass, fields 2, kind: 'day' is not one of 'digits', 'money'",
    ),
    "a field twice": (
        'id = "since"',
        'id = "phone"',
        6,
        "service park-pass: phone stands twice among fields",
    ),
    "a document without an id": (
        'id = "photo", name',
        "name",
        20,
        "service park-pass, documents 1, id: this is missing",
    ),
    "a payout without a PIN": (
        'trust = "holder"\nfund',
        'trust = "verified"\nfund',
        23,
        'service park-refund: a payout needs trust = "holder"',
    ),
    "a payout offline": (
        'fund = "parks"',
        'fund = "parks"\noffline = { allowed = true, count = 1, age_hours = 1 }',
        23,
        "service park-refund: a payout is never offline",
    ),
    "a second person who is never asked": (
        "limit_fen = 50000",
        "limit_fen = 50000\ntwo_person_above_fen = 50000",
        23,
        "service park-refund: two_person_above_fen is not below limit_fen",
    ),
    "an optional paper that is brought along": (
        'en = "Your photograph" } }',
        'en = "Your photograph" }, optional = true }',
        20,
        "service park-pass, documents 1: optional is for papers with photograph = true",
    ),
    "a picture larger than any may be": (
        'en = "Your photograph" } }',
        'en = "Your photograph" }, photograph = true, most_bytes = 500000 }',
        20,
        "service park-pass, documents 1, most_bytes: 500000 is more than 400000",
    ),
    "an offline policy without limits": (
        "count = 100\n",
        "",
        41,
        "service park-gate, offline: what is allowed offline needs count and age_hours above 0",
    ),
    "ages nobody has": (
        'venue = "park"',
        'venue = "park"\nyoungest = 60\noldest = 18',
        33,
        "service park-gate: nobody is at least 60 and at most 18 years old",
    ),
    "a category nobody keeps": (
        'venue = "park"',
        'venue = "park"\nonly = ["hero"]',
        40,
        "service park-gate, only 1: 'hero' is not one of 'farmer', 'disabled'",
    ),
    "a service twice": (
        'id = "park-gate"',
        'id = "park-pass"',
        34,
        "service park-pass: there is one already, at parks.toml:7",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "line", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place(right: str, wrong: str, line: int, told: str) -> None:
    assert GOOD.count(right) == 1, "the test must change one place"
    content = GOOD.replace(right, wrong)
    with pytest.raises(CatalogueInvalid) as found:
        parse_catalogue({"parks.toml": content})
    (mistake,) = (each for each in found.value.mistakes if told in each)
    assert mistake.startswith(f"parks.toml:{line}: ")
    assert not re.search("pydantic|Input|ctx|validation error", mistake)


def test_an_application_with_papers_to_photograph_is_never_offline() -> None:
    content = GOOD.replace(
        "fee_fen = 2000\n", "offline = { allowed = true, count = 1, age_hours = 1 }\n"
    ).replace('en = "Your photograph" } }', 'en = "Your photograph" }, photograph = true }')
    with pytest.raises(CatalogueInvalid) as found:
        parse_catalogue({"parks.toml": content})
    (mistake,) = found.value.mistakes
    assert mistake.startswith("parks.toml:6: service park-pass: papers are photographed for the centre")


def test_all_mistakes_of_all_files_are_told_at_once() -> None:
    broken = {
        "a.toml": GOOD.replace('trust = "holder"\nfund', "fund").replace('icon = "ticket"', 'icon = "no"'),
        "b.toml": "[department]\n",
        "c.toml": "=",
    }
    with pytest.raises(CatalogueInvalid) as found:
        parse_catalogue(broken)
    places = [each.split(": ")[0] for each in found.value.mistakes]
    assert places == ["a.toml:10", "a.toml:23", "b.toml:1", "b.toml:1", "b.toml:1", "c.toml:1"]


def test_the_same_thing_in_two_files_names_both_places() -> None:
    again = GOOD.replace("[[subsidy]]", "# twice\n[[subsidy]]")
    with pytest.raises(CatalogueInvalid) as found:
        parse_catalogue({"a.toml": GOOD, "b.toml": again})
    assert "b.toml:2: department parks: there is one already, at a.toml:2" in found.value.mistakes
    assert "b.toml:48: subsidy park-subsidy: there is one already, at a.toml:47" in found.value.mistakes


def test_what_is_shipped_has_the_numbers_of_the_city() -> None:
    shipped = catalogue()
    counted = Counter(entry.list for entry in shipped.services.values())
    assert (counted["public"], counted["village"], len(shipped.subsidies)) == (102, 85, 63)


def test_what_is_shipped_says_what_it_was_modelled_on() -> None:
    """Entries nobody published are marked as such; the article names the others."""
    named = {id for id, entry in catalogue().services.items() if not entry.sample}
    assert {"housing-fund-withdrawal", "pension-collection", "activate-account", "museum-entrance"} <= named
    assert len(named) < 30


def test_every_picture_a_catalogue_may_name_is_drawn() -> None:
    drawn = Path(__file__).parents[3] / "ui" / "qml" / "Onecard" / "Icons.qml"
    names = re.findall(r'^        "([a-z]+)": "M', drawn.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(names) >= ICONS
