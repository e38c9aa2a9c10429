"""State reports of terminals, so that the operator of thousands sees which need attention.

``POST /v1/terminal-states``. Only the newest of each terminal is kept. It holds no personal data.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from domain.messages.bounds import plain_text
from domain.messages.contract import Message, PlausibleTime, ShortText

MOST_TROUBLES = 20
LONGEST_SENTENCE = 300

Sentence = Annotated[str, Field(min_length=1, max_length=LONGEST_SENTENCE), AfterValidator(plain_text)]


class TroubleTold(Message):
    """One thing that is not well, by the name of its self-test; what to do stands in both languages."""

    name: ShortText
    zh: Sentence
    en: Sentence


class TerminalState(Message):
    """``out_of_service``: the code of why it takes no business at all, empty while it does."""

    terminal: ShortText
    version: ShortText
    started_at: PlausibleTime
    out_of_service: Annotated[str, Field(max_length=64), AfterValidator(plain_text)] = ""
    troubles: Annotated[tuple[TroubleTold, ...], Field(max_length=MOST_TROUBLES)] = ()


class StateNoted(Message):
    server_time: AwareDatetime
