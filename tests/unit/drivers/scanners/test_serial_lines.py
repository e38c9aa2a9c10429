"""A serial scanner's bytes become scans; a ride code's own line ends do not cut it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import ride_code
from domain.codes.code import RideCode, UnusableCode
from drivers.codes.classify import LONGEST, classify
from drivers.scanners.framing import Lines


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


def timed(*parts: tuple[float, bytes], lines: Lines | None = None) -> tuple[list[bytes], int]:
    """Scans and discarded halves; each part begins at its ms and comes at 1 ms a byte (9600 baud)."""
    lines = lines or Lines()
    found = []
    for start_ms, part in parts:
        found.append(lines.pause(start_ms))
        found += [lines.take(octet, start_ms + place) for place, octet in enumerate(part)]
    found.append(lines.pause(parts[-1][0] + 60_000))
    return [scan for scan in found if scan], lines.broken


@pytest.mark.parametrize(
    "framed",
    [
        b"\x02BZ-1\x03",
        b"BZ-1\r",
        b"BZ-1\n",
        b"BZ-1\r\n",
        b"BZ-1\t",
        b"\x02BZ-1\x03\r\n",
        b"\x02BZ-1\r\x03",
        b"\r\nBZ-1\r\n",
        b"BZ-1\x03",
    ],
)
def test_every_usual_framing_is_understood(framed: bytes) -> None:
    """FC-23."""
    assert timed((0, framed), (1000, framed)) == ([b"BZ-1", b"BZ-1"], 0)


@pytest.mark.parametrize("later_ms", [400, 1000, 3000, 4900])
@pytest.mark.parametrize("rest", [b"0027\r", b"0027\x03", b"7\r\n"])
def test_half_a_scan_is_discarded_with_its_rest(later_ms: float, rest: bytes) -> None:
    """FC-23: two halves are never glued, and neither is a scan of its own."""
    assert timed((0, b"237160000"), (later_ms, rest)) == ([], 2)


def test_the_same_label_counts_at_once_after_a_broken_scan() -> None:
    assert timed((0, b"2371600"), (1500, b"2371600000027\r")) == ([b"2371600000027"], 1)
    assert timed((0, b"2371600"), (9000, b"BZ-1\r")) == ([b"BZ-1"], 1)


def test_a_new_start_discards_what_has_no_end() -> None:
    assert timed((0, b"\x0223716\x02BZ-1\x03")) == ([], 2)
    assert timed((0, b"\x0223716"), (9000, b"\x02BZ-1\x03")) == ([b"BZ-1"], 1)


def test_a_scanner_without_an_end_is_framed_by_its_pauses() -> None:
    lines = Lines("gap", gap_ms=50)
    assert timed((0, b"BZ-1"), (500, b"BZ-2"), lines=lines) == ([b"BZ-1", b"BZ-2"], 0)


def test_a_prefix_belongs_to_the_scanner() -> None:
    assert timed((0, b"##BZ-1\r"), lines=Lines(prefix=b"##")) == ([b"BZ-1"], 0)
    assert timed((0, b"BZ-1\r"), lines=Lines(prefix=b"##")) == ([], 1)


def test_a_ride_code_behind_an_aim_identifier_and_stx_comes_whole() -> None:
    rest = b"\r\n\x02\x03\t" * 66 + b"\x00"
    code = b"\x81" + len(rest).to_bytes(2) + rest
    assert timed((0, b"\x02]Q1" + code + b"\x03")) == ([b"]Q1" + code], 0)
    delivered = b"]Q1" + code
    assert classify("", delivered.decode("utf-8", "replace"), delivered) == RideCode(code)


@given(st.lists(st.tuples(st.floats(0, 10_000), st.binary(max_size=40)), max_size=20))
def test_any_bytes_at_any_time_are_scans_or_nothing(parts: list[tuple[float, bytes]]) -> None:
    at_ms, lines = 0.0, Lines()
    for pause_ms, part in parts:
        at_ms += pause_ms
        found = [lines.pause(at_ms), *(lines.take(octet, at_ms) for octet in part)]
        assert all(len(scan) <= LONGEST + 1 for scan in found)
