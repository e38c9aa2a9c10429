"""``make bench``: every benchmark, one table, and ``build/bench.json``."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

MODULES = (
    "tap_to_credential",
    "frame_to_identity",
    "barcode_evidence",
    "start_to_ready",
    "kiosk",
    "journal",
    "fleet",
    "fares",
    "bus_tap",
    "entitlements",
    "full_scale",
    "city_load",
    "trust",
)
TO = Path("build/bench.json")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", epilog="example: python -m benchmarks --only frame_to_identity"
    )
    parser.add_argument("--only", choices=MODULES, action="append", help="this benchmark (may be repeated)")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {}
    for name in arguments.only or MODULES:
        sys.stderr.write(f"{name} …\n")
        try:
            module = import_module(f"benchmarks.{name}")
        except ModuleNotFoundError as missing:
            sys.stderr.write(f"{name}: {missing}\n")
            continue
        for title, row in module.run().items():
            figures[title] = row
            peers = "  ".join(f"{peer} {value:g}" for peer, value in row["peer"].items())
            print(f"{title:56} {row['value']:>10g} {row['unit']:8} {peers}", flush=True)
        TO.parent.mkdir(exist_ok=True)
        TO.write_text(json.dumps({"figures": figures}, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"written to {TO}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
