"""Papers photographed for an application: kept once, named by hash, nothing hostile, gone in time."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest
from sqlalchemy import select

from central import personal_data
from central.attachments import MOST_WAITING
from central.database import Database
from central.departments.catalogue.application import decide
from central.departments.tables import application, attachment
from central.fleet.administration import administer, random_digits
from central.pictures import NotAPicture, cleaned, jpeg_size
from central.retention import purge
from config.catalogue.entries import Name
from domain.messages.attachments import MOST_BYTES, Attachment
from drivers.central.client import CentralClient
from drivers.central.faults import Final
from drivers.codes.paper import bounded_jpeg
from tests.integration.central.catalogue_desk import CatalogueDesk
from tests.integration.central.served import served

SERVICE, PAPER = "school-enrol", "household"
FIELDS = {"phone": "13800000000"}
BUDGET_MS = 8000
WHO = "yang-ying"


def paper(seed: int = 0) -> bytes:
    """A sheet with writing, as a counter's camera gives it."""
    sheet = np.full((720, 1280), 235, np.uint8)
    for line in range(8):
        cv2.putText(sheet, f"HOUSEHOLD {seed} {line}", (80, 80 + 80 * line), 0, 1.6, 20, 3)
    content = bounded_jpeg(sheet, 200_000)
    assert content is not None
    return content


def of(subject: str, content: bytes, **other: str) -> Attachment:
    values = {
        "terminal": "BZ-GOV-0001",
        "subject": subject,
        "service": SERVICE,
        "paper": PAPER,
        "sha256": hashlib.sha256(content).hexdigest(),
        "jpeg": base64.b64encode(content).decode(),
    }
    return Attachment.model_validate({**values, **other})


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


@pytest.fixture
def client(database: Database, desk: CatalogueDesk) -> Iterator[CentralClient]:
    with served(database, demonstration=True, now=lambda: desk.now) as url:
        yield CentralClient(url)


def refused_as(client: CentralClient, picture: Attachment) -> str:
    with pytest.raises(Final) as found:
        client.attach(picture, BUDGET_MS)
    return found.value.problem_code


def handed_in(desk: CatalogueDesk, client: CentralClient) -> str:
    """The number of an application with one picture."""
    picture = of(desk.seen(WHO), paper())
    client.attach(picture, BUDGET_MS)
    result = desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures={PAPER: picture.sha256})
    assert result.outcome.value == "confirmed", result
    return str(result.data["number"])


def test_a_picture_is_kept_once_and_belongs_to_the_application_that_names_it(
    desk: CatalogueDesk, client: CentralClient
) -> None:
    picture = of(desk.seen(WHO), paper())
    for _ in range(3):
        assert client.attach(picture, BUDGET_MS).sha256 == picture.sha256
    result = desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures={PAPER: picture.sha256})
    (kept,) = desk.rows(select(attachment))
    assert kept.application == result.data["number"]
    assert jpeg_size(kept.picture) == (1280, 720)
    seen = cv2.imdecode(np.frombuffer(kept.picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert seen is not None
    assert 30 < seen.std() < 90, "the writing is there"


def test_the_same_picture_serves_one_application_only(desk: CatalogueDesk, client: CentralClient) -> None:
    number = handed_in(desk, client)
    desk.database.write(
        lambda connection: decide(
            connection, number, granted=True, said=Name(zh="好", en="yes"), by="t", now=desk.now
        )
    )
    named = {PAPER: of(desk.subject(WHO), paper()).sha256}
    assert desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures=named).code == "application.paper_missing"
    client.attach(of(desk.seen(WHO), paper()), BUDGET_MS)
    assert desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures=named).outcome.value == "confirmed"


@pytest.mark.parametrize(
    "pictures", [{}, {PAPER: "0" * 64}, {"another": "0" * 64}, "none"], ids=["none", "other", "odd", "text"]
)
def test_without_its_required_paper_nothing_is_applied_for(desk: CatalogueDesk, pictures: object) -> None:
    result = desk.do(SERVICE, "apply", WHO, fields=FIELDS, pictures=pictures)
    assert result.code == "application.paper_missing"
    assert desk.rows(select(application).where(application.c.service == SERVICE)) == []


def test_another_persons_picture_is_not_taken_for_ones_own(
    desk: CatalogueDesk, client: CentralClient
) -> None:
    picture = of(desk.seen(WHO), paper())
    client.attach(picture, BUDGET_MS)
    result = desk.do(SERVICE, "apply", "liu-zhiyong", fields=FIELDS, pictures={PAPER: picture.sha256})
    assert result.code == "application.paper_missing"


def test_only_for_who_was_identified_here_and_what_the_catalogue_asks_for(
    desk: CatalogueDesk, client: CentralClient
) -> None:
    subject = desk.seen(WHO)
    assert refused_as(client, of(subject, paper(), paper="passport")) == "central.malformed"
    assert refused_as(client, of(subject, paper(), service="library")) == "central.malformed"
    with pytest.raises(Final):
        client.attach(of(subject, paper(), terminal="BZ-LIB-0001"), BUDGET_MS)
    with pytest.raises(Final):
        client.attach(of("h_nobody", paper()), BUDGET_MS)
    assert desk.rows(select(attachment)) == []


def with_exif(content: bytes) -> bytes:
    told = b"Exif\0\0GPS 37.38 N 117.97 E"
    return content[:2] + b"\xff\xe1" + (len(told) + 2).to_bytes(2) + told + content[2:] + b"PK\x03\x04 behind"


def test_nothing_but_the_picture_is_kept(desk: CatalogueDesk, client: CentralClient) -> None:
    client.attach(of(desk.seen(WHO), with_exif(paper())), BUDGET_MS)
    (kept,) = desk.rows(select(attachment))
    assert b"GPS" not in kept.picture
    assert b"behind" not in kept.picture


def huge() -> bytes:
    """A header that claims 65,000 by 65,000 pixels."""
    content = bytearray(paper())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = (65_000).to_bytes(2) * 2
    return bytes(content)


HOSTILE = {
    "text": b"not a picture at all",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "bomb": huge(),
    "only a head": paper()[:40],
    "empty frame": b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x00\x00\x00",
    "no segments": b"\xff\xd8" + b"\xff\xd9" * 50,
    "long": paper() + bytes(MOST_BYTES),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_picture_is_refused_before_it_is_kept(content: bytes) -> None:
    values = of("h_1", paper()).model_dump()
    values["jpeg"] = base64.b64encode(content).decode()
    values["sha256"] = hashlib.sha256(content).hexdigest()
    with pytest.raises(NotAPicture):
        cleaned(Attachment.model_construct(**values))


def test_what_is_refused_over_the_contract_has_a_code(desk: CatalogueDesk, client: CentralClient) -> None:
    subject = desk.seen(WHO)
    assert refused_as(client, of(subject, HOSTILE["bomb"])) == "attachment.not_a_picture"
    assert refused_as(client, of(subject, paper(), sha256="0" * 64)) == "attachment.not_a_picture"
    for seed in range(MOST_WAITING):
        client.attach(of(subject, paper(seed)), BUDGET_MS)
    assert refused_as(client, of(subject, paper(MOST_WAITING))) == "attachment.too_many"
    assert len(desk.rows(select(attachment))) == MOST_WAITING


def test_what_no_application_names_is_gone_after_a_day_the_others_with_their_answer(
    desk: CatalogueDesk, client: CentralClient
) -> None:
    number = handed_in(desk, client)
    client.attach(of(desk.subject(WHO), paper(7)), BUDGET_MS)

    def after(**passed: float) -> list[str]:
        then = desk.now + timedelta(**passed)
        desk.database.write(lambda connection: purge(connection, then, 400))
        return [row.application for row in desk.rows(select(attachment).order_by(attachment.c.id))]

    assert after(hours=23) == [number, ""]
    assert after(hours=25) == [number]
    assert after(days=900) == [number], "nobody has answered yet"
    desk.database.write(
        lambda connection: decide(
            connection, number, granted=True, said=Name(zh="好", en="yes"), by="t", now=desk.now
        )
    )
    assert after(days=399) == [number]
    assert after(days=401) == []


def test_an_application_that_is_undone_leaves_no_picture(desk: CatalogueDesk, client: CentralClient) -> None:
    picture = of(desk.seen(WHO), paper())
    client.attach(picture, BUDGET_MS)
    made = desk.make(SERVICE, "apply", WHO, fields=FIELDS, pictures={PAPER: picture.sha256})
    desk.send(made)
    desk.send(made, withdrawn=True)
    assert desk.rows(select(attachment)) == []


def test_a_person_is_given_their_pictures_and_they_are_forgotten_with_them(
    desk: CatalogueDesk, client: CentralClient
) -> None:
    handed_in(desk, client)
    subject = desk.subject(WHO)
    with desk.database.read() as connection:
        (row,) = personal_data.exported(connection, subject)["attachment"]
    assert base64.b64decode(str(row["picture"]))[:3] == b"\xff\xd8\xff"
    from tests.integration.central.test_personal_data import settled

    settled(desk.database, subject)
    desk.database.write(lambda connection: personal_data.forget(connection, subject, random_digits))
    assert desk.rows(select(attachment)) == []


def test_who_decides_looks_at_the_papers(tmp_path: Path) -> None:
    from central.seeding import seed
    from tests.integration.central.conftest import NOW

    url = f"sqlite:///{tmp_path / 'central.db'}"
    database = Database(url)
    database.write(lambda connection: seed(connection, NOW))
    desk = CatalogueDesk(database)
    with served(database, demonstration=True, now=lambda: desk.now) as address:
        number = handed_in(desk, CentralClient(address))
    (said,) = administer(url, tmp_path / "keys", "papers", [number, str(tmp_path)])
    file = tmp_path / f"{number}-{PAPER}.jpg"
    assert str(file) in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert jpeg_size(file.read_bytes()) == (1280, 720)
    with pytest.raises(FileExistsError):
        administer(url, tmp_path / "keys", "papers", [number, str(tmp_path)])
    database.close()
