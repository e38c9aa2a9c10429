"""A serial scanner's bytes become scans; a ride code's own line ends do not cut it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.classify import LONGEST, classify
from drivers.codes.code import RideCode, UnusableCode
from drivers.codes.signed import ride_code
from drivers.scanners.serial_scanner import Lines


def scans(content: bytes) -> list[bytes]:
    lines = Lines()
    return [scan for octet in content if (scan := lines.take(octet))]


def test_each_line_is_a_scan() -> None:
    assert scans(b"BZ-1\r\nBZ-2\r\r\n\nBZ-3\nBZ") == [b"BZ-1", b"BZ-2", b"BZ-3"]


@given(st.binary(min_size=ride_code.SHORTEST - 3, max_size=ride_code.LONGEST - 3))
def test_a_ride_code_comes_whole_whatever_bytes_it_has(rest: bytes) -> None:
    code = b"\x81" + len(rest).to_bytes(2) + rest
    assert scans(code + b"\r\nBZ-1\r\n") == [code, b"BZ-1"]


def test_what_is_cut_off_on_the_way_ends_with_the_next_scan() -> None:
    rest = bytes(ride_code.SHORTEST - 3)
    cut = (b"\x81" + len(rest).to_bytes(2) + rest)[:100]
    joined = cut + b"\r\n" + b"A" * 300
    assert scans(joined + b"\r\nBZ-1\r\n") == [joined, b"BZ-1"]
    assert isinstance(classify("", joined.decode("latin-1"), joined), UnusableCode)


def test_a_line_that_never_ends_is_cut_off_and_refused() -> None:
    (scan,) = scans(b"A" * 100_000 + b"\r")
    assert len(scan) == LONGEST + 1
    assert classify("", scan.decode(), scan) == UnusableCode("code.too_long")


@given(st.binary(max_size=900))
def test_any_bytes_are_lines(content: bytes) -> None:
    assert all(len(scan) <= LONGEST + 1 for scan in scans(content))


def test_a_ride_code_is_known_after_its_line() -> None:
    rest = b"\r\n" * 164 + b"\x00"
    code = b"\x81" + len(rest).to_bytes(2) + rest
    (scan,) = scans(code + b"\r\n")
    assert classify("", scan.decode("utf-8", "replace"), scan) == RideCode(code)
