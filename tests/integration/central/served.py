"""A centre behind a real HTTP server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from central.application import create_application
from central.database import Database
from central.server import listening_socket
from config.clock import Clock, utc_now


@contextmanager
def served(database: Database, *, demonstration: bool, now: Clock = utc_now) -> Iterator[str]:
    """Gives its address."""
    with listening(create_application(database, demonstration=demonstration, now=now)) as url:
        yield url


@contextmanager
def listening(application: FastAPI) -> Iterator[str]:
    """Gives its address."""
    listener = listening_socket("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
