"""FC-43: the centre enforces the offline policies itself; a flag is no way past it."""

from __future__ import annotations

import pytest

from central.database import Database
from config.catalogue.loading import catalogue
from domain.messages.contract import HolderPresented, TrustLevel
from tests.integration.central.catalogue_desk import CatalogueDesk, said

NEVER = sorted(id for id, entry in catalogue().services.items() if not entry.offline.allowed)
SOMETIMES = sorted(id for id, entry in catalogue().services.items() if entry.offline.allowed)
SHUNLI = "liu-shunli"


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


def test_no_service_that_is_never_offline_takes_the_flag(desk: CatalogueDesk) -> None:
    assert NEVER
    for service in NEVER:
        for action in ("pay", "book", "reverse", "apply", "activate"):
            answer = desk.do(service, action, SHUNLI, offline=True, amount_fen=1000)
            assert said(answer) == "offline.not_allowed", service
    assert said(desk.do("library", "pay", SHUNLI, offline=True, amount_fen=30)) == "offline.not_allowed"


def test_the_flag_carries_no_pin_and_no_old_visit(desk: CatalogueDesk) -> None:
    known = desk.seen(SHUNLI)
    shown = HolderPresented(subject=known, presented_as="social_security_card")
    at = desk.now
    desk.later(days=300)
    service = "life-certification"
    assert service in SOMETIMES
    late = desk.do(service, "certify", SHUNLI, offline=True, credential=shown, trust=TrustLevel.VERIFIED)
    assert said(late) == "holder.not_presented", "a visit of 300 days ago is none"
    read = desk.do(service, "certify", SHUNLI, offline=True, credential=shown, at=at, trust=TrustLevel.READ)
    assert said(read) == "trust.too_low"
    good = desk.do(
        service, "certify", SHUNLI, offline=True, credential=shown, at=at, trust=TrustLevel.VERIFIED
    )
    assert said(good) == "confirmed", "of its own time, however late it comes"
