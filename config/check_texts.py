"""Texts of the self-tests, from ``config/check_texts.toml``: one source for the doctor and the screens."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict


class CheckText(BaseModel):
    """One sentence in both languages, with ``{names}`` of what is filled in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


@cache
def check_texts() -> dict[str, CheckText]:
    """Every sentence by ``check.finding``."""
    file = resources.files("config") / "check_texts.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        f"{check}.{finding}": CheckText.model_validate(text)
        for check, findings in tables.items()
        for finding, text in findings.items()
    }
