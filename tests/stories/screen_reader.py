"""A screen reader without a voice: what stands on the screen for AT-SPI, and its buttons pressed through it.

Run by the system's Python, which has the accessibility bindings; it speaks JSON, a line a question, on
standard input and output. It knows nothing of the program but the name it has on the desktop.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

APPLICATION = "Onecard Terminal"
BUTTONS = ("button", "push button", "toggle button", "check box", "page tab", "list item")


def application() -> Any:
    """The program on the desktop, or None while it is not there."""
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(place)
        if child is not None and APPLICATION in (child.get_name() or ""):
            return child
    return None


def shown(item: Any) -> Iterator[Any]:
    """What a reader would come to, in its order."""
    for place in range(item.get_child_count()):
        child = item.get_child_at_index(place)
        if child is None or not child.get_state_set().contains(Atspi.StateType.VISIBLE):
            continue
        yield child
        yield from shown(child)


def told(item: Any) -> dict[str, object]:
    states = item.get_state_set()
    return {
        "role": item.get_role_name(),
        "name": item.get_name() or "",
        "description": item.get_description() or "",
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "focused": states.contains(Atspi.StateType.FOCUSED),
    }


def read() -> list[dict[str, object]]:
    found = application()
    return [told(item) for item in shown(found)] if found is not None else []


def press(name: str) -> bool:
    """Whether there was such a button and it took the press."""
    found = application()
    for item in shown(found) if found is not None else ():
        if item.get_role_name() in BUTTONS and item.get_name() == name:
            action = item.get_action_iface()
            for place in range(action.get_n_actions() if action else 0):
                if action.get_action_name(place).lower() == "press":
                    return bool(action.do_action(place))
    return False


def answer(question: dict[str, str]) -> object:
    try:
        Atspi.get_desktop(0).clear_cache()
        return press(question["press"]) if "press" in question else read()
    except GLib.Error:
        # The screen changed while it was read: whoever asks, asks again.
        return [] if "press" not in question else False


def main() -> None:
    Atspi.init()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        sys.stdout.flush()


main()
