"""A single call on a thread of its own, whose result or error is fetched later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from runtime.task import described

log = logging.getLogger(__name__)

T = TypeVar("T")


class OneShot(Generic[T]):
    """Begins ``call`` at once."""

    def __init__(self, name: str, call: Callable[[], T]) -> None:
        self._name = name
        self._call = call
        self._result: T
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def result(self, within_s: float | None = None) -> T:
        """Waits for it. Raises ``TimeoutError``, and what the call raised."""
        self._thread.join(within_s)
        if self._thread.is_alive():
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._call()
        except BaseException as error:  # noqa: BLE001 (raised again where the result is asked for)
            log.warning("%s: %s", self._name, described(error))
            self._error = error
