"""The page where departments fetch their transactions: their own only, and every file is on record."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from central.city.naming import departments
from central.exports import transactions
from central.exports.transactions import ExportRefused, ParquetMissing
from central.officials.door import SECURITY_HEADERS, Door, language_of, message_of
from central.officials.roles import Right
from central.officials.sessions import Session
from config.catalogue.loading import Catalogue

PLACE = "/overview/exports"
KINDS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
WEEK = timedelta(days=6)

Word = Annotated[str, Form(max_length=64)]


def add_export_pages(application: FastAPI, door: Door, known: Callable[[], Catalogue]) -> None:
    """``known``: the catalogue in force, which says whose a service is."""

    def shown(request: Request, session: Session, status: int = 200, message: str = "") -> Response:
        language = language_of(request)
        named = {
            id: getattr(name, language)
            for id, name in departments(known()).items()
            if session.official.may_export(id)
        }
        today = door.database.city.day(door.now())
        values: dict[str, object] = {"here": "exports", "departments": named, "message": message}
        values |= {"first": (today - WEEK).isoformat(), "last": today.isoformat()}
        values |= {"formats": transactions.FORMATS, "longest": transactions.LONGEST_DAYS}
        return door.page(request, "exports.html", session, status, **values)

    @application.get(PLACE, include_in_schema=False)
    def form(request: Request) -> Response:
        return shown(request, door.let_in(request, Right.EXPORTS))

    @application.post(PLACE, include_in_schema=False)
    def export(
        request: Request, department: Word, first: Word, last: Word, form: Word, form_key: Word = ""
    ) -> Response:
        session = door.let_in(request, Right.EXPORTS)
        door.check_form(request, session, form_key)
        if not session.official.may_export(department):
            return door.turned_away(request, session)
        file = Path(tempfile.mkdtemp(prefix="export-")) / "export"
        try:
            days = date.fromisoformat(first), date.fromisoformat(last)
            with door.database.read() as connection:
                found = transactions.rows(connection, department, *days, secrets.token_bytes(32), known())
                count = transactions.write(found, file, form, door.database.city.zone)
        except (ExportRefused, ParquetMissing) as fault:
            _remove(file)
            return shown(request, session, 400, message_of(fault.code, request))
        except ValueError:
            _remove(file)
            return shown(request, session, 400, message_of(ExportRefused.code, request))
        door.note(request, session, "exported", f"{department} {first} {last} {form}: {count}")
        return FileResponse(
            file,
            headers=SECURITY_HEADERS,
            media_type=KINDS[form],
            filename=f"{department}-{first}-{last}.{form}",
            background=BackgroundTask(_remove, file),
        )


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.parent.rmdir()
