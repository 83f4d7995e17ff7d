"""The commands of `clerk` and what can be said to them; `clerk.__main__` does them.

Apart from it, for the window opens without a word of this.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from clerk.locale import _
from clerk.parsing import begin_parser


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


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add_demo(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Open the demo city; without a terminal, play one whole day and print it as a story.")
    demo = commands.add_parser("demo", help=told, description=told)
    demo.add_argument(
        "--out", type=Path, default=Path("demo-out"), help=_("where the day leaves its papers")
    )
    demo.add_argument("--seat", default="", help=_("go straight to this seat of the demo city"))
    demo.add_argument(
        "--story", action="store_true", help=_("play the day, also where there is a terminal")
    )
    demo.set_defaults(run="demo")


def _add_practice(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Practise at a window with invented people; nothing ever reaches a real central.")
    commands.add_parser("practice", help=told, description=told).set_defaults(run="practise")


def _add_web(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Open the desk in a browser of this machine, for a seat without a terminal.")
    web = commands.add_parser("web", help=told, description=told)
    web.add_argument("--port", type=int, default=8020, help=_("the port of this machine to serve"))
    web.add_argument("--practice", action="store_true", help=_("serve the practice window"))
    web.set_defaults(run="web")


def _add_enroll(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Make this desk known to central, with a one-time code from the administrator.")
    enroll = commands.add_parser("enroll", help=told, description=told)
    enroll.add_argument("--central", required=True, help=_("the address of central"))
    enroll.add_argument("--code", required=True, help=_("the one-time code"))
    enroll.set_defaults(run="enroll")


def _add_sync(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Send what waits and fetch what changed, once, and say how it stands.")
    commands.add_parser("sync", help=told, description=told).set_defaults(run="sync")


def _add_outbox(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Carry the outbox to central in a sealed file, for a broken line.")
    outbox = commands.add_parser("outbox", help=told, description=told)
    acts = outbox.add_subparsers(metavar=_("ACT"), required=True)
    told = _("seal what has no answer yet into a file")
    export = acts.add_parser("export", help=told, description=told)
    export.add_argument("file", type=Path, help=_("the file to write"))
    export.set_defaults(run="export_outbox")
    told = _("take central's answers back from a file")
    answers = acts.add_parser("answers", help=told, description=told)
    answers.add_argument(
        "file", type=Path, help=_("what `clerk-central outbox import` has written")
    )
    answers.set_defaults(run="take_answers")


def _add_doctor(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Examine this desk: store, key, line, clock, fonts, versions.")
    commands.add_parser("doctor", help=told, description=told).set_defaults(run="doctor")


def _add_report(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Write the workbook of a report.")
    report = commands.add_parser("report", help=told, description=told)
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
    report.set_defaults(run="report", refuse=report.error)


def _add_print(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Say where this seat prints, and look after its print queue.")
    acts = commands.add_parser("print", help=told, description=told).add_subparsers(
        metavar=_("ACT"), required=True
    )
    told = _("print from now on to a printer or into a folder; neither, nothing by itself")
    settle = acts.add_parser("to", help=told, description=told)
    where = settle.add_mutually_exclusive_group()
    where.add_argument("--printer", default="", help=_("the printer by the system's name for it"))
    where.add_argument("--folder", default="", help=_("a folder that is there"))
    settle.set_defaults(run="print", act="settle", given=("printer", "folder"))
    for name, told in (
        ("queue", _("list the jobs, newest first; ends with 1 where one has failed")),
        ("run", _("print what waits")),
    ):
        acts.add_parser(name, help=told, description=told).set_defaults(
            run="print", act=name, given=()
        )
    for name, told in (
        ("retry", _("print a failed job once more")),
        ("cancel", _("take a job out of the queue")),
    ):
        job = acts.add_parser(name, help=told, description=told)
        job.add_argument("n", type=int, help=_("the number of the job"))
        job.set_defaults(run="print", act=name, given=("n",))


def _add_keys(commands: Commands[argparse.ArgumentParser]) -> None:
    told = _("Print all keys of the desk on a card, in the language spoken.")
    keys = commands.add_parser("keys", help=told, description=told)
    keys.add_argument(
        "file",
        type=Path,
        nargs="?",
        default=Path("clerk-keys.pdf"),
        help=_("the PDF file to write (clerk-keys.pdf)"),
    )
    keys.set_defaults(run="keys")
