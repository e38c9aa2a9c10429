"""What was laid out can be read back from the bytes."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from drivers.printers.encoding import chinese, encode, module_size
from drivers.printers.layout import TextLine, lay_out
from drivers.printers.library import command_buffer
from drivers.printers.slip import Heading, Paragraph, QrCode, Row, Rule, Slip
from tests.unit.drivers.printers.paper import read_paper

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


@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from([32, 48]))
def test_every_line_reaches_the_paper_as_it_was_laid_out(texts: list[str], columns: int) -> None:
    lines = lay_out(Slip(tuple(Paragraph(text) for text in texts)), columns)
    paper = read_paper(encode(lines, columns))
    assert paper.lines == [line.text for line in lines if isinstance(line, TextLine)]
    assert paper.cuts == 1


def test_a_whole_slip_is_read_back() -> None:
    lines = lay_out(SLIP, 32)
    paper = read_paper(encode(lines, 32))
    assert [line.strip() for line in paper.tall] == ["滨州市图书馆"]
    assert paper.codes == ["BZ-LIB-0001 3f2a9c01"]
    assert "《红楼梦》            2026-12-24" in paper.lines
    assert "押金                    ￥100.00" in paper.strong
    assert "持卡人 刘*勇 𠮷" in paper.lines


def test_a_code_is_never_wider_than_the_paper() -> None:
    assert module_size("x", 32) == 8
    assert module_size("x" * 600, 32) * (85 + 8) <= 384


def test_the_library_leaves_nothing_behind() -> None:
    handlers = list(logging.getLogger().handlers)
    folders = set(Path(tempfile.gettempdir()).glob("tmp*/*.capabilities.pickle"))
    command_buffer()
    assert logging.getLogger().handlers == handlers
    assert set(Path(tempfile.gettempdir()).glob("tmp*/*.capabilities.pickle")) <= folders


def test_a_gbk_printer_gets_no_four_byte_characters() -> None:
    """FC-24: ``?4?5`` on the paper; a character the font lacks is a 〓 of the same width."""
    line = "持卡人 𠮷㐀Ü ￥2.00"
    assert chinese(line, "gbk").decode("gbk") == "持卡人 〓〓〓 ￥2.00"
    assert chinese(line).decode("gb18030") == line
