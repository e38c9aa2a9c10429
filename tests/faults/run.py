"""Transactions, each with a fault of its own: ``python -m tests.faults.run --transactions 10000 --seed 7``.

A real terminal process and the real centre, a network between them that does everything a network can,
and both killed at every step. When all is delivered, the two ledgers are compared item by item, and with
what people were told.

To add a fault: a member of ``Fault`` with its weight, and a method of ``Run`` that prepares it.
The dice are the seed's; the scheduler's are not, so that a seed repeats the faults and not every moment.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from tests.faults.central_life import CARDS, COPIES, barcode
from tests.faults.comparison import Comparison, Told, compare
from tests.faults.lives import LifeEnded, Lives, Message
from tests.faults.proxy import FaultProxy, Trouble

TERMINAL = "BZ-FAULT-01"
BUDGET_MS = 150
SLOW_S = 0.25
TWO_DAYS_S = 2 * 86_400
SHARE_OF_TROUBLE = 0.1
"""So many of the requests nobody waits for go wrong as well."""
ONLINE_AGAIN_S = 1.0
SHARE_OF_OWN = 0.8
SHARE_OF_CONTENDED = 0.2
"""So many of the loans want a copy that somebody asked for before."""
RECENT = 40
DRAIN_LIMIT_S = 300.0
STEPS_OF_TERMINAL = (
    "before append",
    "after append",
    "before send",
    "after send",
    "before write-back",
    "after write-back",
    "before decision",
    "after decision",
    "before delivery",
    "after delivery",
)
STEPS_OF_CENTRE = ("before commit", "after commit")


class Fault(StrEnum):
    NETWORK = "network trouble"
    TERMINAL_KILLED = "terminal killed at a step"
    TERMINAL_KILLED_ANYWHERE = "terminal killed at any moment"
    KILLED_AT_START = "terminal killed again while it starts"
    CENTRE_KILLED = "centre killed at a step"
    OUTAGE = "outage"
    CLOCK_OFF = "restarted with the clock two days off"
    KILLED_IN_PURGE = "terminal killed in a purge"


WEIGHTS = {
    Fault.NETWORK: 50,
    Fault.TERMINAL_KILLED: 24,
    Fault.TERMINAL_KILLED_ANYWHERE: 6,
    Fault.KILLED_AT_START: 4,
    Fault.CENTRE_KILLED: 6,
    Fault.OUTAGE: 5,
    Fault.CLOCK_OFF: 3,
    Fault.KILLED_IN_PURGE: 2,
}


class Run:
    """One run over two new ledgers in ``directory``. ``mutant``: a fault seeded into the centre."""

    def __init__(self, directory: Path, seed: int, mutant: str = "") -> None:
        self._mutant = mutant
        self._lent: list[tuple[str, int]] = []
        self._dice = random.Random(seed)  # noqa: S311 (to be repeated)
        self._network_dice = random.Random(seed + 1)  # noqa: S311
        self._terminal_data = directory / "terminal"
        self._central_data = directory / "central"
        self._central_port = 0
        self._next: list[Trouble] = []
        self._outage = 0
        self._wall_offset_s = 0
        self._online = True
        self._line = 0
        self.told: list[Told] = []
        self.faults: Counter[Fault] = Counter()
        self.lives: Counter[str] = Counter()
        self._centre = Lives("tests.faults.central_life")
        self._terminal = Lives("tests.faults.terminal_life")
        self._begin_centre()
        self.network = FaultProxy(lambda: self._central_port, self._choose, SLOW_S)
        self._begin_terminal()

    def close(self) -> None:
        self.network.close()
        self._terminal.close()
        self._centre.close()

    def transact(self) -> None:
        """One transaction with one fault."""
        self._recover_centre()
        if self._outage:
            self._outage -= 1
            if not self._outage:
                self.network.open()
        fault = self._dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        self.faults[fault] += 1
        try:
            self._await_link()
            self._prepare(fault)
            self._submit()
        except LifeEnded:
            self._begin_terminal()

    def finish(self) -> Comparison:
        """Everything mended: what is left is delivered, then the ledgers are compared."""
        self._next.clear()
        self._network_dice.seed(0)
        self._quiet = True
        self.network.open()
        self._recover_centre()
        try:
            self._drain()
        except LifeEnded:  # a crash that was still armed
            self._begin_terminal()
            self._drain()
        self._terminal.end()
        self._centre.end()
        orders = list(self.network.orders.values())
        return compare(self._terminal_data, self._central_data, self.told, orders)

    _quiet = False

    def _choose(self) -> Trouble:
        """What befalls the next batch: what was prepared for it, else now and then anything."""
        if self._next:
            return self._next.pop()
        if self._quiet or self._network_dice.random() >= SHARE_OF_TROUBLE:
            return Trouble.NONE
        return self._network_dice.choice([each for each in Trouble if each is not Trouble.NONE])

    def _prepare(self, fault: Fault) -> None:
        match fault:
            case Fault.NETWORK:
                self._next = [self._dice.choice([each for each in Trouble if each is not Trouble.NONE])]
            case Fault.TERMINAL_KILLED:
                self._kill_at_step()
            case Fault.TERMINAL_KILLED_ANYWHERE:
                self._kill_soon()
            case Fault.KILLED_AT_START:
                self._kill_at_start()
            case Fault.CENTRE_KILLED:
                self._kill_centre_at_step()
            case Fault.OUTAGE:
                self.network.close()
                self._outage = self._dice.randint(1, 12)
            case Fault.CLOCK_OFF:
                self._wall_offset_s = self._dice.choice((-TWO_DAYS_S, TWO_DAYS_S))
                self._terminal.end()
                self._begin_terminal()
                self._wall_offset_s = 0
            case Fault.KILLED_IN_PURGE:
                self._terminal.ask(arm=self._dice.choice(("in purge", "after purge")))
                self._terminal.ask(purge=True)
                self._hear("purged")

    def _kill_at_step(self) -> None:
        step = self._dice.choice(STEPS_OF_TERMINAL)
        if "decision" in step or "delivery" in step:
            self._next = [self._dice.choice((Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.LATE))]
        self._terminal.ask(arm=step)

    def _kill_soon(self) -> None:
        pid, after_s = self._pid, self._dice.random() * 0.03
        timer = threading.Timer(after_s, _kill, (pid,))
        timer.daemon = True
        timer.start()

    def _kill_at_start(self) -> None:
        """Killed, and killed again at a step of the new life's recovery."""
        _kill(self._pid)
        try:
            self._hear("never")
        except LifeEnded:
            point = self._dice.choice(("before delivery", "after delivery", "before write-back"))
            self._begin_terminal(point)

    def _kill_centre_at_step(self) -> None:
        try:
            self._centre.ask(arm=self._dice.choice(STEPS_OF_CENTRE))
            self._centre.hear("armed")
        except LifeEnded:
            self._begin_centre()

    def _submit(self) -> None:
        self._line += 1
        action = self._dice.choices(("borrow", "return", "renew"), (5, 3, 2))[0]
        copy, person = self._choose_copy(action)
        line: Message = {
            "line": self._line,
            "action": action,
            "barcode": copy,
            "card": None if action == "return" else person,
        }
        if action == "borrow":
            self._lent.append((copy, person))
        self._terminal.ask(submit=line)
        self.told.append(self._hear("told")["told"])

    def _choose_copy(self, action: str) -> tuple[str, int]:
        """Mostly what was asked for before, so that returns and renewals meet a loan."""
        anything = barcode(self._dice.randrange(COPIES)), self._dice.randrange(CARDS)
        share = SHARE_OF_CONTENDED if action == "borrow" else SHARE_OF_OWN
        if not self._lent or self._dice.random() >= share:
            return anything
        copy, person = self._dice.choice(self._lent[-RECENT:])
        return copy, anything[1] if action == "borrow" else person

    def _await_link(self) -> None:
        """Mostly until the terminal is online again, so that tries are made and not promises only."""
        if self._online or self._outage or self._dice.random() < 0.3:
            return
        deadline = time.monotonic() + ONLINE_AGAIN_S
        while not self._online and time.monotonic() < deadline:
            self._terminal.ask(status=True)
            self._online = self._hear("pending")["online"]
            time.sleep(0.005)

    def _drain(self) -> None:
        deadline = time.monotonic() + DRAIN_LIMIT_S
        while time.monotonic() < deadline:
            self._terminal.ask(status=True)
            if self._hear("pending")["pending"] == 0:
                return
            time.sleep(0.02)
            self._recover_centre()
        raise AssertionError("not drained in time")

    def _hear(self, wanted: str) -> Message:
        try:
            return self._terminal.hear(wanted)
        finally:
            self._settle_aside()

    def _settle_aside(self) -> None:
        for message in self._terminal.aside:
            if "online" in message:
                self._online = message["online"]
            elif "told" in message:
                self.told.append(message["told"])
        self._terminal.aside.clear()

    def _begin_terminal(self, point: str = "") -> None:
        """A new life; one that dies while it begins is begun again."""
        while True:
            self.lives["terminal"] += 1
            self._online = True
            try:
                self._pid = self._terminal.begin(
                    data=str(self._terminal_data),
                    terminal=TERMINAL,
                    url=self.network.url,
                    budget_ms=BUDGET_MS,
                    point=point,
                    wall_offset_s=self._wall_offset_s,
                )["begun"]
            except LifeEnded as ended:
                if ended.status != -signal.SIGKILL:
                    raise
                point = ""
                continue
            finally:
                self._settle_aside()
            return

    def _begin_centre(self) -> None:
        self.lives["centre"] += 1
        self._central_port = self._centre.begin(
            data=str(self._central_data), port=self._central_port, mutant=self._mutant
        )["port"]

    def _recover_centre(self) -> None:
        """A centre that died is started again at the same place."""
        while not self._centre.idle():
            try:
                self._centre.hear("never", patience_s=0)
            except LifeEnded:
                self._begin_centre()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def new_run(seed: int, mutant: str = "") -> Iterator[Run]:
    with tempfile.TemporaryDirectory(prefix="onecard-faults-") as directory:
        run = Run(Path(directory), seed, mutant)
        try:
            yield run
        finally:
            run.close()


def summary(run: Run, found: Comparison, transactions: int, seconds: float) -> str:
    lines = [f"{transactions} transactions, each with a fault, in {seconds:.0f} s; seed told above"]
    lines += [f"  {count:>7}  {fault.value}" for fault, count in run.faults.most_common()]
    befell = {trouble.value: count for trouble, count in run.network.befell.items() if count}
    lines.append("  requests:  " + ", ".join(f"{name} {count}" for name, count in befell.items()))
    lines.append(f"  lives:     terminal {run.lives['terminal']}, centre {run.lives['centre']}")
    told = Counter(each["certainty"] for each in run.told)
    lines.append("  told:      " + ", ".join(f"{name} {count}" for name, count in told.most_common()))
    lines.append("  journal:   " + ", ".join(f"{n} {c}" for n, c in found.standings.most_common()))
    lines.append(
        "  cut short before anybody was told: " + ", ".join(f"{n} {c}" for n, c in found.untold.items())
    )
    lines += [f"  PROBLEM    {problem}" for problem in found.problems[:50]]
    lines.append(f"{found.lost} lost, {found.doubled} doubled, {len(found.problems)} problems")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--transactions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None, help="repeat the faults of a run")
    arguments = parser.parse_args()
    seed = secrets.randbits(32) if arguments.seed is None else arguments.seed
    total = arguments.transactions
    _write(f"seed {seed}")
    begun = time.monotonic()
    with new_run(seed) as run:
        for number in range(1, total + 1):
            run.transact()
            if number % max(1, total // 20) == 0:
                _write(f"{number:>7} of {total}, {time.monotonic() - begun:.0f} s, {run.lives.total()} lives")
        found = run.finish()
        _write(summary(run, found, total, time.monotonic() - begun))
    return 1 if found.problems else 0


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
