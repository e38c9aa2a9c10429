"""FC-53: a second host with other keys on the same database is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.database import Database
from central.fleet.fleet import OtherAuthority, open_fleet
from tests.integration.central.conftest import NOW


def test_a_host_with_other_keys_is_refused(database: Database, tmp_path: Path) -> None:
    first = open_fleet(tmp_path / "first", database, lambda: NOW)
    assert open_fleet(tmp_path / "first", database, lambda: NOW).code == first.code
    with pytest.raises(OtherAuthority):
        open_fleet(tmp_path / "second", database, lambda: NOW)
    assert open_fleet(tmp_path / "first", database, lambda: NOW).code == first.code
