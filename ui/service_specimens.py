"""Screens of services to look at: forms, PIN pads, totals, parties, fares; ordinary and hard contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pydantic import JsonValue

from domain.credential import ECard, SocialSecurityCard
from terminal.services.catalogue.payout import COLLECT
from terminal.services.registry import services_of
from terminal.visit.receipt import receipt_for
from terminal.visit.states import ChoosingService, Counter, Finished, Serving, Stage
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Draft,
    EnterPin,
    Facts,
    FieldKind,
    Finish,
    Line,
    LineView,
    Option,
    PinState,
    Present,
    Service,
    SetPin,
    SubmissionOutcome,
    Text,
    both,
    text,
)
from ui.card_office_specimens import card_office_specimens
from ui.specimens import NOON, TODAY, holder, specimens

LONGEST_NAME = "买买提艾力阿卜杜热合曼尼亚孜" * 2
"""28 characters: longer than 30 bytes of GBK and the 4E extension hold between them in practice."""
NOBODY = both("", "")
MOST_GUESTS = 12
SUBSIDIES = (
    ("种粮农民直接补贴", "Grain growers", 86_700, "grain"),
    ("耕地地力保护补贴", "Farmland fertility", 125_000, "grain"),
    ("残疾人两项补贴", "Two allowances for disabled people", 23_400, "heart"),
    ("城乡居民基本养老保险待遇", "Basic pension of urban and rural residents", 21_500, "elder"),
)


def service(name: str) -> Service:
    found = services_of((name,)).get(name)
    assert found is not None  # noqa: S101 (the registry gives what it was asked for)
    return found


CARD = SocialSecurityCard(
    "A00000018", "000000D156000005000000A1FFFFFFFF", "3.00", "SM4", None, None, None, None
)


def known(name: str = "李*花") -> Facts:
    return Facts(TODAY, True, ECard("specimen"), holder(name))


def serving(step: Choose | Present | Ask | EnterPin | SetPin, facts: Facts | None = None) -> Stage:
    return Serving("library", facts or known(), step)


def finished(name: str, facts: Facts, result: Finish, place: str = "一卡通") -> Finished:
    receipt = receipt_for(facts, result, place, "DEMO-0001", NOON) if result.receipt else None
    return Finished(name, facts, result, receipt)


def forms() -> dict[str, Stage]:
    """One of each kind of field; long questions, a mistake, a suggestion."""
    questions = {
        FieldKind.DIGITS: ("几天", "How many nights"),
        FieldKind.MONEY: ("提取金额（元），最多 32,000.00", "Amount in yuan, at most 32,000.00"),
        FieldKind.DATE: ("退房日期", "Day of check-out"),
        FieldKind.PHONE: ("您的手机号码", "Your mobile number"),
        FieldKind.IDENTITY: ("客人的身份证件号码", "Number of the guest's identity document"),
        FieldKind.NAME: ("客人的姓名", "Name of the guest"),
        FieldKind.TEXT: (
            "毕业院校与专业（与毕业证书一致）",
            "University and subject, as they stand on the certificate",
        ),
    }
    screens: dict[str, Stage] = {}
    for kind, (zh, en) in questions.items():
        screens[f"form-{kind.value}"] = serving(Ask("field", both(zh, en), kind))
    suggested = Ask("field", both(*questions[FieldKind.NAME]), FieldKind.NAME, 40, None, LONGEST_NAME)
    screens["form-name-long"] = serving(suggested)
    mistake = text("payout.amount_mistake", most="32,000.00")
    screens["form-mistake"] = serving(
        Ask("amount", both(*questions[FieldKind.MONEY]), FieldKind.MONEY, 12, mistake)
    )
    return screens


def pins() -> dict[str, Stage]:
    enter = EnterPin(text("payout.pin"), (), text("money", amount="2,566.00"))
    wrong = replace(known(), pin=PinState.WRONG, tries_left=1)
    return {
        "pin": serving(enter),
        "pin-wrong": serving(enter, wrong),
        "pin-card-taken": serving(enter, replace(known(), credential=CARD)),
        "pin-checking": serving(enter, replace(known(), pin=PinState.CHECKING)),
        "pin-new": serving(SetPin("pin", text("activation.new_pin"), "key", "account")),
    }


def payouts() -> dict[str, Stage]:
    """Four subsidies and their total as the service shows them, and the money handed over."""
    collection = service("subsidy-collection")
    amount = sum(fen for *_, fen, _ in SUBSIDIES)
    due: dict[str, JsonValue] = {
        "total_fen": amount,
        "most_fen": 1_000_000,
        "rows": [{"zh": zh, "en": en, "fen": fen, "icon": icon} for zh, en, fen, icon in SUBSIDIES],
        "account": {"zh": "中国农业银行", "en": "Agricultural Bank", "ending": "0016"},
    }
    asked = replace(known(), answers=(("due", due),))
    offer = collection.step(asked)
    assert isinstance(offer, Choose)  # noqa: S101 (what a payout shows first)
    draft = Draft(collection.id, "pay", (("amount_fen", amount),))
    outcome = SubmissionOutcome(Certainty.CONFIRMED, "0193", data=(("amount_fen", amount),))
    paid = replace(asked, chosen=(COLLECT,), lines=(Line(0, draft, outcome),))
    result = collection.step(paid)
    assert isinstance(result, Finish)  # noqa: S101
    return {
        "payout": serving(offer, asked),
        "payout-done": finished(collection.id, paid, result),
        "saga-refused": finished("housing-fund-withdrawal", known(), partly_undone()),
    }


def partly_undone() -> Finish:
    """Three departments were asked, the third refused, the others undid their part."""
    steps = (
        ("核验身份", "Identity checked", "done", Certainty.CONFIRMED),
        ("公积金中心扣减", "Taken from the housing fund", "undone", Certainty.REFUSED),
        ("银行入账", "Paid into the bank account", "failed", Certainty.REFUSED),
    )
    lines = tuple(
        LineView(both(zh, en), Text(f"catalogue.step.{outcome}"), tone) for zh, en, outcome, tone in steps
    )
    return Finish(
        Certainty.REFUSED,
        Text("catalogue.refused"),
        None,
        lines,
        Text("fault.payment.account_not_active"),
        Text("fault.payment.account_not_active.next"),
    )


def parties() -> dict[str, Stage]:
    """Members of the party so far, and many of them; one with the longest name a card can hold."""
    guests = tuple(
        LineView(
            LONGEST_NAME if number == 1 else f"客*{number}",
            both("证件已核验", "Document verified") if number else both("登记人", "Registered first"),
            Certainty.CONFIRMED,
            "person",
        )
        for number in range(MOST_GUESTS)
    )
    ways = (
        Option("hotel.by-hand", both("没有卡，手工登记", "No card: type it in"), "form"),
        Option("hotel.all-here", both("人到齐了", "Everybody is here"), "tick"),
    )
    present = Present(both("请下一位客人刷卡", "The next guest's card, please"), True, ways, guests[:2])
    rooms = tuple(
        Option(f"room-{8000 + number}", both(f"{8000 + number} 房", f"Room {8000 + number}"), "bed")
        for number in range(6)
    )
    until = (TODAY + timedelta(days=2)).isoformat()
    checked_in = Finish(
        Certainty.CONFIRMED,
        both("入住登记完成", "Checked in"),
        both("8206 房", "Room 8206"),
        guests,
        None,
        both(f"住到 {until}，无线网 bz8206 / 20261123", f"Until {until}; Wi-Fi bz8206 / 20261123"),
    )
    return {
        "party": serving(present),
        "party-12": serving(replace(present, lines=guests)),
        "rooms": serving(Choose(both("选一间房", "Choose a room"), rooms)),
        "checked-in": finished("hotel", known(LONGEST_NAME), checked_in),
    }


def rides() -> dict[str, Stage]:
    """A glance: fare, saving; the refusal with its reason."""
    free, paid = Text("bus.free"), Text("bus.paid")
    one_fen = text("money", amount="0.01")
    saved = text("bus.saved", amount="1.99")
    refused = Finish(
        Certainty.REFUSED,
        Text("catalogue.refused"),
        None,
        reason=Text("fault.bus.not_validated"),
        next_step=Text("fault.bus.not_validated.next"),
    )
    held = Finish(
        Certainty.CONFIRMED,
        Text("bus.held"),
        text("money", amount="9.00"),
        (),
        None,
        Text("bus.tap_off"),
        False,
    )
    return {
        "ride-one-fen": finished(
            "bus", known(), Finish(Certainty.CONFIRMED, paid, one_fen, (), None, saved, False)
        ),
        "ride-free": finished(
            "bus",
            known(),
            Finish(Certainty.CONFIRMED, free, text("money", amount="0.00"), (), None, saved, False),
        ),
        "ride-held": finished("bus", known(), held),
        "ride-refused": finished("bus", known(), refused),
    }


def answers() -> dict[str, Stage]:
    """A long application's number, rows of a query, an application looked over."""
    rows = tuple(
        LineView(
            both(zh, en),
            text("catalogue.amount", amount=f"{fen / 100:,.2f}", period="  2026-11"),
            Certainty.CONFIRMED,
            icon,
        )
        for zh, en, fen, icon in SUBSIDIES * 3
    )
    queried = Finish(Certainty.CONFIRMED, both("到账的补贴", "Subsidies received"), None, rows, None, None)
    number = text("application.number", number="2026-11-0004711")
    applied = Finish(
        Certainty.ACCEPTED,
        text("application.done.accepted"),
        number,
        (
            LineView(
                both("高层次人才购房补贴申请", "Housing subsidy for qualified people"),
                NOBODY,
                Certainty.ACCEPTED,
            ),
        ),
        None,
        text("application.answer_by", day=str(date(2026, 12, 21))),
    )
    look_over = Choose(
        text("application.look_over"),
        (Option("application.hand-in", text("application.hand_in"), "tick"),),
        tuple(
            LineView(both(zh, en), both(LONGEST_NAME, LONGEST_NAME), Certainty.CONFIRMED)
            for zh, en, *_ in SUBSIDIES
        ),
        text("application.fee", amount="120.00"),
    )
    return {
        "query-12": finished("my-subsidies", known(), queried),
        "applied": finished("application", known(), applied),
        "look-over": serving(look_over),
        **looked_through(),
    }


def looked_through() -> dict[str, Stage]:
    """A service that is not for this person, a place in a queue, and an account opened within its time."""
    bus = service("bus-senior")
    asked = replace(known(), answers=(("may", {"refusal": "catalogue.not_for_you"}),))
    refused = bus.step(asked)
    assert isinstance(refused, Finish)  # noqa: S101 (what somebody else is shown)
    window: dict[str, JsonValue] = {"zh": "婚姻登记窗口", "en": "Marriage registration window"}
    told: tuple[tuple[str, JsonValue], ...] = (
        ("ahead", 12),
        ("answer_by", "2026-11-24"),
        ("number", "20261123000047"),
        ("queue", 108),
        ("window", window),
    )
    handed_in = replace(known(), lines=(confirmed_line("marriage-booking", "apply", told),))
    queued = service("marriage-booking").step(handed_in)
    assert isinstance(queued, Finish)  # noqa: S101
    bank: tuple[tuple[str, JsonValue], ...] = (
        ("en", "Rural Bank"),
        ("ending", "0057"),
        ("zh", "合作银行"),
    )
    opened = replace(
        known(),
        begun_at=NOON,
        now=NOON + timedelta(seconds=87),
        lines=(confirmed_line("activate-account", "activate", bank),),
    )
    activated = service("activate-account").step(opened)
    assert isinstance(activated, Finish)  # noqa: S101
    return {
        "not-for-you": finished("bus-senior", asked, refused),
        "applied-queue": finished("marriage-booking", handed_in, queued),
        "activated": finished("activate-account", opened, activated),
    }


def confirmed_line(name: str, action: str, told: tuple[tuple[str, JsonValue], ...]) -> Line:
    return Line(0, Draft(name, action), SubmissionOutcome(Certainty.CONFIRMED, "0193", data=told))


def service_specimens() -> dict[str, Stage]:
    """By name, in the order of a visit."""
    return {
        "many-services": ChoosingService(known()),
        "many-services-group": ChoosingService(known(), "group:employment"),
        "search": ChoosingService(known(), typed=""),
        "search-found": ChoosingService(known(), typed="B"),
        "search-none": ChoosingService(known(), typed="QQQQ"),
        **forms(),
        **pins(),
        **payouts(),
        **parties(),
        **rides(),
        **answers(),
        **card_office_specimens(),
    }


def every_specimen() -> dict[str, Counter]:
    """The screens of a visit and those of the services."""
    ready = Counter(readers=("Desk",))
    return {
        **specimens(),
        **{name: replace(ready, stage=stage) for name, stage in service_specimens().items()},
    }
