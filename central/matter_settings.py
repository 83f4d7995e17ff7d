"""`clerk-central matter-limits`: how soon the office answers what people bring to it (诉求).

The limits are the office's own (*local*). A matter keeps those that held when it was taken in.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from functools import partial

from msgspec.structs import asdict, replace

from central.commands import add_command
from central.db import settings
from central.db.engine import Connection, Database
from central.letting_hold import let_hold
from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.setting import MATTER_CHOICES, MatterChoice, MatterChoices
from clerk.errors import InputError
from clerk.locale import _
from clerk.parsing import Subparsers

MOST_DAYS = 90


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("show how soon complaints, inquiries and suggestions are answered, or change it")
    parser = add_command(subparsers, "matter-limits", text, _limits)
    for option, told in (
        ("--inquiry-answer", _("working days to answer an inquiry")),
        ("--complaint-contact", _("working days to talk to who complained")),
        ("--complaint-answer", _("working days to answer a complaint")),
        ("--suggestion-answer", _("working days to answer a suggestion")),
        ("--follow-up-contact", _("working days to talk to who rated badly")),
        ("--follow-up-mend", _("working days to mend what was rated badly")),
    ):
        parser.add_argument(option, metavar="DAYS", help=told)


def _limits(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    known = _days(MatterChoice(since=clock.now()))
    wanted = {
        name: _read_days(getattr(arguments, name))
        for name in known
        if getattr(arguments, name) is not None
    }
    chosen = database.commit(partial(choose_limits, wanted=wanted, now=clock.now()))
    sys.stdout.write("\n".join(_describe(chosen)) + "\n")
    return 0


def choose_limits(connection: Connection, wanted: dict[str, int], now: datetime) -> MatterChoices:
    """Let other limits hold from now on; the same again changes nothing."""
    known = settings.get_matter_choices(connection)
    before = known.versions[-1] if known.versions else MatterChoice(since=now)
    after = replace(before, **wanted)
    if after == before:
        return known
    chosen = MatterChoices(versions=(*known.versions, replace(after, since=now)))
    detail = {name: str(days) for name, days in _days(after).items()}
    let_hold(connection, MATTER_CHOICES, chosen, now, detail)
    return chosen


def _describe(choices: MatterChoices) -> list[str]:
    if not choices.versions:
        lines = [_("Matters are answered by the defaults, in working days.")]
        shown = MatterChoice(since=datetime.min.replace(tzinfo=OFFICE_ZONE))
    else:
        shown = choices.versions[-1]
        since = f"{shown.since.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        lines = [_("Matters are answered so since {since}, in working days.").format(since=since)]
    return lines + [f"  {name.replace('_', '-')}: {days}" for name, days in _days(shown).items()]


def _days(choice: MatterChoice) -> dict[str, int]:
    return {name: days for name, days in asdict(choice).items() if name != "since"}


def _read_days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        raise InputError("setting.matter_days", days=text, most=MOST_DAYS)
    return int(text)
