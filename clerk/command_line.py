"""The commands of `clerk` and what can be said to them; `clerk.__main__` does them.

Apart from it, for the window opens without a word of this.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk.locale import _
from clerk.parsing import Subparsers, add_command, begin_parser


def build_parser() -> argparse.ArgumentParser:
    """The parser of `clerk`; `run` of what it answers is the name of what is to be done."""
    told = _("The desk of a service centre: one window for every department.")
    parser = begin_parser("clerk", told)
    parser.add_argument(
        "--profile",
        default="default",
        help=_("which desk of this machine, where there are several"),
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help=_("draw no frames, for a screen reader; the desk remembers it"),
    )
    parser.set_defaults(run="open")
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))
    _add_demo(commands)
    _add_practice(commands)
    _add_web(commands)
    _add_enroll(commands)
    _add_sync(commands)
    _add_outbox(commands)
    _add_doctor(commands)
    _add_report(commands)
    _add_print(commands)
    _add_keys(commands)
    return parser


def _add_demo(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Open the demo city; without a terminal, play one whole day and print it as a story.")
    demo = add_command(commands, "demo", told, run="demo")
    demo.add_argument(
        "--out", type=Path, default=Path("demo-out"), help=_("where the day leaves its papers")
    )
    demo.add_argument("--seat", default="", help=_("go straight to this seat of the demo city"))
    demo.add_argument(
        "--story", action="store_true", help=_("play the day, also where there is a terminal")
    )


def _add_practice(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Practise at a window with invented people; nothing ever reaches a real central.")
    add_command(commands, "practice", told, run="practise")


def _add_web(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Open the desk in a browser of this machine, for a seat without a terminal.")
    web = add_command(commands, "web", told, run="web")
    web.add_argument("--port", type=int, default=8020, help=_("the port of this machine to serve"))
    web.add_argument("--practice", action="store_true", help=_("serve the practice window"))


def _add_enroll(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Make this desk known to central, with a one-time code from the administrator.")
    enroll = add_command(commands, "enroll", told, run="enroll")
    enroll.add_argument("--central", required=True, help=_("the address of central"))
    enroll.add_argument("--code", required=True, help=_("the one-time code"))


def _add_sync(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Send what waits and fetch what changed, once, and say how it stands.")
    add_command(commands, "sync", told, run="sync")


def _add_outbox(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Carry the outbox to central in a sealed file, for a broken line.")
    outbox = add_command(commands, "outbox", told)
    acts = outbox.add_subparsers(metavar=_("ACT"), required=True)
    told = _("seal what has no answer yet into a file")
    export = add_command(acts, "export", told, run="export_outbox")
    export.add_argument("file", type=Path, help=_("the file to write"))
    told = _("take central's answers back from a file")
    answers = add_command(acts, "answers", told, run="take_answers")
    answers.add_argument(
        "file", type=Path, help=_("what `clerk-central outbox import` has written")
    )


def _add_doctor(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Examine this desk: store, key, line, clock, fonts, versions.")
    add_command(commands, "doctor", told, run="doctor")


def _add_report(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Write the workbook of a report.")
    report = add_command(commands, "report", told, run="report")
    report.add_argument(
        "report", nargs="?", default="workload", help=_("which report; without one, the workload")
    )
    report.add_argument("--first", default="", help=_("the first day, such as 2026-06-01"))
    report.add_argument("--last", default="", help=_("the last day, such as 2026-06-30"))
    report.add_argument("--out", type=Path, help=_("the file to write"))
    report.add_argument(
        "--detail", action="store_true", help=_("the rows behind the figures alone, however many")
    )
    report.add_argument("--login", default="", help=_("who asks; the password is asked for"))
    own = report.add_mutually_exclusive_group()
    filled = _("the office's own workbook, to be filled: a file, or the name of one central keeps")
    own.add_argument("--template", type=Path, help=filled)
    own.add_argument("--check", type=Path, help=_("a workbook of the office's to look through"))
    report.set_defaults(refuse=report.error)


def _add_print(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Say where this seat prints, and look after its print queue.")
    acts = add_command(commands, "print", told).add_subparsers(metavar=_("ACT"), required=True)
    told = _("print from now on to a printer or into a folder; neither, nothing by itself")
    given = ("printer", "folder")
    settle = add_command(acts, "to", told, run="print", act="settle", given=given)
    where = settle.add_mutually_exclusive_group()
    where.add_argument("--printer", default="", help=_("the printer by the system's name for it"))
    where.add_argument("--folder", default="", help=_("a folder that is there"))
    for name, told in (
        ("queue", _("list the jobs, newest first; ends with 1 where one has failed")),
        ("run", _("print what waits")),
    ):
        add_command(acts, name, told, run="print", act=name, given=())
    for name, told in (
        ("retry", _("print a failed job once more")),
        ("cancel", _("take a job out of the queue")),
    ):
        job = add_command(acts, name, told, run="print", act=name, given=("n",))
        job.add_argument("n", type=int, help=_("the number of the job"))


def _add_keys(commands: Subparsers[argparse.ArgumentParser]) -> None:
    told = _("Print all keys of the desk on a card, in the language spoken.")
    keys = add_command(commands, "keys", told, run="keys")
    keys.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=Path("clerk-keys.pdf"),
        help=_("the PDF file to write (clerk-keys.pdf)"),
    )
