"""No line is wider than the paper, and nothing that was said is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.printers.layout import TextLine, clean, lay_out, row, width, wrap
from drivers.printers.slip import Block, Heading, Paragraph, QrCode, Row, Rule, Slip

CHINESE = st.text(st.sampled_from("滨州市图书馆借还押金退，。（）《》𠮷㐂·…￥12345 .,:-ABcd"), max_size=120)
ANYTHING = st.text(max_size=120)
TEXTS = CHINESE | ANYTHING
PAPER = st.sampled_from([32, 42, 48])
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Paragraph, TEXTS, st.booleans(), st.booleans()),
    st.builds(Row, TEXTS, TEXTS, st.booleans()),
    st.just(Rule()),
)


def bare(text: str) -> str:
    return "".join(clean(text).split())


@given(TEXTS, st.integers(2, 60))
def test_no_line_is_wider_than_the_paper_and_no_character_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(0 < width(line) <= columns for line in lines)
    assert bare("".join(lines)) == bare(text)


@given(TEXTS, TEXTS, PAPER)
def test_a_row_keeps_both_sides_and_the_right_one_ends_at_the_edge(
    left: str, right: str, columns: int
) -> None:
    lines = row(left, right, columns)
    assert all(width(line) <= columns for line in lines)
    assert bare("".join(lines)) == bare(left) + bare(right)
    if bare(right):
        assert width(lines[-1].rstrip(" ")) == columns or width(wrap(right, columns)[-1]) < columns


@given(st.lists(BLOCKS, max_size=12), PAPER, TEXTS)
def test_a_whole_slip_fits_its_paper(blocks: list[Block], columns: int, mark: str) -> None:
    for line in lay_out(Slip(tuple(blocks), mark), columns):
        assert isinstance(line, TextLine)
        assert width(line.text) <= columns


@given(st.text(st.characters(max_codepoint=0x9F), max_size=60))
def test_no_control_character_reaches_the_paper(text: str) -> None:
    assert all(character.isprintable() for character in clean(text))


def test_amounts_stand_under_each_other_beside_long_names() -> None:
    assert row("逾期费", "12.00元", 32) == ["逾期费                   12.00元"]
    lines = row("《现代汉语词典》第七版精装大字本附光盘", "1.50元", 32)
    assert [width(line) for line in lines] == [24, 32]
    assert lines[-1].endswith(" 1.50元")


AMOUNTS = (
    *("¥1,234.56", "￥1,234.56", "-¥0.01", "CNY 1,234.56", "1,234.56元", "12.50 元", "3元5角", "＄5.00"),
    *("€9.99", "100%", "+￥20.00", "１２．５０元"),
)
DATES = (
    *("2026-12-24", "2026/12/24", "2026年12月24日", "12月24日", "12:30", "12:30:05", "12时30分", "28天"),
)


@example("2026年12月24日", "", 20)
@given(
    st.sampled_from(AMOUNTS + DATES),
    st.text(st.sampled_from("退押金至，。AB c"), max_size=60),
    st.integers(20, 48),
)
def test_amounts_dates_and_times_are_never_divided(token: str, around: str, columns: int) -> None:
    """FC-24."""
    whole = clean(token)
    assert sum(line.count(whole) for line in wrap(f"{around}{token}{around}", columns)) == 1
    assert sum(line.count(whole) for line in row(around, f"{around}{token}", columns)) == 1
    assert sum(line.count(whole) for line in row(f"{around}，{token}", "￥1.00", columns)) == 1


def test_words_stay_whole_and_marks_stay_with_their_character() -> None:
    assert wrap("Deposit returned to the card", 16) == ["Deposit returned", "to the card"]
    assert wrap("退回的押金，三日内到账。", 10) == ["退回的押", "金，三日内", "到账。"]


def test_signs_a_receipt_printer_lacks_become_signs_it_has() -> None:
    assert clean("✓ ¥5\u00a000 \x1b@\u200b") == "√ ￥5 00  @"


def test_a_reprint_says_so_at_its_head_and_foot() -> None:
    lines = lay_out(Slip((Paragraph("x"),), "副本 COPY"), 32)
    texts = [line.text.strip() for line in lines if isinstance(line, TextLine)]
    assert texts == ["*** 副本 COPY ***", "x", "*** 副本 COPY ***"]


@pytest.mark.parametrize("block", [Paragraph("x" * 2001), Row("", "x" * 2001), QrCode(""), QrCode("x" * 601)])
def test_a_slip_larger_than_any_receipt_is_refused(block: Block) -> None:
    with pytest.raises(ValueError, match=r"at most|QR code"):
        Slip((block,))
