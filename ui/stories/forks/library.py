"""S1, and what else happens at the library desk: baskets with several outcomes, fines, no connection."""

from __future__ import annotations

from collections.abc import Mapping

from ui.stories.elsewhere import AnotherCounter
from ui.stories.s1 import loans
from ui.stories.stage import Stage, StoryFailed
from ui.stories.story import Story

READER = "liu-zhiyong"
CLERK = "liu-zhiyong"
LATE_READER = "visitor"
FREE, FREE_TOO, FREE_THIRD = "book-05", "book-06", "book-07"
LENT_TO_ANOTHER, ASKED_FOR, READ_HERE = "book-11", "book-12", "book-24"
HIS_OWN, ON_THE_SHELF, HERS = "book-16", "book-13", "book-14"
ANOTHER_LIBRARYS = "XX-99999"
"""No story scans one of them twice: a camera passes over what it has just seen."""


def begins(stage: Stage, name: str, card: str, option: str, kind: str = "basket") -> None:
    """A card is laid down and something is chosen."""
    stage.step(name, lambda: stage.demonstration.present_card(card), lambda s: s["kind"] == "choose")
    stage.step(f"{option} is touched", lambda: stage.touch(option), lambda s: s["kind"] == kind)


def scanned(stage: Stage, name: str, barcode: str, *tones: str) -> None:
    """One more book; ``tones`` is how every line of the basket stands then."""
    stage.step(
        name,
        lambda: stage.demonstration.present_book(barcode),
        lambda screen: [row["tone"] for row in screen["rows"]] == list(tones),
    )


def finished(stage: Stage, tone: str) -> None:
    stage.step("finish is touched", lambda: stage.touch("finish"), lambda s: s["kind"] == "result")
    if stage.screen["tone"] != tone:
        raise StoryFailed(f"the basket ends {stage.screen['tone']}, not {tone}: {stage.screen['title']}")


def noticed(stage: Stage) -> str:
    notice = stage.demonstration.counter.terminal.kiosk.counter.notice
    return notice.id if notice else ""


def basket(stage: Stage) -> None:
    """Three books in one basket, an outcome each; then a renewal; then books brought back without a card."""
    AnotherCounter(stage.demonstration).book("yang-ying", "library", "borrow", barcode=stage.barcode(HERS))
    begins(stage, "a reader's card", READER, "library.borrow")
    stage.step(
        "a book of another library is named, and no line of the basket",
        lambda: stage.demonstration.present_book(ANOTHER_LIBRARYS),
        lambda screen: screen["rows"] == [] and noticed(stage) == "fault.code.not_a_copy",
    )
    ends = ["confirmed"]
    scanned(stage, "a free book", FREE, *ends)
    for name, barcode in (
        ("a book that somebody else has", LENT_TO_ANOTHER),
        ("a book that is read here only", READ_HERE),
    ):
        ends.append("refused")
        scanned(stage, name, barcode, *ends)
    finished(stage, "partly")
    if len({row["note"] for row in stage.screen["rows"]}) != 3:
        raise StoryFailed("not every book says what became of it")
    stage.home()
    begins(stage, "the card again", READER, "library.renew")
    scanned(stage, "his book is renewed", HIS_OWN, "confirmed")
    scanned(stage, "one that is on the shelf is not", ON_THE_SHELF, "confirmed", "refused")
    finished(stage, "partly")
    stage.home()
    brought_back(stage)


def brought_back(stage: Stage) -> None:
    stage.step(
        "return is chosen without a card",
        lambda: stage.touch("library.return"),
        lambda screen: screen["kind"] == "basket",
    )
    scanned(stage, "a book that was lent elsewhere", HERS, "confirmed")
    scanned(stage, "a late book that somebody waits for", ASKED_FOR, "confirmed", "confirmed")
    if [row["picture"] for row in stage.screen["rows"]] != ["", "staff"]:
        raise StoryFailed("the book somebody waits for is not marked for the clerk")
    finished(stage, "confirmed")
    stage.home()


def refusals(stage: Stage) -> None:
    """Readers who may not borrow now, or not so many; a child who may."""
    stage.step(
        "a reader whose borrowing is suspended",
        lambda: stage.demonstration.present_card("trainee"),
        lambda screen: screen["kind"] == "choose",
    )
    stage.step(
        "borrowing is refused before a book is touched",
        lambda: stage.touch("library.borrow"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()
    begins(stage, "a reader who may have two books", "long-name", "library.borrow")
    scanned(stage, "the first", FREE, "confirmed")
    scanned(stage, "the second", FREE_TOO, "confirmed", "confirmed")
    scanned(stage, "the third is one too many", FREE_THIRD, "confirmed", "confirmed", "refused")
    finished(stage, "confirmed")
    stage.home()
    begins(stage, "a child's card", "hotel-child", "library.borrow")
    scanned(stage, "a child borrows", "book-26", "confirmed")
    finished(stage, "confirmed")
    stage.home()
    for card, code in (("expired", "card.expired"), ("locked", "card.locked")):
        unusable(stage, card, code)
    unusable(stage, "transport-card", "bus.rides_only")


def unusable(stage: Stage, card: str, code: str) -> None:
    stage.step(
        f"{card}: nobody is served on it",
        lambda: stage.demonstration.present_card(card),
        lambda screen: screen["kind"] == "failed" and screen["code"] == code,
    )
    stage.home()


def fines(stage: Stage) -> None:
    """A late book costs; the reader sees it, pays a clerk, and the clerk's card says so."""
    stage.step(
        "the late book comes back", lambda: stage.touch("library.return"), lambda s: s["kind"] == "basket"
    )
    scanned(stage, "it is scanned", ASKED_FOR, "confirmed")
    finished(stage, "confirmed")
    stage.home()
    begins(stage, "the reader's card", LATE_READER, "library.account", "choose")
    owed = stage.screen["largest"]
    if not any(digit in owed for digit in "123456789"):
        raise StoryFailed(f"nothing is owed: {owed}")
    stage.step("pay is touched", lambda: stage.touch("library.pay"), lambda s: s["kind"] == "present")
    stage.step(
        "the reader's own card confirms nothing",
        lambda: stage.demonstration.present_card(LATE_READER),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "refused",
    )
    stage.home()
    begins(stage, "the reader's card again", LATE_READER, "library.account", "choose")
    stage.step("pay is touched again", lambda: stage.touch("library.pay"), lambda s: s["kind"] == "present")
    stage.step(
        "the clerk took the money",
        lambda: stage.demonstration.present_card(CLERK),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()
    if stage.centre_knows(LATE_READER)["owed_fen"] != 0:
        raise StoryFailed("the fine is still owed")


def offline(stage: Stage) -> None:
    """Without the centre books are lent and taken back; two desks that lend one book end in the inbox."""
    AnotherCounter(stage.demonstration).book(
        "yang-ying", "library", "borrow", barcode=stage.barcode(FREE_TOO)
    )
    stage.demonstration.lose_centre()
    begins(stage, "a reader's card without connection", READER, "library.borrow")
    scanned(stage, "a book is accepted", FREE, "accepted")
    scanned(stage, "one that another desk has lent", FREE_TOO, "accepted", "accepted")
    finished(stage, "accepted")
    if not any(digit in stage.screen["largest"] for digit in "0123456789"):
        raise StoryFailed("there is no due date on the screen")
    stage.home()
    stage.step(
        "return without a card", lambda: stage.touch("library.return"), lambda s: s["kind"] == "basket"
    )
    scanned(stage, "a book is taken back", LENT_TO_ANOTHER, "accepted")
    finished(stage, "accepted")
    stage.home()
    stage.step(
        "a phone cannot be verified now",
        lambda: stage.demonstration.present_phone(READER),
        lambda screen: screen["kind"] == "failed" and screen["code"] == "e_card.cannot_verify_now",
    )
    stage.home()
    stage.regain_centre()
    stage.journalled(("borrow", "confirmed"), ("borrow", "refused_later"), ("return", "confirmed"))
    if stage.barcode(FREE) not in loans(stage) or stage.barcode(FREE_TOO) in loans(stage):
        raise StoryFailed(f"the centre holds {sorted(loans(stage))}")


FORKS: Mapping[str, Story] = {
    "S1-basket": Story("several books in one basket, an outcome each", "library", basket),
    "S1-refusals": Story("readers who may not borrow, or not so many", "library", refusals),
    "S1-fines": Story("a late book is paid for at the desk", "library", fines),
    "S1-offline": Story("the library goes on while there is no connection", "library", offline),
}
