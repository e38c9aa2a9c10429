"""A counter without a camera and an application that needs a photographed paper: said before it is chosen and
before anybody types; one whose papers may be left out goes on."""

from __future__ import annotations

from datetime import date

from config.catalogue.loading import catalogue, parse_catalogue, shipped_files
from domain.credential import ECard
from domain.messages.contract import Holder, TrustLevel
from terminal.services.registry import services_of
from terminal.visit.menu import offer
from terminal.visit.search import found
from terminal.visit.steps import Ask, Certainty, Facts, Finish, Text

ENROL = "school-enrol"
KNOWN = Facts(
    date(2026, 11, 25),
    True,
    ECard("code"),
    Holder(subject="s", masked_name="赵*", masked_number="3716**********0016", trust=TrustLevel.VERIFIED),
)
CAUTION = Text("application.no_camera")


def test_it_says_what_to_bring_before_anybody_types() -> None:
    (service,) = services_of((ENROL,), camera=False).services
    told = service.step(KNOWN)
    assert isinstance(told, Finish)
    assert told.certainty is Certainty.REFUSED
    assert told.reason == Text("fault.attachment.no_camera")
    documents = catalogue().services[ENROL].documents  # type: ignore[union-attr]
    assert len([line for line in told.lines if line.picture == "form"]) == len(documents)
    (with_camera,) = services_of((ENROL,)).services
    assert isinstance(with_camera.step(KNOWN), Ask)


def test_it_is_said_where_it_is_offered_and_where_it_is_searched() -> None:
    without = services_of(("catalogue:government",), camera=False)
    group = catalogue().department_of[ENROL]
    pages = offer(without, f"group:{group}", 0, easy=False).pages
    shown = [
        option
        for page in range(pages)
        for option in offer(without, f"group:{group}", page, easy=False).options
    ]
    assert [option.detail for option in shown if option.id == ENROL] == [CAUTION]
    assert {option.detail for option in shown if option.id != ENROL} == {None}
    name = catalogue().services[ENROL].name.en
    assert [option.detail for option in found(without, name) if option.id == ENROL] == [CAUTION]
    assert services_of(("catalogue:government",)).cautions == ()


def test_papers_that_may_be_left_out_do_not_stop_it() -> None:
    asked = "photograph = true }"
    files = {
        name: content.replace(asked, "photograph = true, optional = true }")
        for name, content in shipped_files().items()
    }
    known = parse_catalogue(files)
    (service,) = services_of((ENROL,), known, camera=False).services
    assert isinstance(service.step(KNOWN), Ask)
    assert services_of((ENROL,), known, camera=False).cautions == ()
