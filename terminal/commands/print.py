"""``onecard print``: a test slip on the receipt printer, or what the printer says about itself."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from config.city.loading import load_city
from config.fault_texts import fault_texts
from config.faults import Fault
from config.printer_address import parse_address
from config.printer_profiles import WIDTHS_MM, printer_profile, printer_profiles
from config.settings import PrinterSettings, Settings, load_profile
from drivers.printers.faults import NotReached, PrinterFault
from drivers.printers.printer import Printer
from drivers.printers.slip import Heading, Paragraph, QrCode, Row, Rule, Slip
from drivers.printers.status import PrinterState
from terminal.commands.exit_codes import Exit

SAYS = {
    PrinterState.READY: "ready",
    PrinterState.PAPER_NEAR_END: "ready; the paper is near its end",
    PrinterState.NO_PAPER: "no paper",
    PrinterState.COVER_OPEN: "the cover is open",
    PrinterState.OFFLINE: "offline",
    PrinterState.UNKNOWN: "unknown: the printer does not tell its state",
}


def describe(parser: argparse.ArgumentParser) -> None:
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--test", action="store_true", help="print a test slip")
    wanted.add_argument("--status", action="store_true", help="ask the printer and print nothing")
    parser.add_argument(
        "--profile", metavar="P", default="library", help="a shipped profile, or a TOML file (%(default)s)"
    )
    parser.add_argument(
        "--printer",
        metavar="ADDRESS",
        help="tcp://HOST:9100, serial:/dev/…?baud=9600, usb:VVVV:PPPP or file:/PATH, not the profile's",
    )
    parser.add_argument(
        "--width", metavar="MM", type=int, choices=WIDTHS_MM, help="width of the paper, 58 or 80"
    )
    parser.add_argument(
        "--printer-profile",
        metavar="KIND",
        choices=sorted(printer_profiles()),
        help=f"kind of printer: {', '.join(printer_profiles())}",
    )
    parser.add_argument(
        "--city", metavar="NAME", default="", help="a city by name, or its folder (of the settings)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.epilog = (
        "example: onecard print --test --printer tcp://192.0.2.7:9100 --width 58\n"
        "exit codes: 0 sent or able to print, 1 not able to print, 2 wrong use, 3 no printer there"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        settings = load_profile(arguments.profile, arguments.city)
        chosen = choice(settings.printer, arguments.printer, arguments.width, arguments.printer_profile)
        if not chosen.address:
            print("No printer is set: give --printer, or set printer.address.", file=sys.stderr)
            return Exit.WRONG_USE
        printer = Printer(parse_address(chosen.address), chosen.width_mm, profile=chosen.profile)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return Exit.WRONG_USE
    try:
        if arguments.status:
            return tell_state(printer.state(), arguments.json)
        told = printer.print(test_slip(settings, chosen, load_city(settings.city).local(datetime.now(UTC))))
    except PrinterFault as fault:
        return refuse(fault, arguments.json)
    if arguments.json:
        print(json.dumps({"printed": True if told else None}))
    else:
        print("printed" if told else "sent; the printer does not tell whether it is out")
    return Exit.DONE


def choice(
    settings: PrinterSettings, address: str | None, width: int | None, profile: str | None
) -> PrinterSettings:
    """Options of the command line override the profile."""
    given = {"address": address, "width_mm": width, "profile": profile}
    return settings.model_copy(update={name: value for name, value in given.items() if value is not None})


def tell_state(state: PrinterState, as_json: bool) -> Exit:
    print(json.dumps({"state": state.value}) if as_json else SAYS[state])
    cannot = (PrinterState.NO_PAPER, PrinterState.COVER_OPEN, PrinterState.OFFLINE)
    return Exit.FAILED if state in cannot else Exit.DONE


def refuse(fault: PrinterFault, as_json: bool) -> Exit:
    print(fault, file=sys.stderr)
    text = fault_texts()[fault.code]
    if as_json:
        print(json.dumps({"error": {"code": fault.code, "message": text.en, "hint": text.hint}}))
    else:
        print(f"{text.en} {text.hint}")
    return Exit.DEVICE_MISSING if isinstance(fault, NotReached) else Exit.FAILED


def test_slip(settings: Settings, chosen: PrinterSettings, at: datetime) -> Slip:
    """Everything a receipt can hold, so that a wrong width or a missing Chinese font is seen at once."""
    columns = printer_profile(chosen.profile).columns(chosen.width_mm)
    ruler = "".join(str(column % 10) for column in range(1, columns + 1))
    return Slip(
        (
            Heading("打印测试 TEST"),
            Row(f"{at:%Y-%m-%d %H:%M}", settings.terminal),
            Paragraph(ruler),
            Paragraph(f"{load_city(settings.city).name.zh}一卡通 中文正常。"),
            Paragraph("生僻字：㛃 䶮 𠮷 𰻞 Ü"),
            Paragraph("粗体 bold", strong=True),
            Row("《红楼梦》", "2026-12-24"),
            Row("金额 Amount", "￥1,234.50"),
            Rule(),
            QrCode(f"{settings.terminal} {at:%Y-%m-%dT%H:%M:%S%z}"),
        )
    )
