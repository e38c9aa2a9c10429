"""Where a department answers applications: its own only, papers beside them, every look on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import Response
from sqlalchemy import Connection, Row, func, select

from central.city.naming import department_of, service_name
from central.city_of import city_of
from central.departments.catalogue.application import NoSuchApplication, decide
from central.departments.tables import application, attachment
from central.officials import trail
from central.officials.door import SECURITY_HEADERS, Door, SentElsewhere, address_of, language_of, texts
from central.officials.roles import Official, Right
from central.officials.sessions import Session
from central.tables import holder
from config.catalogue.entries import Application, Name
from config.catalogue.loading import Catalogue
from domain.masking import mask_name, mask_number

PLACE = "/overview/applications"
MOST = 200
"""Of those that wait, the first to be answered."""
GRANT = "grant"
LEAST_REASON = 2
SHOWN_OF_PHONE = 3, 4

Word = Annotated[str, Form(max_length=64)]


def add_application_pages(application: FastAPI, door: Door, known: Callable[[], Catalogue]) -> None:
    """``known``: the catalogue in force, which says whose a service is and which papers it asks for."""

    def theirs(request: Request, session: Session, number: str) -> Row[Any]:
        """An application that waits for this official's answer. Raises ``SentElsewhere``."""
        with door.database.read() as connection:
            found = waiting(connection, number)
        if found is None:
            raise SentElsewhere(listed(request, session, texts()["too_late"][language_of(request)]))
        if not session.official.may_decide(department_of(found.service, known())):
            raise SentElsewhere(door.turned_away(request, session))
        return found

    def one(
        request: Request, session: Session, found: Row[Any], status: int = 200, message: str = ""
    ) -> Response:
        with door.database.read() as connection:
            shown = _shown(connection, found, known(), language_of(request))
        values: dict[str, object] = {"here": "applications", "found": shown, "message": message}
        return door.page(request, "application.html", session, status, **values)

    def listed(request: Request, session: Session, message: str = "") -> Response:
        language = language_of(request)
        with door.database.read() as connection:
            rows = list(_rows(connection, session.official, known(), language))
        values: dict[str, object] = {"here": "applications", "rows": rows, "message": message}
        return door.page(request, "applications.html", session, 200, **values)

    @application.get(PLACE, include_in_schema=False)
    def everything(request: Request) -> Response:
        return listed(request, door.let_in(request, Right.APPLICATIONS))

    @application.get(PLACE + "/{number}", include_in_schema=False)
    def look(request: Request, number: str) -> Response:
        session = door.let_in(request, Right.APPLICATIONS)
        found = theirs(request, session, number)
        door.note(request, session, "looked_at_application", number)
        return one(request, session, found)

    @application.get(PLACE + "/{number}/papers/{paper}", include_in_schema=False)
    def picture(request: Request, number: str, paper: str) -> Response:
        session = door.let_in(request, Right.APPLICATIONS)
        query = select(attachment.c.picture, attachment.c.service)
        named = (attachment.c.application == number, attachment.c.paper == paper)
        with door.database.read() as connection:
            found = connection.execute(query.where(*named)).first()
        if found is None or not session.official.may_decide(department_of(found.service, known())):
            return door.turned_away(request, session)
        door.note(request, session, "looked_at_paper", f"{number} {paper}")
        return Response(found.picture, media_type="image/jpeg", headers=SECURITY_HEADERS)

    @application.post(PLACE + "/{number}", include_in_schema=False)
    def answer(
        request: Request, number: str, answer: Word, reason: Word = "", form_key: Word = ""
    ) -> Response:
        session = door.let_in(request, Right.APPLICATIONS)
        door.check_form(request, session, form_key)
        language, said, granted = language_of(request), reason.strip()[:40], answer == GRANT
        found = theirs(request, session, number)
        if not granted and len(said) < LEAST_REASON:
            return one(request, session, found, 400, texts()["reason_missing"][language])
        who, name = session.official.name, Name.model_construct(zh=said, en=said)
        did, address = "granted" if granted else "declined", address_of(request)

        def work(connection: Connection) -> None:
            decide(connection, number, granted=granted, said=name, by=who, now=door.now())
            trail.note(connection, who, did, door.now(), detail=number, address=address)

        try:
            door.database.write(work)
        except NoSuchApplication:
            return listed(request, session, texts()["too_late"][language])
        return listed(request, session, texts()["answered_note"][language])


def waiting(connection: Connection, number: str) -> Row[Any] | None:
    """An application that has no answer yet, and whose it is."""
    query = (
        select(application, holder.c.name, holder.c.social_security_number)
        .join(holder, holder.c.subject == application.c.subject)
        .where(application.c.number == number, application.c.status == "received")
    )
    return connection.execute(query).one_or_none()


def _rows(
    connection: Connection, official: Official, known: Catalogue, language: str
) -> Iterator[dict[str, str]]:
    """Applications that this official may answer, oldest first."""
    theirs = [
        id
        for id, entry in known.services.items()
        if isinstance(entry, Application) and official.may_decide(department_of(id, known))
    ]
    papers = (
        select(func.count())
        .where(attachment.c.application == application.c.number)
        .scalar_subquery()
        .label("papers")
    )
    query = (
        select(application, holder.c.name, papers)
        .join(holder, holder.c.subject == application.c.subject)
        .where(application.c.status == "received", application.c.service.in_(theirs))
        .order_by(application.c.answer_by, application.c.number)
        .limit(MOST)
    )
    for each in connection.execute(query):
        yield {
            "number": each.number,
            "service": str(getattr(service_name(each.service, known), language)),
            "applicant": mask_name(each.name),
            "at": f"{each.at.astimezone(city_of(connection).zone):%Y-%m-%d %H:%M}",
            "answer_by": each.answer_by.isoformat(),
            "papers": str(each.papers) if each.papers else "",
        }


def _shown(connection: Connection, found: Row[Any], known: Catalogue, language: str) -> dict[str, Any]:
    entry = known.services.get(found.service)
    fields = entry.fields if isinstance(entry, Application) else ()
    asked = entry.photographed if isinstance(entry, Application) else ()
    mine = select(attachment.c.paper).where(attachment.c.application == found.number)
    there = set(connection.execute(mine).scalars())
    return {
        "number": found.number,
        "service": str(getattr(service_name(found.service, known), language)),
        "applicant": mask_name(found.name),
        "applicant_number": mask_number(found.social_security_number),
        "at": f"{found.at.astimezone(city_of(connection).zone):%Y-%m-%d %H:%M}",
        "answer_by": found.answer_by.isoformat(),
        "fields": [
            (getattr(each.label, language), _field(each.kind, str(found.fields.get(each.id, ""))))
            for each in fields
        ],
        "papers": [
            {"id": each.id, "name": getattr(each.name, language), "there": each.id in there} for each in asked
        ],
    }


def _field(kind: str, typed: str) -> str:
    """Numbers of people and telephones are masked here as everywhere."""
    if kind == "identity":
        return mask_number(typed)
    if kind == "phone":
        first, last = SHOWN_OF_PHONE
        return f"{typed[:first]}****{typed[-last:]}" if len(typed) > first + last else typed
    return typed
