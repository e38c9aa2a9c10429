"""``onecard scan``: the codes in images, in a folder of them, in a video, or before a camera."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.fault_texts import fault_texts
from config.faults import Fault
from config.settings import CameraSettings
from drivers.codes.decoded import DecodedCode
from drivers.codes.faults import CameraLost
from drivers.codes.images import decode_file, image_files, is_video, watch
from terminal.commands.exit_codes import Exit

PROGRESS_AFTER_S = 2.0
WATCH_S = 30.0


@dataclass(frozen=True, slots=True)
class Scanned:
    """One image, or one frame with something in it; ``ms`` is the time it took to decode."""

    path: str
    codes: tuple[DecodedCode, ...]
    ms: float


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", help="image, folder, video, camera number, /dev/video…, or a stream's URL"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--watch",
        metavar="S",
        type=float,
        default=WATCH_S,
        help="seconds to watch a camera or stream (%(default)s); it ends with the first code",
    )
    parser.epilog = (
        "example: onecard scan photos/ --json\n"
        "exit codes: 0 something decoded, 1 nothing decoded or not readable, 3 no camera"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        scanned = list(with_progress(scan(arguments.source, arguments.watch)))
    except Fault as fault:
        print(refusal(fault, arguments.json))
        return Exit.DEVICE_MISSING if isinstance(fault, CameraLost) else Exit.FAILED
    print(as_json(scanned) if arguments.json else as_text(scanned))
    return Exit.DONE if any(each.codes for each in scanned) else Exit.FAILED


def scan(source: str, watch_s: float) -> Iterator[Scanned]:
    """Raises ``ImageUnreadable`` or ``CameraLost``."""
    if source.isdecimal() or source.startswith("/dev/") or "://" in source or is_video(Path(source)):
        for number, codes, ms in watch(CameraSettings(source=source), watch_s):
            yield Scanned(f"{source}#{number}", codes, ms)
        return
    for path in image_files(Path(source)):
        began = time.monotonic()
        codes = decode_file(path)
        yield Scanned(str(path), codes, (time.monotonic() - began) * 1000)


def with_progress(scanned: Iterator[Scanned]) -> Iterator[Scanned]:
    """Says how far it is when it takes long."""
    began, told = time.monotonic(), 0.0
    for count, each in enumerate(scanned, 1):
        yield each
        if time.monotonic() - began > PROGRESS_AFTER_S and time.monotonic() - told > 1:
            told = time.monotonic()
            print(f"{count} scanned …", file=sys.stderr, flush=True)


def as_json(scanned: list[Scanned]) -> str:
    images = [
        {
            "path": each.path,
            "codes": [{"format": code.symbology, "text": code.untrusted_text} for code in each.codes],
            "ms": round(each.ms, 2),
        }
        for each in scanned
    ]
    return json.dumps({"images": images}, ensure_ascii=False)


def as_text(scanned: list[Scanned]) -> str:
    width = max((len(each.path) for each in scanned), default=0)
    lines = [
        f"{each.path:{width}}  {each.ms:6.1f} ms  "
        + ("; ".join(f"{code.symbology} {code.untrusted_text!r}" for code in each.codes) or "nothing")
        for each in scanned
    ]
    times = sorted(each.ms for each in scanned)
    if times:
        decoded = sum(bool(each.codes) for each in scanned)
        middle, late = times[len(times) // 2], times[min(len(times) - 1, len(times) * 95 // 100)]
        lines.append(f"{decoded} of {len(times)} decoded; median {middle:.1f} ms, p95 {late:.1f} ms")
    return "\n".join(lines)


def refusal(fault: Fault, as_json: bool) -> str:
    print(fault, file=sys.stderr)
    text = fault_texts().get(fault.code)
    message = f"{text.en} {fault.detail}".strip() if text else str(fault)
    if as_json:
        return json.dumps({"error": {"code": fault.code, "message": message}}, ensure_ascii=False)
    return message
