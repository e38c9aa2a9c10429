"""A house's day on the desk's own screen, for staff: arrivals, guests, departures, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from terminal.services.catalogue.base import chosen, refusal
from terminal.visit.steps import Certainty, Choose, Facts, LineView, Look, Option, Step, Text, both, text

PAGE = "day."
PAGES = (("arrivals", "bed"), ("inside", "people"), ("departures", "leave"), ("log", "form"))
Row = Mapping[str, Any]


def today(facts: Facts) -> Step:
    """One page at a time; the register's standing is the largest thing on each."""
    answer = facts.answer("today")
    if answer is None:
        return Look("today", "hotel")
    if reason := answer.get("refusal"):
        return refusal(str(reason))
    page = chosen(facts, PAGE) or PAGES[0][0]
    options = tuple(
        Option(PAGE + name, text(f"hotel.day.{name}", count=str(len(rows(answer, name)))), picture)
        for name, picture in PAGES
        if name != page
    )
    found = rows(answer, page)
    lines = tuple(VIEWS[page](row) for row in found)
    question = text(f"hotel.day.{page}" if found else f"hotel.day.{page}.none", count=str(len(found)))
    return Choose(question, options, lines, register(answer))


def register(answer: Row) -> Text:
    """Whether the register of guests has heard of everybody, and by when it must."""
    told = answer.get("register")
    standing: Row = told if isinstance(told, dict) else {}
    waiting, late = str(standing.get("waiting", 0)), str(standing.get("late", 0))
    if standing.get("late"):
        return text("hotel.register.late", late=late, waiting=waiting)
    if standing.get("waiting"):
        return text("hotel.register.waiting", waiting=waiting, due=str(standing.get("next_due")))
    return text("hotel.register.told")


def rows(answer: Row, name: str) -> tuple[Row, ...]:
    found = answer.get(name)
    return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def title(row: Row) -> Text:
    words = f"{row.get('room', '')}  {row.get('name', '')}"
    return both(words, words)


def arrival(row: Row) -> LineView:
    certainty = Certainty.ACCEPTED if row.get("late") else Certainty.WAITING
    note = text(
        "hotel.day.arrival_late" if row.get("late") else "hotel.day.arrival",
        guests=str(row.get("guests", "")),
        day=str(row.get("until", "")),
    )
    return LineView(title(row), note, certainty, "bed")


def guest(row: Row) -> LineView:
    typed = row.get("trust") == "none"
    note = text("hotel.day.until_typed" if typed else "hotel.until", day=str(row.get("until", "")))
    overdue = bool(row.get("overdue"))
    return LineView(title(row), note, Certainty.REFUSED if overdue else Certainty.CONFIRMED, "person")


def departure(row: Row) -> LineView:
    if left := row.get("left"):
        return LineView(title(row), text("hotel.day.left", at=str(left)), Certainty.CONFIRMED, "leave")
    if row.get("overdue"):
        return LineView(title(row), text("hotel.day.overdue"), Certainty.REFUSED, "clock")
    return LineView(title(row), text("hotel.day.to_leave"), Certainty.WAITING, "clock")


def done(row: Row) -> LineView:
    """When, who (a clerk, or the guest alone), what, and how far the guest was proved; or why it was not."""
    clerk = str(row.get("clerk") or "")
    at, room, name = (str(row.get(each) or "") for each in ("at", "room", "name"))
    if clerk:
        heading = text("hotel.did.clerk", at=at, room=room, name=name, clerk=clerk)
    else:
        heading = text("hotel.did.self", at=at, room=room, name=name)
    picture = TRUST.get(str(row.get("trust")), "card")
    if code := row.get("code"):
        return LineView(heading, Text(f"fault.{code}"), Certainty.REFUSED, picture)
    certainty = Certainty.ACCEPTED if row.get("offline") else Certainty.CONFIRMED
    typed = ".typed" if row.get("typed") and row.get("action") == "check-in" else ""
    return LineView(heading, Text(f"hotel.did.{row.get('action')}{typed}"), certainty, picture)


TRUST = {"none": "form", "read": "card", "verified": "shield", "holder": "shield"}
VIEWS = {"arrivals": arrival, "inside": guest, "departures": departure, "log": done}
