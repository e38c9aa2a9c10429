"""FC-14: the ISBN of a book whose label was read is no second scan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import CameraSettings
from domain.codes.code import Code, CopyBarcode, UnusableCode
from drivers.codes.book_in_view import BookInView
from drivers.codes.camera import Camera
from drivers.codes.code_seen import CodeSeen
from drivers.codes.decoded import DecodedCode
from drivers.events import DeviceEvent

LABEL = CopyBarcode("BZ-00001")
ISBN = UnusableCode("code.isbn")


def covered(*sights: tuple[Code, str, float]) -> list[bool]:
    book = BookInView()
    return [book.covers(code, content, at_ms) for code, content, at_ms in sights]


@pytest.mark.parametrize("code", ["code.isbn", "code.url", "code.unknown", "code.not_a_copy"])
def test_what_is_printed_on_the_book_is_silent_after_its_label(code: str) -> None:
    assert covered((LABEL, "l", 0), (UnusableCode(code), "i", 66), (UnusableCode(code), "i", 1900)) == [
        False,
        True,
        True,
    ]


def test_it_stays_silent_as_long_as_the_book_is_held_there() -> None:
    book = BookInView()
    book.covers(LABEL, "l", 0)
    assert all(book.covers(ISBN, "i", at_ms) for at_ms in range(66, 60_000, 66))


def test_an_isbn_without_a_label_is_named() -> None:
    assert covered((ISBN, "i", 0), (LABEL, "l", 100)) == [False, False]


def test_an_isbn_shown_later_is_named() -> None:
    assert covered((LABEL, "l", 0), (ISBN, "i", 2000)) == [False, False]


def test_the_isbn_of_the_next_book_is_named() -> None:
    assert covered((LABEL, "l", 0), (ISBN, "i", 500), (ISBN, "other", 900)) == [False, True, False]


def test_a_label_begins_the_next_book() -> None:
    sights = (LABEL, "l", 0.0), (ISBN, "i", 500.0), (LABEL, "m", 900.0), (ISBN, "other", 1000.0)
    assert covered(*sights) == [False, True, False, True]


@given(st.sampled_from(["code.payment", "code.too_long", "code.binary", "code.compressed", "code.id_number"]))
def test_what_is_on_no_book_is_always_named(code: str) -> None:
    assert covered((LABEL, "l", 0), (UnusableCode(code), "c", 66)) == [False, False]


@pytest.mark.parametrize("label_first", [True, False])
def test_a_camera_reports_the_label_and_not_the_isbn_of_a_later_frame(label_first: bool) -> None:
    posted: list[DeviceEvent] = []
    camera = Camera(CameraSettings(), posted.append)
    label = DecodedCode("Code128", "BZ-00001", b"BZ-00001")
    isbn = DecodedCode("EAN13", "9787501359417", b"9787501359417")
    for at_ms, code in enumerate([label] * label_first + [isbn] * 3):
        camera._report_all((code,), at_ms * 66.0)
    seen = [event.code for event in posted if isinstance(event, CodeSeen)]
    assert seen == ([LABEL] if label_first else [ISBN])
