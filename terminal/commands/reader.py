"""``onecard reader``: guided qualification of a reader on site, with a report."""

from __future__ import annotations

import argparse
import json
import queue
import sys
from pathlib import Path

from config.faults import Fault
from drivers.events import DeviceEvent
from drivers.pcsc.connection import list_readers
from drivers.pcsc.monitor import matching
from drivers.pcsc.other_programs import other_programs
from drivers.pcsc.readers import PcscReaders
from drivers.pcsc.roles import classify
from terminal.commands.exit_codes import Exit
from terminal.diagnostics.reader_qualification import Qualification, StepResult

WAIT_S = 60.0
FIRST_STEP = "attached"


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reader", metavar="NAME", default="*", help="name of the reader, or a pattern")
    parser.add_argument("--sam", metavar="NAME", default="", help="name of the PSAM's slot: left alone")
    parser.add_argument(
        "--wait", metavar="S", type=float, default=WAIT_S, help="seconds for each instruction (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write the JSON document here too")
    parser.epilog = (
        "example: onecard reader --reader '*OMNIKEY*' --report reader.json\n"
        "Instructions are printed to standard error. Nothing of a card is read but its answer to SELECT.\n"
        "exit codes: 0 every step passed, 1 one did not, 3 no reader or no PC/SC service"
    )


def run(arguments: argparse.Namespace) -> int:
    slots = slots_here(arguments.reader, arguments.sam)
    inbox: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
    readers = PcscReaders(arguments.reader, inbox.put, arguments.sam)
    readers.start()
    try:
        steps = Qualification(readers, inbox, _say, arguments.wait).run()
    finally:
        readers.stop()
    document = report(slots, other_programs(), steps)
    written = json.dumps(document, ensure_ascii=False, indent=None if arguments.json else 2)
    if arguments.report:
        arguments.report.write_text(written + "\n", encoding="utf-8")
    print(written if arguments.json else as_text(slots, other_programs(), steps))
    return exit_code(steps)


def slots_here(pattern: str, sam: str) -> list[dict[str, object]]:
    """Every slot PC/SC lists, with its kind, its role and whether the pattern chooses it."""
    try:
        names = list_readers()
    except Fault:
        return []
    chosen = matching(names, pattern, sam)
    return [
        {"name": slot.name, "kind": slot.kind.value, "role": slot.role.value, "used": slot.name in chosen}
        for slot in classify(names)
    ]


def report(
    slots: list[dict[str, object]], programs: tuple[str, ...], steps: list[StepResult]
) -> dict[str, object]:
    return {
        "passed": all(step.passed for step in steps),
        "slots": slots,
        "programs": programs,
        "steps": [
            {"name": step.name, "passed": step.passed, "ms": step.ms, "detail": step.detail} for step in steps
        ],
    }


def as_text(slots: list[dict[str, object]], programs: tuple[str, ...], steps: list[StepResult]) -> str:
    lines = [f"{'used' if slot['used'] else '-':5}{slot['kind']:12} {slot['name']}" for slot in slots]
    if programs:
        lines.append(f"other programs that use PC/SC: {', '.join(programs)}")
    return "\n".join((*lines, *map(line, steps)))


def line(step: StepResult) -> str:
    measured = "" if step.ms is None else f"{step.ms:.1f} ms"
    return f"{'ok' if step.passed else 'FAILED':7}{step.name:12}{measured:>12}  {step.detail}".rstrip()


def exit_code(steps: list[StepResult]) -> Exit:
    if all(step.passed for step in steps):
        return Exit.DONE
    return Exit.DEVICE_MISSING if steps[-1].name == FIRST_STEP else Exit.FAILED


def _say(instruction: str) -> None:
    print(instruction, file=sys.stderr, flush=True)
