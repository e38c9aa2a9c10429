"""A city is a folder of files: read whole, refused with every mistake, and never named in code."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.city.city import City
from config.city.loading import CityUnknown, CityUnusable, folder_of_city, load_city, read_city
from config.city.new import CityExists, NewCity, WrongCodes, write_city
from config.city.reading import Mistakes
from terminal.city_check import mistakes_of
from tests.cities import BINZHOU, LUGANG

BROKEN = (
    # file, text to replace, what stands there instead, what is said about it
    ("city.toml", 'region = "371600"', 'region = "3716"', "region"),
    ("city.toml", 'region = "371600"', 'region = "991600"', "begins with no province"),
    ("city.toml", 'transport_code = "4660"', "transport_code = 4660", "transport_code"),
    ("city.toml", 'transport_code = "4660"', 'transport_kode = "4660"', "write transport_code"),
    ("city.toml", 'zone = "Asia/Shanghai"', 'zone = "Asia/Binzhou"', "is no time zone"),
    ("city.toml", 'currency = "CNY"', 'currency = "yuan"', "three capital letters"),
    ("city.toml", 'code = "371603", zh', 'code = "370102x", zh', "6 digits"),
    ("city.toml", 'code = "371603", zh', 'code = "440102", zh', "another province"),
    ("city.toml", 'code = "371603", zh', 'code = "371602", zh', "stands twice"),
    ("city.toml", 'terminal = "BZ-BUS-0001"', 'terminal = "BZ BUS"', "letters, digits and hyphens"),
    ("city.toml", '0001", district = "371603"', '0001", district = "371699"', "is in no [[district]]"),
    ("city.toml", "share = 70", "share = 170", "share"),
    ("city.toml", "[issuers]", "[issuers", "not TOML"),
    ("calendar.toml", "2026-10-10]", "2026-10-12]", "no Saturday or Sunday"),
    ("calendar.toml", "2026-10-10]", "2026-10-03]", "a day off and a make-up working day"),
    ("calendar.toml", "first = 2026-10-01, last = 2026-10-07", "first = 2026-10-07, last = 2026-10-01",
     "is before first"),
    ("calendar.toml", "2026-10-10]", "2027-10-10]", "is not in 2026"),
    ("calendar.toml", 'confidence = "likely"', 'confidence = "perhaps"', '"sure", "likely" or "guess"'),
    ("personas.toml", '"371600198504170016"', '"371600198504170017"', "write 6 as the last"),
    ("personas.toml", '"371600198504170016"', '"371602198504170014"', "begins with 371602"),
    ("personas.toml", 'card_number = "T16000014"', 'card_number = "T16000015"', "write 4 as the last"),
    ("personas.toml", "birth_date = 1985-04-17", "birth_date = 1985-04-18", "birth_date is not that"),
    ("personas.toml", 'id = "yang-ying"', 'id = "liu-zhiyong"', "stands twice"),
    ("transport_cards.toml", 'holder = "trainee"', 'holder = "nobody"', "is no persona"),
    ("transport_cards.toml", 'number = "3104931300000000019"', 'number = "31049313"', "19 digits"),
    ("shelf.toml", 'id = "book-02"', 'id = "book-01"', "copy book-01 stands twice"),
    ("shelf.toml", 'barcode = "2371600000027"', 'barcode = "2371600000010"', "stands twice"),
    ("library.toml", "loan_limit = 10", "loan_limit = -1", "loan_limit"),
    ("departments.toml", 'subsidy = "grain-growers"', 'subsidy = "rain-growers"', "not in the catalogue"),
    ("departments.toml", 'persona = "yang-ying"', 'persona = "jang-ying"', "none of personas.toml"),
    ("fares/fare_products.txt", "市区单程,adult,,2.00,CNY", "市区单程,adult,,2.005,CNY", "2.005"),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(BINZHOU.folder, folder)
    return folder


@pytest.mark.parametrize(("file", "right", "wrong", "said"), BROKEN, ids=lambda value: str(value)[:24])
def test_a_mistake_is_named_with_its_file_and_line(
    copy: Path, file: str, right: str, wrong: str, said: str
) -> None:
    path = copy / file
    content = path.read_text(encoding="utf-8")
    assert right in content
    path.write_text(content.replace(right, wrong, 1), encoding="utf-8")
    line = content[: content.index(right)].count("\n") + 1
    _, mistakes = mistakes_of(copy)
    named = [each for each in mistakes if said in each]
    assert named, mistakes
    assert named[0].startswith(f"{file}:"), named
    assert int(named[0].split(":")[1]) == line, (named, line)
    assert "; " in named[0], "it says what to write instead"


def test_every_mistake_is_named_at_once(copy: Path) -> None:
    broken = (BROKEN[0], BROKEN[13], BROKEN[20], BROKEN[26])
    files = [file for file, *_ in broken]
    for file, right, wrong, _ in broken:
        path = copy / file
        path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    _, mistakes = mistakes_of(copy)
    assert {each.split(":")[0] for each in mistakes} == set(files)
    with pytest.raises(CityUnusable) as refused:
        load_city(str(copy))
    assert len(refused.value.mistakes) >= 2


@pytest.mark.parametrize("city", [BINZHOU, LUGANG], ids=lambda city: city.id)
def test_the_cities_of_the_project_hold_no_mistake(city: City) -> None:
    assert mistakes_of(city.folder)[1] == []


def test_a_city_is_found_by_name_by_path_and_in_the_data_folder(tmp_path: Path) -> None:
    homes = {"XDG_DATA_HOME": str(tmp_path)}
    shutil.copytree(LUGANG.folder, tmp_path / "onecard" / "cities" / "elsewhere")
    assert folder_of_city("binzhou", homes) == BINZHOU.folder
    assert folder_of_city("", homes) == BINZHOU.folder
    assert load_city(str(LUGANG.folder)).region == LUGANG.region
    assert load_city("elsewhere", homes).name == LUGANG.name
    with pytest.raises(CityUnknown, match="binzhou, elsewhere"):
        load_city("nowhere", homes)


def test_a_new_city_is_whole_and_speaks_of_no_other(tmp_path: Path) -> None:
    wanted = NewCity("hexi", "659700", "9903", "Asia/Urumqi")
    files = write_city(tmp_path / "hexi", wanted, BINZHOU)
    city, mistakes = mistakes_of(tmp_path / "hexi")
    assert (mistakes, city.transport_code) == ([], "9903")
    written = "\n".join(file.read_text(encoding="utf-8") for file in files)
    for of_the_pattern in ("371600", "4660", "BZ-", "滨州", "Binzhou", "Asia/Shanghai"):
        assert of_the_pattern not in written, of_the_pattern
    with pytest.raises(CityExists):
        write_city(tmp_path / "hexi", wanted, BINZHOU)


@pytest.mark.parametrize(
    "codes", [("9901", "9903", "Asia/Urumqi"), ("659700", "x", "Asia/Urumqi"), ("659700", "9903", "Here")]
)
def test_wrong_codes_write_nothing(tmp_path: Path, codes: tuple[str, str, str]) -> None:
    with pytest.raises(WrongCodes):
        write_city(tmp_path / "hexi", NewCity("hexi", *codes), BINZHOU)
    assert not (tmp_path / "hexi").exists()


def test_days_are_the_citys_whatever_the_machines_zone() -> None:
    evening = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert BINZHOU.day(evening) == date(2026, 11, 24)
    assert LUGANG.day(evening) == date(2026, 11, 23)
    assert LUGANG.midnight(date(2026, 11, 24)) == datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_a_folder_without_a_city_is_said(tmp_path: Path) -> None:
    mistakes = Mistakes()
    read_city(tmp_path, mistakes)
    assert list(mistakes) == [
        "city.toml:1: the file is missing; write it; onecard city new NAME writes an example"
    ]
