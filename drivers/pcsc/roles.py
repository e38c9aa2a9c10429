"""Roles of reader slots, from their PC/SC names alone.

A name has the vendor and product of the device, often the interface in brackets and a serial number in
parentheses, and two hexadecimal numbers, of the interface and of the slot (pcsc-lite), or one decimal
number (Windows names in lists of settings). Vendors mark slots by words; some devices by the slot number
only, which ``SLOTS_BY_MODEL`` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a slot touches a card."""

    CONTACT = "contact"
    CONTACTLESS = "contactless"
    SAM = "sam"
    UNKNOWN = "unknown"


class Role(Enum):
    """Who lays cards into a slot."""

    PUBLIC = "public"
    SAM = "sam"
    TOKEN = "token"  # noqa: S105 (a kind of device)
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True)
class Slot:
    """One PC/SC reader. ``device`` is equal for slots of one device; ``number`` counts them from 0."""

    name: str
    device: str
    number: int
    kind: Kind
    role: Role


_NUMBERS = re.compile(r"\s+(?P<interface>[0-9A-Fa-f]{2})\s+(?P<slot>[0-9A-Fa-f]{2})$")
_WINDOWS_NUMBER = re.compile(r"\s+\d{1,2}$")
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_SERIAL = re.compile(r"\(([^)]*)\)")

_SAM = re.compile(r"\b(?:SAM|PSAM|ISAM)(?:[\s_-]*(?:slot|AV\d|[A-D]|\d))?\b|\bSAM\d|[_-]SAM\b", re.IGNORECASE)
_SAM_COUNT = re.compile(
    r"\b\dS\b|\b\d\s?SAM\b|[+&]\s?SAM\b|\bSAM[\s-]?(?:ready|reader module)\b", re.IGNORECASE
)
"""``1S``, ``4SAM`` and ``+ SAM`` count SAM slots behind the first slots; they do not name this slot."""
_CONTACTLESS = re.compile(
    r"\bNFC\b|\bRFID\b|\bRF\b|\bprox\b|PR53\d|\bFeliCa\b|\bPaSoRi\b|\bRC-S\d|ACR122"
    r"|OMNIKEY.*5(?:02\d|325|[14]27)|\bHF\b|TWN4"
    r"|SCL37\d\d|SCL01\d|\bPN53\d",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\bSCR\s?3?\d|\bACR\s?3\d|\bAU95\d\d|\bGemPC|PC Twin|smart\s?card|CardMan|SmartTerminal|cyberJack",
    re.IGNORECASE,
)
_SAYS_CONTACTLESS = re.compile(r"\bPICC\b|contact[\s_-]?less|\d?CL\b", re.IGNORECASE)
_SAYS_CONTACT = re.compile(r"\bcontact(?:ed)?(?:\b|_)|\bICC\b", re.IGNORECASE)
"""Words for the interface itself; the other words are models and makers that have one kind of slot."""
_DUAL = re.compile(r"\bdual\b|\bcombi\b|SDI01|SCR331-DI|Prox-?DU|\bDI\b", re.IGNORECASE)
_VIRTUAL = re.compile(
    r"virtual|\bvpcd\b|\bvpicc\b|\bvicc\b|\bqemu\b|\bvmware\b|simulat|emulat|\bremote\b|parallels|jcardsim|\bifdh?-?test",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"yubikey|yubico|nitrokey|\betoken\b|\btoken\b|epass\d|rutoken|jacarta|solokey|\bsolo\b.*key|trustkey|hypersecu"
    r"|\bpiv\s?(?:key|token)|onlykey|gnuk|canokey|ledger|trezor|cryptnox|safenet|idbridge k|usb shell"
    r"|fido|hsm|watchkey|longmai|smartkey|\bu-?key|\busb[\s-]?key\b|\bsim (?:modem|card reader module)\b",
    re.IGNORECASE,
)
_READER = re.compile(r"reader$", re.IGNORECASE)
"""Makers of tokens make readers too, and call them so."""

SLOTS_BY_MODEL: tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds)
    for pattern, kinds in (
        (r"ACR128[18].*|ACR1281|ACR1280", (Kind.CONTACT, Kind.CONTACTLESS, Kind.SAM)),
        (r"ACR1283", (Kind.CONTACTLESS, Kind.SAM, Kind.SAM, Kind.SAM, Kind.SAM)),
        (r"ACR1222.*Dual", (Kind.CONTACT, Kind.CONTACTLESS, Kind.SAM)),
        (r"ACR12(?:22|51|52|55)", (Kind.CONTACTLESS, Kind.SAM, Kind.SAM, Kind.SAM)),
        (r"R502", (Kind.CONTACTLESS, Kind.CONTACT, Kind.SAM, Kind.SAM)),
        (r"SCR331-DI|SDI01\d", (Kind.CONTACT, Kind.CONTACTLESS)),
        (r"CardMan 5[13]21|OMNIKEY.*5(?:[13]21|[14]22)", (Kind.CONTACT, Kind.CONTACTLESS)),
        (r"Prox-?DU", (Kind.CONTACTLESS, Kind.CONTACT)),
    )
)
"""Kinds by slot number, for devices whose slots have one name (vendors' manuals)."""


def classify(names: Iterable[str]) -> tuple[Slot, ...]:
    """The slots behind these names, in their order."""
    return tuple(_slot(name) for name in names)


def public_readers(names: Iterable[str]) -> tuple[str, ...]:
    """Names of slots that citizens lay cards into: neither SAM slots, nor tokens, nor virtual readers."""
    return tuple(slot.name for slot in classify(names) if slot.role is Role.PUBLIC)


def is_virtual(name: str) -> bool:
    return _VIRTUAL.search(name) is not None


def _slot(name: str) -> Slot:
    numbers = _NUMBERS.search(name)
    number = int(numbers["slot"], 16) if numbers else 0
    base = _WINDOWS_NUMBER.sub("", name[: numbers.start()] if numbers else name)
    kind = _kind(base, number)
    return Slot(name, _device(base), number, kind, _role(base, kind))


def _role(base: str, kind: Kind) -> Role:
    if is_virtual(base):
        return Role.VIRTUAL
    if kind is Kind.SAM:
        return Role.SAM
    return Role.TOKEN if _TOKEN.search(base) and not _READER.search(base) else Role.PUBLIC


def _kind(base: str, number: int) -> Kind:
    """The interface in brackets decides, then the words before them, then the number of the slot."""
    interface = " ".join(_BRACKETS.findall(base))
    own = _SERIAL.sub("", _BRACKETS.sub("", base))
    for text in (interface, own):
        found = _named_kind(text, number)
        if found is not Kind.UNKNOWN:
            return found
    return Kind.UNKNOWN


def _named_kind(text: str, number: int) -> Kind:
    if not text:
        return Kind.UNKNOWN
    plain = _SAM_COUNT.sub(" ", text)
    if plain != text and number >= (2 if _DUAL.search(plain) else 1):
        return Kind.SAM
    if _SAM.search(plain):
        return Kind.SAM
    if _SAYS_CONTACTLESS.search(plain) and not _DUAL.search(plain):
        return _by_model(text, number, Kind.CONTACTLESS)
    if _SAYS_CONTACT.search(plain):
        return _by_model(text, number, Kind.CONTACT)
    modelled = _by_model(text, number, Kind.UNKNOWN)
    if modelled is not Kind.UNKNOWN:
        return modelled
    if _DUAL.search(plain):
        return (Kind.CONTACT, Kind.CONTACTLESS)[number] if number < 2 else Kind.SAM
    if _CONTACTLESS.search(plain):
        return Kind.CONTACTLESS if number == 0 else Kind.UNKNOWN
    return Kind.CONTACT if _CONTACT.search(plain) else Kind.UNKNOWN


def _by_model(text: str, number: int, otherwise: Kind) -> Kind:
    """A word for the interface stands for slot 0; further slots of the model are what the table says."""
    if otherwise is not Kind.UNKNOWN and number == 0:
        return otherwise
    for pattern, kinds in SLOTS_BY_MODEL:
        if pattern.search(text):
            return kinds[number] if number < len(kinds) else Kind.UNKNOWN
    return otherwise


def _device(base: str) -> str:
    """Product and serial number, without what names one of its interfaces."""
    serial = " ".join(_SERIAL.findall(base))
    own = _SERIAL.sub("", _BRACKETS.sub("", base))
    words = [word for word in own.split() if not _is_interface_word(word)]
    return " ".join(words).casefold() + (f" ({serial})" if serial else "")


def _is_interface_word(word: str) -> bool:
    plain = word.strip("_-").casefold()
    return plain in {
        "contact",
        "contacted",
        "contactless",
        "picc",
        "icc",
        "cl",
        "nfc",
        "sam",
        "interface",
    } or bool(re.fullmatch(r"sam\d?|\d", plain))


def partners_of(names: Iterable[str]) -> dict[str, str]:
    """The contact slot of each contactless one of the same device, and the other way round.

    Two devices of one model without serial numbers stand one after the other in the list.
    """
    slots: dict[str, dict[Kind, list[str]]] = {}
    for slot in classify(names):
        if slot.kind in (Kind.CONTACT, Kind.CONTACTLESS):
            slots.setdefault(slot.device, {}).setdefault(slot.kind, []).append(slot.name)
    pairs: dict[str, str] = {}
    for kinds in slots.values():
        for one, other in zip(kinds.get(Kind.CONTACT, []), kinds.get(Kind.CONTACTLESS, []), strict=False):
            pairs |= {one: other, other: one}
    return pairs
