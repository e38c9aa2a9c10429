"""Questions of terminals that book nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import Connection

from central.departments.department import Department, Enquiry
from central.holders import KNOWN_FOR, holder_known_to
from central.unidentified import Unidentified
from domain.messages.contract import Question


def answer(
    connection: Connection, question: Question, departments: Mapping[str, Department], now: datetime
) -> dict[str, JsonValue]:
    """Raises ``Unidentified`` with the reason when this is not answered to this terminal."""
    department = departments.get(question.service)
    if department is None:
        raise Unidentified("central.service_unknown")
    subject = ""
    if question.subject is not None:
        subject = holder_known_to(connection, question.subject, question.terminal, now - KNOWN_FOR)
    found = department.ask(connection, Enquiry(question.name, subject, question.body, question.terminal, now))
    if found is None:
        raise Unidentified("central.action_unknown")
    return found
