"""``onecard voice``: check, script, record and import the Mandarin voice."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from drivers.system.voices import installed_voices
from terminal.commands.data_folder import add_place, chosen_folder
from terminal.commands.exit_codes import Exit
from ui.speech.checking import checked
from ui.speech.recorded_pack import PackReport, Piece, import_takes, script
from ui.speech.recorded_pack import checked as recorded_checked
from ui.speech.syllable_pack import import_syllables
from ui.speech.syllables import syllables

RECORDER = "arecord"
RECORDING = ("-q", "-f", "S16_LE", "-r", "48000", "-c", "1", "-t", "wav")
MOST_LISTED = 20


def describe(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="voice", metavar="ACTION", required=True)
    check = commands.add_parser("check", help="compare every public sentence with its right reading")
    add_place(check)
    check.add_argument("--engine", choices=("espeak", "syllables", "recorded"), default="")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.set_defaults(do=check_voice)
    read = commands.add_parser("read", help="print the syllables of sentences, as they would be spoken")
    read.add_argument("sentences", metavar="SENTENCE", nargs="+")
    read.add_argument("--json", action="store_true", help="print one JSON document")
    read.set_defaults(do=read_sentences)
    written = commands.add_parser("script", help="write the list of texts for a speaker")
    written.add_argument("--json", action="store_true", help="print one JSON document")
    written.set_defaults(do=write_script)
    record = commands.add_parser("record", help="take the recordings of the script, or a folder of them")
    add_place(record)
    record.add_argument(
        "--from", dest="source", metavar="DIR", type=Path, help="files named by number or key"
    )
    record.add_argument("--speaker", default="", help="name of the speaker, who has consented in writing")
    record.set_defaults(do=record_pack)
    brought = commands.add_parser("import", help="make a syllable pack from a folder of recorded syllables")
    add_place(brought)
    brought.add_argument("folder", metavar="DIR", type=Path)
    brought.add_argument("--attribution", default="", help="name to state; without it, the licence file")
    brought.set_defaults(do=import_pack)
    parser.epilog = (
        "example: onecard voice check --json\n"
        "example: onecard voice script > script.tsv\n"
        'example: onecard voice record --from takes/ --speaker "Wang Fang"\n'
        "exit codes: 0 done, 1 something is wrong or missing"
    )


def run(arguments: argparse.Namespace) -> int:
    code: int = arguments.do(arguments)
    return code


def check_voice(arguments: argparse.Namespace) -> int:
    data = chosen_folder(arguments)
    report = checked(data, arguments.engine)
    if arguments.json:
        shown = {
            "sentences": report.sentences,
            "wrong": list(report.wrong),
            "missing": list(report.missing),
            "engine": report.engine,
        }
        print(json.dumps(shown, ensure_ascii=False))
    else:
        counts = f"{len(report.wrong)} wrong, {len(report.missing)} missing"
        print(f"engine: {report.engine or 'none'}; {report.sentences} sentences, {counts}")
        _list("wrong", report.wrong)
        _list("missing", report.missing)
        if report.engine == "recorded":
            show(recorded_checked(data))
    return Exit.FAILED if report.wrong or report.missing else Exit.DONE


def read_sentences(arguments: argparse.Namespace) -> int:
    read = {each: " ".join(syllables(each)) for each in arguments.sentences}
    if arguments.json:
        print(
            json.dumps(
                {"sentences": [{"text": text, "syllables": said} for text, said in read.items()]},
                ensure_ascii=False,
            )
        )
    else:
        print("\n".join(read.values()))
    return Exit.DONE


def write_script(arguments: argparse.Namespace) -> int:
    pieces = script()
    if arguments.json:
        print(json.dumps({"pieces": [asdict(each) for each in pieces]}, ensure_ascii=False))
        return Exit.DONE
    print("number\tkey\ttext\treading\tsentence")
    for number, each in enumerate(pieces, 1):
        print(f"{number:04}\t{each.key}\t{each.text}\t{each.reading}\t{each.context}")
    return Exit.DONE


def record_pack(arguments: argparse.Namespace) -> int:
    data = chosen_folder(arguments)
    if arguments.source:
        report = import_takes(arguments.source, data, arguments.speaker)
    else:
        with tempfile.TemporaryDirectory(prefix="onecard-takes-") as folder:
            if not take_recordings(Path(folder), _wanted(data)):
                return Exit.DEVICE_MISSING
            report = import_takes(Path(folder), data, arguments.speaker)
    show(report)
    return Exit.FAILED if report.clipped or report.silent else Exit.DONE


def _wanted(data: Path) -> tuple[Piece, ...]:
    """What is not recorded yet: recording goes on where it was left."""
    if installed_voices(data).best != "recorded":
        return script()
    report = recorded_checked(data)
    gaps = {*report.missing, *report.clipped, *report.silent}
    return tuple(each for each in script() if each.text in gaps)


def take_recordings(folder: Path, wanted: tuple[Piece, ...]) -> bool:
    """Ask for one text after the other. False where no microphone records."""
    if not shutil.which(RECORDER):
        print("no recorder: install alsa-utils", file=sys.stderr)
        return False
    print("Enter begins and ends a recording; q ends the session and keeps what was recorded.")
    for number, piece in enumerate(wanted, 1):
        if input(f"\n{number}/{len(wanted)}  {piece.text}  ({piece.context})  ").strip() == "q":
            break
        process = subprocess.Popen([RECORDER, *RECORDING, str(folder / f"{piece.key}.wav")])
        input("recording; Enter ends it ")
        process.terminate()
        process.wait()
    return any(folder.iterdir())


def import_pack(arguments: argparse.Namespace) -> int:
    count = import_syllables(arguments.folder, chosen_folder(arguments), arguments.attribution)
    print(f"{count} syllables imported")
    return Exit.DONE


def show(report: PackReport) -> None:
    _list("not recorded", report.missing)
    _list("clipped", report.clipped)
    _list("silent", report.silent)
    _list("of texts that are gone", report.stale)


def _list(name: str, texts: tuple[str, ...]) -> None:
    if texts:
        more = f" … and {len(texts) - MOST_LISTED} more" if len(texts) > MOST_LISTED else ""
        print(f"{name} ({len(texts)}): " + "; ".join(texts[:MOST_LISTED]) + more)
