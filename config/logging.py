"""The log of a terminal and of a centre: one line an event, nothing personal in any of them.

Redaction stands between every logger and every handler: what looks like a person's number, a card's
number or a code's token is replaced, in messages and in tracebacks of any logger.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE = "terminal.log"
FILE_BYTES = 5 * 1024 * 1024
FILES_KEPT = 5
CRASHES = "crash.log"
CRASHES_BYTES = 1024 * 1024

PATTERNS = (
    (re.compile(r"OC\d:[0-9A-Z$%*+./:\- ]{8,}"), "[code]"),
    (re.compile(r"[0-9A-Za-z+/]{200,}={0,2}"), "[code]"),
    (re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{32}(?![0-9A-Fa-f])"), "[identification]"),
    (re.compile(r"(?<!\d)\d{17}[0-9Xx](?!\d)"), "[number]"),
    (re.compile(r"(?<!\d)\d{15,16}(?!\d)"), "[number]"),
    (re.compile(r"(?<!\d)\d{19,20}(?!\d)"), "[number]"),
    (re.compile(r"(?<![0-9A-Za-z])[A-Z]\d{7}[0-9X](?![0-9A-Za-z])"), "[card]"),
    (re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)"), "[phone]"),
    (re.compile(r"\b(DETAIL|CONTEXT|HINT|WHERE):  ?.*"), r"\1: [values]"),
    (re.compile(r"\[parameters: .*"), "[parameters]"),
)
"""Tokens and signed codes; ride codes in base64; identification codes; social-security numbers; account
numbers; numbers of transport cards; card numbers; mobile and fixed telephone numbers; what PostgreSQL and
SQLAlchemy add to an error, which repeats the values of a row."""


def redacted(line: str) -> str:
    """The line with everything that looks personal replaced. Pure."""
    for pattern, replacement in PATTERNS:
        line = pattern.sub(replacement, line)
    return line


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the traceback when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": redacted(record.getMessage()),
        }
        if record.exc_info:
            fields["traceback"] = redacted(self.formatException(record.exc_info))
        return json.dumps(fields, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """For a person before a console."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def begin_service_logging() -> None:
    """Logs to standard error from now on, redacted, for a service manager to keep: warnings and worse, and
    every exception that ends a thread or the process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLines("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.handlers[:] = [handler]
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda ended: _log_uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger("uncaught").error("ended by an exception", exc_info=(kind, error, trace))


def begin_logging(folder: Path) -> None:
    """Logs to rotating files in ``folder``, and warnings to standard error, from now on."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    to_file = RotatingFileHandler(
        folder / FILE, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    to_file.setFormatter(JsonLines())
    to_console = logging.StreamHandler(sys.stderr)
    to_console.setFormatter(PlainLines("%(levelname)s %(name)s: %(message)s"))
    to_console.setLevel(logging.WARNING)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(to_file)
    root.addHandler(to_console)
    _trace_crashes(folder)


def _trace_crashes(folder: Path) -> None:
    """A crash below Python leaves where every thread was: files, lines and functions, no values."""
    path = folder / CRASHES
    if path.exists() and path.stat().st_size > CRASHES_BYTES:
        path.replace(path.with_suffix(".1.log"))
    faulthandler.enable(path.open("a", encoding="utf-8"))
