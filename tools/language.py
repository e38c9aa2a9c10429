"""Plain technical English in docstrings: ``python -m tools.language [--list] [FOLDER …]``.

A docstring is odd when it opens with a relative clause in place of a noun phrase or an imperative ("Who came,
put where the service waits"), or uses a word that personifies the program ("whoever is told"). ``MOST`` of
all docstrings may be odd: quotations and explanations of these words exist.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("terminal", "drivers", "ui", "config", "central", "domain", "runtime", "tools", "benchmarks")
MOST = 0.02
OPENING = re.compile(r"(What|Who|Whose|Whoever|Whom)\b(?!.*\?)")
WORDS = re.compile(r"\b(told|whoever|nobody|anew|hears)\b", re.IGNORECASE)


class Docstring(NamedTuple):
    place: str
    """``file:line``."""
    text: str


def odd(text: str) -> bool:
    """Pure: true for a docstring that opens with a relative clause or uses one of the ``WORDS``."""
    return bool(OPENING.match(text.strip().splitlines()[0] if text.strip() else "") or WORDS.search(text))


def _body(node: ast.AST) -> list[ast.stmt]:
    """Statements below a node; a lambda's body is an expression and has none."""
    body = getattr(node, "body", None)
    return body if isinstance(body, list) else []


def docstrings(path: Path) -> Iterator[Docstring]:
    """All docstrings of a module: its own, of classes and functions, and strings below assignments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for statement in _body(node):
            if (
                isinstance(statement, ast.Expr)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.value.value, str)
            ):
                yield Docstring(f"{path}:{statement.lineno}", statement.value.value)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", default=PACKAGES, metavar="FOLDER")
    parser.add_argument("--list", action="store_true", help="print each odd docstring with its place")
    arguments = parser.parse_args()
    files = [file for folder in arguments.folders for file in sorted(Path(folder).rglob("*.py"))]
    found = [each for file in files for each in docstrings(file)]
    wrong = [each for each in found if odd(each.text)]
    if arguments.list:
        for each in wrong:
            print(f"{each.place}: {' '.join(each.text.split())}")
    share = len(wrong) / max(1, len(found))
    print(
        f"language: {len(wrong)} of {len(found)} docstrings to be rewritten ({share:.1%}, at most {MOST:.0%})"
    )
    return 0 if share <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
