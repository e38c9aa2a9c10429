"""S1: Liu Zhiyong borrows with only his phone, then with his card, and brings a book back."""

from __future__ import annotations

from ui.stories.stage import Stage, StoryFailed

READER = "liu-zhiyong"
BY_PHONE = "book-01"
BY_CARD = "book-02"
BROUGHT_BACK = "book-16"


def tell(stage: Stage) -> None:
    """Raises ``StoryFailed``."""
    stage.wait_for("ready", lambda screen: screen["kind"] == "idle")
    before = loans(stage)
    borrow_by_phone(stage)
    borrow_by_card(stage)
    if loans(stage) - before != {stage.barcode(BY_PHONE), stage.barcode(BY_CARD)}:
        raise StoryFailed(f"the centre holds {sorted(loans(stage))}")
    bring_back(stage)
    brought_back = stage.barcode(BROUGHT_BACK)
    if brought_back not in before or brought_back in loans(stage):
        raise StoryFailed(f"after the return the centre holds {sorted(loans(stage))}")
    stage.journalled(("borrow", "confirmed"), ("borrow", "confirmed"), ("return", "confirmed"))


def borrow_by_phone(stage: Stage) -> None:
    demonstration = stage.demonstration
    stage.step(
        "the phone shows its electronic card",
        lambda: demonstration.present_phone(READER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("liu-zhiyong"),
    )
    borrow(stage, BY_PHONE, "phone")


def borrow_by_card(stage: Stage) -> None:
    demonstration = stage.demonstration
    stage.step(
        "the card lies on the reader",
        lambda: demonstration.present_card(READER),
        lambda screen: screen["kind"] == "choose" and screen["person"] == stage.masked("liu-zhiyong"),
    )
    borrow(stage, BY_CARD, "card")


def borrow(stage: Stage, barcode: str, by: str, tone: str = "confirmed") -> None:
    """From the choice to the result."""
    stage.step(
        f"borrow is chosen ({by})",
        lambda: stage.touch("library.borrow"),
        lambda screen: screen["kind"] == "basket",
    )
    stage.step(
        f"the book is scanned ({by})",
        lambda: stage.demonstration.present_book(barcode),
        lambda screen: [row["tone"] for row in screen["rows"]] == [tone],
    )
    stage.step(
        f"finish is touched ({by})",
        lambda: stage.touch("finish"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == tone,
    )
    if not stage.screen["receipt"]:
        raise StoryFailed("there is no receipt")
    stage.home()


def bring_back(stage: Stage) -> None:
    stage.step(
        "return is chosen without a card",
        lambda: stage.touch("library.return"),
        lambda screen: screen["kind"] == "basket",
    )
    stage.step(
        "the book is scanned to return",
        lambda: stage.demonstration.present_book(BROUGHT_BACK),
        lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"],
    )
    stage.step(
        "finish is touched after the return",
        lambda: stage.touch("finish"),
        lambda screen: screen["kind"] == "result" and screen["tone"] == "confirmed",
    )
    stage.home()


def loans(stage: Stage) -> set[str]:
    listed = stage.centre_knows(READER)["loan_list"]
    assert isinstance(listed, list)  # noqa: S101 (the library's own answer)
    return {str(loan["barcode"]) for loan in listed if isinstance(loan, dict)}
