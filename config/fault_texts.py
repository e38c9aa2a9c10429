"""Texts of each fault code for the person, the clerk and the operator, from ``config/fault_codes/``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict


class FaultText(BaseModel):
    """``zh`` and ``en`` say what happened, ``next_…`` what to do now; ``hint`` is for staff."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Literal["notice", "refusal", "outage"]
    who: Literal["person", "clerk", "operator"]
    zh: str
    en: str
    next_zh: str
    next_en: str
    hint: str
    hint_zh: str = ""
    """The hint in Chinese; without one, staff are shown what the person is shown."""


@cache
def fault_texts() -> dict[str, FaultText]:
    """Every listed code with its texts. A code is ``area.name``; each area has a file of its own."""
    texts = {}
    for file in (resources.files("config") / "fault_codes").iterdir():
        if file.name.endswith(".toml"):
            for area, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for name, entry in entries.items():
                    texts[f"{area}.{name}"] = FaultText.model_validate(entry)
    return texts


def told_to_staff(code: str, detail: str = "", *, chinese: bool) -> str:
    """Description of a fault and the next step for staff, with the code; the code alone when it is not
    listed.
    """
    text = fault_texts().get(code)
    shown = f"{code}: {detail}" if detail else code
    if text is None:
        return shown
    if chinese and text.hint_zh:
        return f"{text.hint_zh}（{shown}）"
    return f"{text.zh}{text.next_zh}（{shown}）" if chinese else f"{text.hint} ({shown})"
