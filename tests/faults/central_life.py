"""The real centre in a process of its own, which can be killed before its commit and after it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import uvicorn
from sqlalchemy import Connection, func, insert, select

from central.application import create_application
from central.database import Database
from central.server import listening_socket
from central.tables import card as card_table
from central.tables import holder, library_copy, library_patron
from tests.faults.lives import Executioner, Message, hear_next, say, serve_lives
from tests.faults.mutants import MUTANTS
from tests.faults.terminal_life import card

T = TypeVar("T")

CARDS = 200
COPIES = 1_000
LOAN_LIMIT = 1_000


class MortalDatabase(Database):
    """Comes to the points "before commit" and "after commit" of every write."""

    def __init__(self, url: str, executioner: Executioner) -> None:
        self._executioner = executioner
        super().__init__(url)

    def write(self, work: Callable[[Connection], T]) -> T:
        def mortal(connection: Connection) -> T:
            done = work(connection)
            self._executioner.at("before commit")
            return done

        done = super().write(mortal)
        self._executioner.at("after commit")
        return done


def barcode(number: int) -> str:
    return f"F-{number:06d}"


def fill(connection: Connection) -> None:
    """People with cards and copies on the shelf, once."""
    if connection.execute(select(func.count()).select_from(holder)).scalar_one():
        return
    people: list[dict[str, Any]] = []
    for number in range(CARDS):
        people.append(
            {
                "subject": f"fault-{number}",
                "name": "测试",
                "social_security_number": f"F{number:017d}",
                "birth_date": date(1990, 1, 1),
                "persona": "",
            }
        )
    connection.execute(insert(holder), people)
    connection.execute(
        insert(card_table),
        [
            {
                "identification_code": card(number).identification_code,
                "card_number": card(number).card_number,
                "subject": f"fault-{number}",
                "locked": False,
            }
            for number in range(CARDS)
        ],
    )
    connection.execute(
        insert(library_patron),
        [
            {"subject": f"fault-{number}", "status": "active", "loan_limit": LOAN_LIMIT}
            for number in range(CARDS)
        ],
    )
    connection.execute(
        insert(library_copy),
        [
            {"barcode": barcode(number), "title": f"卷{number}", "author": "佚名", "lendable": True}
            for number in range(COPIES)
        ],
    )


def live(settings: Message) -> None:
    """Keys of ``settings``: ``data``, ``port`` (0: any free one), ``mutant`` (a name of ``MUTANTS``)."""
    logging.disable(logging.CRITICAL)
    if mutant := settings.get("mutant"):
        MUTANTS[mutant]()
    executioner = Executioner()
    Path(settings["data"]).mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{settings['data']}/central.db"
    with closing(MortalDatabase(url, executioner)) as database:
        database.write(fill)
        listener = listening_socket("127.0.0.1", settings["port"])
        application = create_application(database, demonstration=False)
        server = uvicorn.Server(uvicorn.Config(application, log_level="critical", lifespan="off"))
        Thread(target=_obey, args=(server, executioner), daemon=True).start()
        say({"begun": True, "port": listener.getsockname()[1]})
        server.run([listener])


def _obey(server: uvicorn.Server, executioner: Executioner) -> None:
    while (asked := hear_next()) is not None and "stop" not in asked:
        executioner.arm(asked["arm"], asked.get("count", 1))
        say({"armed": True})
    server.should_exit = True


if __name__ == "__main__":
    serve_lives(live)
