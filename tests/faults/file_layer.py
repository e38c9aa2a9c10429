"""A file layer under SQLite that remembers every write and every fsync, and can lose what was not fsynced.

It is a VFS (SQLite, "The OS Interface or VFS") over the system's own: files are opened by the original,
and ``xWrite``, ``xTruncate``, ``xSync`` and ``xDelete`` are noted before they are passed on. From the notes
any moment's disk can be made as a power cut may leave it: what was fsynced stands; of the rest each sector
of 512 bytes is there or not, as the dice fall.

Assumed, as SQLite does: an fsync that returned keeps its promise, and a sector is written whole or not.
A deleted file may come back until its folder was fsynced, which the system's layer does at the first fsync
of each log it makes. Files made outside SQLite (keys) are not covered; the journal fsyncs those itself.
"""

from __future__ import annotations

import ctypes
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECTOR = 512
OK = 0
CREATE = 0x4
MAKES_LOG = 0x800 | 0x80000
"""``SQLITE_OPEN_MAIN_JOURNAL`` and ``SQLITE_OPEN_WAL``."""

CLOSE = CFUNCTYPE(c_int, c_void_p)
READ = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
"""The path is SQLite's own pointer: the file below keeps it, and a copy would be gone after the call."""
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class IoMethods(Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = [
        ("version", c_int),
        ("close", CLOSE),
        ("read", READ),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        *((name, c_void_p) for name in ("size", "lock", "unlock", "reserved", "control", "sector", "device")),
        *(
            (name, c_void_p)
            for name in ("shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch")
        ),
    ]


class Vfs(Structure):
    """``sqlite3_vfs``, version 3."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("application", c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        *((name, c_void_p) for name in ("access", "full_path", "dl_open", "dl_error", "dl_sym", "dl_close")),
        *((name, c_void_p) for name in ("randomness", "sleep", "time", "last_error", "time64")),
        *((name, c_void_p) for name in ("set_call", "get_call", "next_call")),
    ]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was done to a file: ``write`` (content at offset), ``truncate`` (to offset),
    ``sync``, ``delete``, ``folder`` (its names are fsynced); or a ``mark`` of the test (its number as
    offset)."""

    kind: str
    path: str = ""
    offset: int = 0
    content: bytes = b""


class FileLayer:
    """Notes what SQLite does to the files below ``directory`` while it is the default layer."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.notes: list[Note] = []
        self._paths: dict[int, str] = {}
        self._new_logs: set[int] = set()
        self._kept: list[Any] = []
        self._methods: dict[int, int] = {}

    def mark(self, number: int) -> None:
        """A person was told something at this moment."""
        self.notes.append(Note("mark", offset=number))

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Every connection made inside goes through this layer."""
        library = ctypes.CDLL(find_library("sqlite3"))
        library.sqlite3_vfs_find.restype = POINTER(Vfs)
        original = library.sqlite3_vfs_find(None)
        layer = Vfs.from_buffer_copy(original.contents)
        layer.name = b"onecard-power-cut"
        layer.open = OPEN(self._opening(original.contents.open))
        layer.delete = DELETE(self._deleting(original.contents.delete))
        library.sqlite3_vfs_register(byref(layer), 1)
        try:
            yield
        finally:
            library.sqlite3_vfs_unregister(byref(layer))
            library.sqlite3_vfs_register(original, 1)

    def _opening(self, original: Any) -> Any:
        def open_file(vfs: int, path: int | None, file: int, flags: int, out_flags: Any) -> int:
            result: int = original(vfs, path, file, flags, out_flags)
            methods = cast(file, POINTER(c_void_p))
            name = ctypes.string_at(path).decode() if path else ""
            if result == OK and methods[0] and name.startswith(str(self._directory)):
                self._paths[file] = name
                if flags & MAKES_LOG and flags & CREATE:
                    self._new_logs.add(file)
                methods[0] = self._noting(methods[0])
            return result

        return open_file

    def _deleting(self, original: Any) -> Any:
        def delete(vfs: int, path: bytes, sync_folder: int) -> int:
            if path.decode().startswith(str(self._directory)):
                self.notes.append(Note("delete", path.decode()))
            result: int = original(vfs, path, sync_folder)
            return result

        return delete

    def _noting(self, address: int) -> int:
        """The methods at ``address`` with those that change a file replaced."""
        if address in self._methods:
            return self._methods[address]
        original = cast(address, POINTER(IoMethods)).contents
        noting = IoMethods.from_buffer_copy(original)

        def write(file: int, content: int, amount: int, offset: int) -> int:
            self.notes.append(Note("write", self._paths[file], offset, ctypes.string_at(content, amount)))
            result: int = original.write(file, content, amount, offset)
            return result

        def truncate(file: int, size: int) -> int:
            self.notes.append(Note("truncate", self._paths[file], size))
            result: int = original.truncate(file, size)
            return result

        def sync(file: int, flags: int) -> int:
            result: int = original.sync(file, flags)
            self.notes.append(Note("sync", self._paths[file]))
            if file in self._new_logs:
                self._new_logs.discard(file)
                self.notes.append(Note("folder"))
            return result

        noting.write, noting.truncate, noting.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
        self._kept += [noting, original]
        self._methods[address] = ctypes.addressof(noting)
        return self._methods[address]


def after_power_cut(notes: list[Note], dice: random.Random) -> dict[str, bytes]:
    """The files as a power cut after the last of these notes may leave them, by path."""
    durable: dict[str, bytearray | None] = defaultdict(lambda: None)
    unsynced: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        if note.kind == "sync":
            for earlier in unsynced.pop(note.path, []):
                durable[note.path] = _done(durable[note.path], earlier)
            durable[note.path] = durable[note.path] or bytearray()
        elif note.kind == "folder":
            for path, waiting in unsynced.items():
                if waiting and waiting[-1].kind == "delete":
                    durable[path] = None
                    waiting.clear()
        elif note.kind != "mark":
            unsynced[note.path].append(note)
    for path, lost in unsynced.items():
        for note in lost:
            for part in _parts(note):
                if dice.random() < 0.5:
                    durable[path] = _done(durable[path], part)
    return {path: bytes(content) for path, content in durable.items() if content is not None}


def _parts(note: Note) -> list[Note]:
    """A write in its sectors; anything else as it is."""
    if note.kind != "write":
        return [note]
    parts, offset, content = [], note.offset, note.content
    while content:
        size = SECTOR - offset % SECTOR
        parts.append(Note("write", note.path, offset, content[:size]))
        offset, content = offset + size, content[size:]
    return parts


def _done(content: bytearray | None, note: Note) -> bytearray | None:
    if note.kind == "delete":
        return None
    held = bytearray() if content is None else content
    if note.kind == "truncate":
        return held[: note.offset]
    held.extend(bytes(max(0, note.offset - len(held))))
    held[note.offset : note.offset + len(note.content)] = note.content
    return held
