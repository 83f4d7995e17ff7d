"""`clerk-central setting`: what the law leaves to the office, from now on.

A case keeps to what held when it was received, so that no date that was told moves back.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime, time
from functools import partial

from msgspec.structs import replace

from central.commands import add_command
from central.db import settings
from central.db.engine import Connection, Database
from central.letting_hold import let_hold
from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.setting import CLOCK_CHOICES, ClockChoice, ClockChoices, Stretch
from clerk.errors import InputError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.rules.clock import DEFAULT_OFFICE_HOURS

_YES_NO = ("yes", "no")
_AUTO = "auto"
_FLAGS = ("stay_stopped", "pause_promise", "defer_acceptance")
_STRETCH = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_MOST_WARNING = 99


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("show how the office counts, or count otherwise from now on")
    parser = add_command(subparsers, "setting", text, _setting)
    parser.add_argument(
        "--hours", help=_("when the office is open, such as 09:00-12:00,13:30-17:00")
    )
    parser.add_argument(
        "--warning",
        help=_("days left at which a light turns yellow; auto: a fifth of the limit, at least 1"),
    )
    for option, told in (
        ("--stay-stopped", _("whether a stop past its planned days stays and is reported")),
        ("--pause-promise", _("whether a special procedure pauses promised limits too")),
        ("--defer-acceptance", _("whether a window may put accepting off within the five days")),
    ):
        parser.add_argument(option, choices=_YES_NO, help=told)


def _setting(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    wanted = _read(arguments)
    choices = database.commit(partial(choose, wanted=wanted, now=clock.now()))
    sys.stdout.write("\n".join(describe(choices)) + "\n")
    return 0


def choose(connection: Connection, wanted: dict[str, object], now: datetime) -> ClockChoices:
    """Let another choice hold from now on; the same again changes nothing."""
    known = settings.get_choices(connection)
    before = known.versions[-1] if known.versions else ClockChoice(since=now)
    after = replace(before, **wanted)
    if after == before:
        return known
    chosen = ClockChoices(versions=(*known.versions, replace(after, since=now)))
    detail = {name: str(value) for name, value in _told(chosen.versions[-1])}
    let_hold(connection, CLOCK_CHOICES, chosen, now, detail)
    return chosen


def describe(choices: ClockChoices) -> list[str]:
    """What holds now, and since when."""
    if not choices.versions:
        return [_("The office counts by the defaults."), *_lines(None)]
    newest = choices.versions[-1]
    since = f"{newest.since.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    text = _("The office counts so since {since} (choice {count}).")
    return [text.format(since=since, count=len(choices.versions)), *_lines(newest)]


def _lines(choice: ClockChoice | None) -> list[str]:
    shown = choice or ClockChoice(since=datetime.min.replace(tzinfo=OFFICE_ZONE))
    return [f"  {name}: {value}" for name, value in _told(shown)]


def _told(choice: ClockChoice) -> list[tuple[str, str]]:
    hours = choice.hours or tuple(Stretch(one.opens, one.closes) for one in DEFAULT_OFFICE_HOURS)
    told = [
        ("hours", ",".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in hours)),
        ("warning", _AUTO if choice.warning is None else str(choice.warning)),
    ]
    told += [(name.replace("_", "-"), "yes" if getattr(choice, name) else "no") for name in _FLAGS]
    return told


def _read(arguments: argparse.Namespace) -> dict[str, object]:
    wanted: dict[str, object] = {
        name: getattr(arguments, name) == "yes"
        for name in _FLAGS
        if getattr(arguments, name) is not None
    }
    if arguments.hours is not None:
        wanted["hours"] = read_hours(arguments.hours)
    if arguments.warning is not None:
        wanted["warning"] = _read_warning(arguments.warning)
    return wanted


def read_hours(text: str) -> tuple[Stretch, ...]:
    """Stretches of opening in their order, none beginning before the last one ended."""
    found = [_STRETCH.fullmatch(part.strip()) for part in text.split(",")]
    stretches = tuple(
        Stretch(time(int(one[1]), int(one[2])), time(int(one[3]), int(one[4])))
        for one in found
        if one
    )
    ends = [time(), *(one.closes for one in stretches)]
    orderly = all(
        one.opens < one.closes and end <= one.opens
        for one, end in zip(stretches, ends, strict=False)
    )
    if not stretches or len(stretches) != len(found) or not orderly:
        raise InputError("setting.hours", hours=text)
    return stretches


def _read_warning(text: str) -> int | None:
    if text == _AUTO:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST_WARNING):
        raise InputError("setting.warning", warning=text, most=_MOST_WARNING)
    return int(text)
