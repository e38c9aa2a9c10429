"""What was laid out can be read back from the bytes."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.printer_profiles import WIDTHS_MM, printer_profile, printer_profiles
from drivers.printers.encoding import encode, module_size
from drivers.printers.layout import TextLine, lay_out
from drivers.printers.library import command_buffer
from drivers.printers.slip import Heading, Paragraph, QrCode, Row, Rule, Slip
from tests.unit.drivers.printers.paper import Dots, read_paper

FONTS = {
    "chinese": "gbk",
    "chinese-512": "gbk",
    "gb18030": "gb18030",
    "gb2312": "gbk",
    "utf-8": "utf-8",
    "sunmi": "utf-8",
    "cp437": "",
    "cp858": "",
    "drawn": "",
}
"""The font in the printer, by profile; "": none but ASCII and the pages of ESC t."""

SLIP = Slip(
    (
        Heading("滨州市图书馆"),
        Rule(),
        Row("《红楼梦》", "2026-12-24"),
        Row("押金", "￥100.00", strong=True),
        Paragraph("持卡人 刘*勇 𠮷"),
        QrCode("BZ-LIB-0001 3f2a9c01"),
    )
)


TEXTS = st.text(st.sampled_from("滨州市退押金，（）·￥12 .AéÜäИ①㐀𠮷𰻞ཀуئ€—") | st.characters(), max_size=60)


@given(st.lists(TEXTS, max_size=6), st.sampled_from([32, 42, 48]), st.sampled_from(sorted(FONTS)))
def test_every_line_reaches_the_paper_as_text_or_as_dots(texts: list[str], columns: int, name: str) -> None:
    """FC-24: and a line of text comes out of the printer's font as it was laid out, in every profile."""
    lines = lay_out(Slip(tuple(Paragraph(text) for text in texts)), columns)
    paper = read_paper(encode(lines, columns, printer_profile(name)), FONTS[name])
    assert len(paper.printed) == len(lines)
    for line, printed in zip(lines, paper.printed, strict=True):
        assert isinstance(line, TextLine)
        if isinstance(printed, Dots):
            assert not line.text.isascii()
            assert len(printed.rows[0]) <= -(-columns * 12 // 8) * 8
        else:
            assert printed == line.text
    assert paper.cuts == 1


def test_a_whole_slip_is_read_back() -> None:
    lines = lay_out(SLIP, 32)
    paper = read_paper(encode(lines, 32, printer_profile("chinese")))
    assert [line.strip() for line in paper.tall] == ["滨州市图书馆"]
    assert paper.codes == ["BZ-LIB-0001 3f2a9c01"]
    assert "《红楼梦》            2026-12-24" in paper.lines
    assert "押金                    ￥100.00" in paper.strong
    assert sum(isinstance(one, Dots) for one in paper.printed) == 1, "持卡人 刘*勇 𠮷"


def test_a_code_is_never_wider_than_the_paper() -> None:
    assert module_size("x", 32) == 8
    assert module_size("x" * 600, 32) * (85 + 8) <= 384


def test_the_library_leaves_nothing_behind() -> None:
    handlers = list(logging.getLogger().handlers)
    folders = set(Path(tempfile.gettempdir()).glob("tmp*/*.capabilities.pickle"))
    command_buffer()
    assert logging.getLogger().handlers == handlers
    assert set(Path(tempfile.gettempdir()).glob("tmp*/*.capabilities.pickle")) <= folders


@pytest.mark.parametrize(
    "name", ["𠮷", "㐀", "Ü", "𰻞", "𬹼", "ئالىم", "བསྟན་འཛིན", "ö", "Ł", "ỳ", "é́", "®", "ꀀ", "𪚥", "€"]
)
@pytest.mark.parametrize("profile", ["chinese", "gb2312", "drawn", "utf-8", "cp437"])
def test_what_the_font_lacks_is_drawn_and_never_sent_as_bytes(name: str, profile: str) -> None:
    """FC-24: ``?4?5`` on the paper. The line is ink, and every line beside it is as before."""
    lines = lay_out(Slip((Paragraph("one"), Row(f"刘{name}", "￥1,234.56"), Paragraph("two"))), 32)
    paper = read_paper(encode(lines, 32, printer_profile(profile)), FONTS[profile])
    one, drawn, two = paper.printed
    assert (one, two) == ("one", "two")
    assert isinstance(drawn, Dots)
    assert len(drawn.rows) == 32
    assert any("1" in row[24 : 24 * 2] for row in drawn.rows), "the name has ink"


def test_dots_of_a_row_stand_in_its_columns() -> None:
    """The amount ends at the right edge, as in a line of text."""
    drawn = read_paper(
        encode(lay_out(Slip((Row("𠮷", "￥8.88"),)), 32), 32, printer_profile("chinese"))
    ).printed[0]
    assert isinstance(drawn, Dots)
    ink = [at for at in range(len(drawn.rows[0])) if any(row[at] == "1" for row in drawn.rows)]
    assert 370 < max(ink) < 384
    assert not any(24 <= at < (32 - 6) * 12 - 12 for at in ink), "nothing between name and amount"


def test_a_printer_without_a_profile_is_never_sent_a_byte_outside_gbk() -> None:
    lines = lay_out(
        Slip(
            (Paragraph("刘㐀Ü 𠮷 ￥1"), Paragraph("退款￥1.00")),
        ),
        32,
    )
    paper = read_paper(encode(lines, 32, printer_profile("")))
    assert paper.lines == ["退款￥1.00"]


def test_a_gb18030_font_is_trusted_with_its_mandatory_characters_only() -> None:
    lines = lay_out(
        Slip(
            (Paragraph("㐀㛃"), Paragraph("𠮷"), Paragraph("Ü"), Paragraph("䶮")),
        ),
        32,
    )
    paper = read_paper(encode(lines, 32, printer_profile("gb18030")), "gb18030")
    assert paper.lines == ["㐀㛃", "䶮"]


def test_profiles_give_whole_columns() -> None:
    for profile in printer_profiles().values():
        assert set(profile.dots) == set(WIDTHS_MM)
        assert {profile.columns(width) for width in WIDTHS_MM} <= {32, 42, 48}
        assert profile.name in FONTS
