"""Staff terms: business, fields, ages of waiting items. Pure."""

from __future__ import annotations

from datetime import timedelta

from terminal.visit.steps import ServiceSet, Text, both, text

NAMED_HERE = {
    "library": ("borrow", "return", "renew", "pay"),
    "hotel": ("check-in", "check-out", "extend", "change-room"),
    "bus": ("ride",),
}
"""Services with more than one action; the others are known by their own name."""
FIELDS = ("barcode", "title", "due_date", "room")


def business(services: ServiceSet, service: str, action: str) -> Text:
    """Name of an action, in words."""
    if action in NAMED_HERE.get(service, ()):
        return Text(f"staff.business.{service}.{action}")
    known = services.get(service)
    name = f"{service}.{action}"
    return known.label if known else both(name, name)


def picture(services: ServiceSet, service: str) -> str:
    known = services.get(service)
    return known.picture if known else "form"


def field(name: str) -> Text:
    """A field of a body by its name."""
    return Text(f"staff.field.{name}") if name in FIELDS else both(name, name)


def age(since: timedelta) -> Text:
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return text("staff.age.now")
    if minutes < 60:
        return text("staff.age.minutes", count=str(minutes))
    if minutes < 48 * 60:
        return text("staff.age.hours", count=str(minutes // 60))
    return text("staff.age.days", count=str(minutes // (24 * 60)))
