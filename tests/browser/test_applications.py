"""A department answers applications on its page: its own only, papers looked at, everything masked and on
record; and a service that was delivered to the centre has its own name there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from central.database import Database
from central.departments.chosen import departments_from
from central.departments.published import LOOK_S, CatalogueInForce
from central.departments.tables import application
from central.fleet.administration import administer
from central.officials.tables import audit
from drivers.central.client import CentralClient
from tests.browser.driver import Browser
from tests.browser.officials import account, enter, now
from tests.catalogue_files import BEES
from tests.cities import personas
from tests.integration.central.catalogue_desk import CatalogueDesk
from tests.integration.central.served import served
from tests.integration.central.test_attachments import FIELDS, PAPER, SERVICE, WHO, of, paper

REASON = "户口簿看不清"


pytestmark = pytest.mark.usefixtures("forgotten")


def handed_in(database: Database, centre: str) -> str:
    """The number of an application with one photographed paper."""
    desk = CatalogueDesk(database, now=now())
    picture = of(desk.seen(WHO), paper())
    CentralClient(centre).attach(picture, 8000)
    result = desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures={PAPER: picture.sha256})
    assert result.outcome.value == "confirmed", result
    return str(result.data["number"])


def deeds(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as connection:
        return [
            (row.who, row.did, row.detail) for row in connection.execute(select(audit).order_by(audit.c.id))
        ]


def test_a_department_looks_at_the_papers_and_returns_an_application_with_a_reason(
    window: Browser, centre: str, database: Database
) -> None:
    number = handed_in(database, centre)
    account(database, "li", "department", "education")
    enter(window, centre, "li")
    window.open(f"{centre}/overview/applications")
    assert "义务教育入学报名" in window.text
    window.submit(f"a[href$='{number}']")
    drawn = "const i = document.querySelector('.sheets img'); return i.complete && i.naturalWidth"
    assert window.wait_for(lambda: window.run(drawn)) == 1280
    person = personas()[WHO]
    for said in (person.name, person.social_security_number, FIELDS["phone"]):
        assert said not in window.source
    assert "138****0000" in window.text
    window.submit("button[value=decline]")
    assert "请写明原因" in window.text
    window.type("#reason", REASON)
    window.submit("button[value=decline]")
    assert "没有等待答复的申请" in window.text
    with database.read() as connection:
        row = connection.execute(select(application).where(application.c.number == number)).one()
    assert (row.status, row.said_zh, row.decided_by) == ("refused", REASON, "li")
    done = deeds(database)
    assert ("li", "looked_at_application", number) in done
    assert ("li", "looked_at_paper", f"{number} {PAPER}") in done
    assert ("li", "declined", number) in done
    window.open(f"{centre}/overview/applications/{number}")
    assert "已经答复过了" in window.text


def test_nobody_else_sees_an_application_or_its_papers(
    window: Browser, centre: str, database: Database
) -> None:
    number = handed_in(database, centre)
    for name, role, department in (("wall", "viewer", ""), ("wang", "department", "transport")):
        account(database, name, role, department)
        enter(window, centre, name)
        for place in (f"/{number}", f"/{number}/papers/{PAPER}"):
            window.open(f"{centre}/overview/applications{place}")
            assert personas()[WHO].name[0] not in window.text
            assert (name, "not_allowed", f"/overview/applications{place}") in deeds(database)
        window.open(f"{centre}/overview/applications")
        assert number not in window.text
        window.forget()
    window.open(f"{centre}/overview/applications/{number}/papers/{PAPER}")
    assert window.address.endswith("/overview/sign-in")
    account(database, "chen", "administrator")
    enter(window, centre, "chen")
    window.open(f"{centre}/overview/applications/{number}")
    window.submit("button[value=grant]")
    with database.read() as connection:
        row = connection.execute(select(application).where(application.c.number == number)).one()
    assert (row.status, row.decided_by) == ("granted", "chen")


def test_a_service_that_was_delivered_is_called_by_its_name(
    window: Browser, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "beekeeping.toml").write_text(BEES, encoding="utf-8")
    url = database.engine.url.render_as_string(hide_password=False)
    seconds = iter((0.0, LOOK_S / 2, LOOK_S))
    known = CatalogueInForce(database, lambda: next(seconds))
    assert "bee-registration" not in known().services
    administer(url, tmp_path / "keys", "catalogue", [str(folder)])
    assert "bee-registration" not in known().services
    assert known().services["bee-registration"].name.zh == "养蜂登记"
    with served(database, demonstration=True, now=now) as centre:
        desk = CatalogueDesk(database, now=now(), departments=departments_from({}, database))
        assert desk.do("bee-registration", "apply", WHO, fields={"hives": "3"}).outcome.value == "confirmed"
        account(database, "chen", "administrator")
        enter(window, centre, "chen")
        assert "养蜂登记" in window.text
        assert "bee-registration" not in window.text
        window.open(f"{centre}/overview/applications")
        assert "养蜂登记" in window.text
