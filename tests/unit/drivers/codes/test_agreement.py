"""A linear code is believed after enough evidence for one text at one place (FC-14)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.agreement import LIKELY, NEEDED, REMEMBERED_FRAMES, Agreement
from drivers.codes.decoded import DecodedCode
from drivers.codes.place import Place


def label(
    text: str, x: float = 300, y: float = 200, length: float = 200, symbology: str = "EAN13"
) -> DecodedCode:
    corners = ((x, y), (x + length, y), (x + length, y + 40), (x, y + 40))
    return DecodedCode(symbology, text, text.encode(), Place(*corners))


def believed(frames: list[list[tuple[DecodedCode, int]]]) -> list[list[str]]:
    agreement, answers = Agreement(), []
    for frame in frames:
        agreement.next_frame()
        for code, points in frame:
            agreement.add(code, points)
        answers.append([code.untrusted_text for code in agreement.believed(code for code, _ in frame)])
    return answers


def test_a_look_that_proves_itself_is_believed_at_once() -> None:
    assert believed([[(label("A"), NEEDED)]]) == [["A"]]


def test_looks_that_prove_little_must_agree() -> None:
    assert believed([[(label("A"), 1)]] * 6) == [[]] * 5 + [["A"]]
    assert believed([[(label("A"), 0)]] * 30) == [[]] * 30
    assert believed([[(label("A"), LIKELY)]] * 2) == [[], ["A"]]


def test_the_same_text_elsewhere_is_no_agreement() -> None:
    assert believed([[(label("A"), LIKELY)], [(label("A", x=900), LIKELY)]]) == [[], []]
    assert believed([[(label("A"), LIKELY)], [(label("A", length=500), LIKELY)]]) == [[], []]


def test_a_label_that_moves_with_the_hand_stays_the_same() -> None:
    frames = [[(label("A", x=100 + 60 * step), 1)] for step in range(8)]
    assert believed(frames)[5:] == [["A"]] * 3


def test_two_texts_at_one_place_speak_against_each_other() -> None:
    alternating = [[(label(text), 1)] for text in "ABABABABAB"]
    assert believed(alternating) == [[]] * 10
    assert believed([[(label("B"), 1)], [(label("A"), NEEDED)]]) == [[], ["A"]]
    assert believed([[(label("B"), LIKELY)], [(label("A"), NEEDED)], [(label("A"), NEEDED)]]) == [
        [],
        [],
        ["A"],
    ]


def test_two_labels_in_one_picture_are_two_codes() -> None:
    """The two EAN-13 of a Japanese book stand one above the other; each has its own looks."""
    both = [(label("A", y=100), LIKELY), (label("B", y=180), LIKELY)]
    assert believed([both, both]) == [[], ["A", "B"]]
    left_then_right = [
        [(label("A", x=0), LIKELY)],
        [(label("B", x=600), LIKELY)],
        [(label("B", x=600), LIKELY)],
    ]
    assert believed(left_then_right) == [[], [], ["B"]]


def test_looks_are_forgotten() -> None:
    pause: list[list[tuple[DecodedCode, int]]] = [[]] * REMEMBERED_FRAMES
    assert believed([[(label("A"), LIKELY)], *pause, [(label("A"), LIKELY)]])[-1] == []


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.sampled_from([0.0, 20.0, 700.0]), st.integers(0, LIKELY)),
        max_size=REMEMBERED_FRAMES - 1,
    )
)
def test_nothing_is_believed_without_its_own_evidence(looks: list[tuple[str, float, int]]) -> None:
    """Independent model: at most the points that this text had at this place, all frames being remembered."""
    answers = believed([[(label(text, x=x), points)] for text, x, points in looks])
    for number, (answer, (text, x, _)) in enumerate(zip(answers, looks, strict=True)):
        own = sum(points for other, at, points in looks[: number + 1] if other == text and abs(at - x) < 300)
        if answer:
            assert own >= NEEDED


@pytest.mark.parametrize("symbology", ["Code128", "Code39", "Codabar"])
def test_a_code_without_a_place_agrees_with_itself_only(symbology: str) -> None:
    code = DecodedCode(symbology, "A1", b"A1")
    assert believed([[(code, LIKELY)], [(code, LIKELY)]]) == [[], ["A1"]]
    assert believed([[(code, LIKELY)], [(label("A1", symbology=symbology), LIKELY)]]) == [[], []]
