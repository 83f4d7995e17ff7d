"""The command line of the desk: `clerk`, and its commands. The one place that reaches up."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from clerk.edge import run_command
from clerk.locale import _
from clerk.locale.choice import is_told, speak_as_asked

if TYPE_CHECKING:
    import argparse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is told in words, and the exit status says so too."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_as_asked(given)
    return run_command("clerk", lambda: _run(given))


def _run(given: Sequence[str]) -> int:
    if not given:  # a window is there sooner without the words of all commands
        return _open()
    asked = _parser().parse_args(given)
    return _RUNS[asked.run](asked)


def _parser() -> argparse.ArgumentParser:
    from clerk.command_line import build_parser

    return build_parser()


def _open(asked: argparse.Namespace | None = None) -> int:
    # Until the desk is loaded (screens.command) there is nothing to collect, only much to look at.
    gc.disable()
    from screens.command import open_window

    if asked is None:
        return open_window(told_language=is_told(None))
    return open_window(asked.profile, told_language=is_told(asked.language), plain=asked.plain)


def _demo(asked: argparse.Namespace) -> int:
    # Textual reads from the first of these and draws on the last.
    if asked.story or not all(one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)):
        from services.demo.command import play

        return play(asked.out)
    from screens.demo import open_demo

    return open_demo(asked.seat, asked.out, plain=asked.plain)


def _practise(asked: argparse.Namespace) -> int:
    from screens.demo import open_practice

    return open_practice(plain=asked.plain)


def _web(asked: argparse.Namespace) -> int:
    from screens.web import serve_desk

    return serve_desk(asked.profile, port=asked.port, practice=asked.practice, plain=asked.plain)


def _enroll(asked: argparse.Namespace) -> int:
    from services.command import enroll

    return enroll(asked.profile, asked.central, asked.code)


def _sync(asked: argparse.Namespace) -> int:
    from services.command import sync

    return sync(asked.profile)


def _export_outbox(asked: argparse.Namespace) -> int:
    from services.command import export_outbox

    return export_outbox(asked.profile, asked.file)


def _take_answers(asked: argparse.Namespace) -> int:
    from services.command import take_answers

    return take_answers(asked.profile, asked.file)


def _doctor(asked: argparse.Namespace) -> int:
    from services.command import doctor

    return doctor(asked.profile)


def _report(asked: argparse.Namespace) -> int:
    from services.command import ReportAsked, check_template, report

    if asked.check:
        return check_template(asked.report, asked.check)
    wanted = {"--first": asked.first, "--last": asked.last, "--login": asked.login}
    if lacking := [name for name, value in wanted.items() if not value]:
        asked.refuse(_("these are needed: {options}").format(options=", ".join(lacking)))
    return report(
        ReportAsked(
            profile=asked.profile,
            key=asked.report,
            first=asked.first,
            last=asked.last,
            out=asked.out,
            login=asked.login,
            detail=asked.detail,
            template=asked.template,
        )
    )


def _keys(asked: argparse.Namespace) -> int:
    from screens.key_card import print_card

    told = _("The key card is at {path}").format(path=print_card(asked.file))
    sys.stdout.write(told + "\n")
    return 0


def _print(asked: argparse.Namespace) -> int:
    from services import print_command

    act = getattr(print_command, asked.act)
    return int(act(asked.profile, *(getattr(asked, name) for name in asked.given)))


_RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "open": _open,
    "demo": _demo,
    "practise": _practise,
    "web": _web,
    "enroll": _enroll,
    "sync": _sync,
    "export_outbox": _export_outbox,
    "take_answers": _take_answers,
    "doctor": _doctor,
    "report": _report,
    "print": _print,
    "keys": _keys,
}
"""What each command comes to, by the name that its parser gives it."""


if __name__ == "__main__":
    sys.exit(main())
