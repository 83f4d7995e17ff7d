"""What the command lines of the desk and of central begin with."""

from __future__ import annotations

import argparse
import sys

from clerk.locale import LANGUAGES, _
from clerk.locale.help_layout import HelpLayout

Subparsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


class _Version(argparse.Action):
    """Tells the version, which is looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from importlib.metadata import version

        sys.stdout.write(version("clerk") + "\n")
        parser.exit()


def begin_parser(program: str, description: str) -> argparse.ArgumentParser:
    """A parser that tells its version and knows the languages that can be spoken."""
    parser = argparse.ArgumentParser(
        prog=program, description=description, formatter_class=HelpLayout
    )
    told = _("show program's version number and exit")
    parser.add_argument("--version", action=_Version, nargs=0, help=told)
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language to speak"))
    return parser


def add_command(
    subparsers: Subparsers[argparse.ArgumentParser], name: str, text: str, **defaults: object
) -> argparse.ArgumentParser:
    """Add one command, told by the same text in the list and on its own, with its defaults."""
    parser = subparsers.add_parser(name, help=text, description=text)
    parser.set_defaults(**defaults)
    return parser
