"""The fleet's part of the contract, asked everything its own description allows and much that it does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings

from central.database import Database
from central.fleet import configurations
from central.fleet.application import create_loopback_application
from central.fleet.fleet import open_fleet
from central.server import listening_socket
from domain.messages.contract import Problem
from tests.integration.central.conftest import NOW
from tests.integration.central.fleet.city import utc_now

OURS = (
    *("/v1/authority", "/v1/enrolments", "/v1/renewals", "/v1/configurations", "/v1/hotlist"),
    "/v1/phones",
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("central")
    with closing(Database(f"sqlite:///{directory / 'central.db'}")) as database:
        fleet = open_fleet(Path(directory) / "fleet", database, utc_now)
        database.write(lambda c: configurations.publish(c, fleet.signer, "a", {"profile.toml": ""}, NOW))
        listener = listening_socket("127.0.0.1", 0)
        application = create_loopback_application(fleet, "", demonstration=False)
        server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
        listener.close()


def test_no_message_whatever_makes_the_centre_fail(url: str) -> None:
    contract = schemathesis.openapi.from_url(f"{url}/openapi.json")
    operations = [result.ok() for result in contract.get_all_operations()]
    ours = [each for each in operations if each.path.startswith(OURS)]
    assert len(ours) == 10
    for operation in ours:

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def any_message(case: schemathesis.Case) -> None:
            response = case.call()
            assert response.status_code < 500
            if response.status_code >= 400:
                Problem.model_validate(response.json())

        any_message()
