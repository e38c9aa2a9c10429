"""Counters to look at: one for each screen, with ordinary and with hard contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from pydantic import JsonValue

from domain.credential import ECard
from domain.messages.contract import Holder, TrustLevel
from terminal.services.library import LibraryService
from terminal.visit.receipt import receipt_for
from terminal.visit.states import (
    Counter,
    Failed,
    Finished,
    Identifying,
    Idle,
    Reading,
    Serving,
    Stage,
)
from terminal.visit.steps import (
    Certainty,
    Choose,
    Collect,
    Draft,
    Facts,
    Finish,
    Line,
    Present,
    ServiceSet,
    SubmissionOutcome,
    text,
)

SERVICE = LibraryService()
SERVICES = ServiceSet((SERVICE,))
TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TITLES = (
    "红楼梦",
    "西游记",
    "地方志·第一卷",
    "A Very Long English Title That Goes On And On Until It Needs Eliding",
    "聊斋志异会校会注会评本（全四册）附录与索引以及编者后记和参考书目",
)


def holder(name: str = "刘*勇") -> Holder:
    return Holder(
        subject="specimen",
        masked_name=name,
        masked_number="1101**********0016",
        trust=TrustLevel.VERIFIED,
        services={"library": {"status": "active", "loans": 1, "loan_limit": 30}},
    )


def facts(books: int, certainty: Certainty, refused: int = 0, action: str = "borrow") -> Facts:
    """A visit with so many books, of which the first few were refused."""
    lines = []
    for number in range(books):
        bad = number < refused
        outcome = SubmissionOutcome(
            Certainty.REFUSED if bad else certainty,
            f"01930000-0000-7000-8000-{number:012d}",
            "library.copy_on_loan" if bad else "",
            (("title", TITLES[number % len(TITLES)]), ("due_date", "2026-12-21")),
        )
        barcode = f"21101{number:08d}"
        draft = Draft("library", action, (("barcode", barcode), ("expected_due_date", "2026-12-21")))
        waiting = certainty is Certainty.WAITING and not bad
        lines.append(Line(number, draft, None if waiting else outcome))
    items = tuple(str(dict(line.draft.body)["barcode"]) for line in lines)
    return Facts(
        TODAY,
        True,
        ECard("specimen"),
        holder(),
        chosen=(f"library.{action}",),
        items=items,
        lines=tuple(lines),
    )


def in_its_own_words() -> Facts:
    """A renewal that the library's own system refused with a reason, and one with a due date that is a
    guess."""
    two = facts(2, Certainty.CONFIRMED, 1, "renew")
    refused, renewed = (line.outcome for line in two.lines)
    assert refused is not None  # noqa: S101 (both are decided)
    assert renewed is not None  # noqa: S101
    reason: JsonValue = ["此书已被其他读者预约，不能续借"]
    advice: JsonValue = ["咨询电话 0543-0000000"]
    words: tuple[tuple[str, JsonValue], ...] = (("message", reason), ("print_lines", advice))
    guess: tuple[tuple[str, JsonValue], ...] = (*renewed.data, ("due_date_guessed", True))
    words = (*refused.data, *words)
    outcomes = (replace(refused, code="library.on_hold", data=words), replace(renewed, data=guess))
    return replace(
        two, lines=tuple(replace(line, outcome=each) for line, each in zip(two.lines, outcomes, strict=True))
    )


def stepped(known: Facts) -> Stage:
    """The stage the library shows for these facts."""
    step = SERVICE.step(known)
    if isinstance(step, Finish):
        return Finished(SERVICE.id, known, step, receipt_for(known, step, "市图书馆", "DEMO-0001", NOON))
    assert isinstance(step, Choose | Present | Collect)  # noqa: S101 (the library submits line by line)
    return Serving(SERVICE.id, known, step)


def finished(known: Facts) -> Stage:
    return stepped(replace(known, finished=True))


def specimens() -> dict[str, Counter]:
    """By name, in the order of a visit."""
    ready = Counter(readers=("Desk",))
    nobody = Facts(TODAY, True)
    stages: dict[str, Counter] = {
        "idle": ready,
        "idle-offline": replace(ready, online=False),
        "idle-no-reader": replace(ready, reader_fault="reader.service_lost"),
        "idle-blind": replace(ready, camera_fault="camera.black"),
        "reading": replace(ready, stage=Reading("Desk")),
        "identifying-slow": replace(ready, stage=Identifying(ECard("specimen"), slow=True)),
        "choose": replace(ready, stage=stepped(Facts(TODAY, True, ECard("specimen"), holder()))),
        "present": replace(ready, stage=stepped(replace(nobody, chosen=("library.borrow",)))),
        "basket-empty": replace(ready, stage=stepped(facts(0, Certainty.CONFIRMED))),
        "basket": replace(ready, stage=stepped(facts(3, Certainty.CONFIRMED, 1))),
        "basket-20": replace(ready, stage=stepped(facts(20, Certainty.CONFIRMED))),
        "confirmed": replace(ready, stage=finished(facts(1, Certainty.CONFIRMED))),
        "confirmed-5": replace(ready, stage=finished(facts(5, Certainty.CONFIRMED))),
        "accepted": replace(ready, stage=finished(facts(2, Certainty.ACCEPTED)), online=False),
        "refused": replace(ready, stage=finished(facts(1, Certainty.CONFIRMED, 1))),
        "partly": replace(ready, stage=finished(facts(4, Certainty.CONFIRMED, 1))),
        "library-words": replace(ready, stage=finished(in_its_own_words())),
        "returned": replace(ready, stage=finished(facts(2, Certainty.CONFIRMED, 0, "return"))),
        "failed": replace(ready, stage=Failed("card.not_social_security")),
        "failed-offline": replace(ready, stage=Failed("offline.not_allowed"), online=False),
        "staff-called": replace(ready, staff_called=True),
        "staff-coming": replace(ready, staff_called=True, staff_coming="王芳"),
        "staff-unanswered": replace(
            ready, staff_called=True, staff_unanswered=True, notice=text("ui.staff_next_way")
        ),
        "reading-slow": replace(ready, stage=Reading("Desk", slow=True)),
        "stopped": replace(ready, stage=Idle(), out_of_service="journal.full"),
    }
    basket = stages["basket"]
    stages["notice"] = replace(basket, notice=text("fault.code.already_listed"))
    stages["time-warning"] = replace(basket, time_warning=True)
    return stages
