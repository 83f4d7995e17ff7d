"""`clerk-central rating`: where applicants rate, and for how long a code opens the page."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from central.commands import add_command
from central.db import settings
from central.db.engine import Connection, Database
from central.letting_hold import let_hold
from clerk.clock import Clock
from clerk.contract.setting import RATING_CHOICE, RatingChoice
from clerk.errors import InputError
from clerk.locale import _, _n
from clerk.parsing import Subparsers

_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./-]*)?", re.ASCII)
_MOST_ADDRESS = 100
"""Characters: a longer one makes a QR that phones read badly from paper."""
_MOST_DAYS = 365
_NOWHERE = "none"


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("show where applicants rate, or let them rate otherwise from now on")
    parser = add_command(subparsers, "rating", text, _rating)
    parser.add_argument(
        "--address",
        help=_("the public address of central, such as https://rate.example; none: no codes"),
    )
    parser.add_argument("--days", type=int, help=_("for how many days a code opens the page"))


def _rating(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    wanted = _read(arguments)
    choice = database.commit(partial(choose, wanted=wanted, now=clock.now()))
    told = [
        _("Applicants rate at {address}.").format(address=choice.address)
        if choice.address
        else _("Receipts bear no code to rate by: no address is set."),
        _n(
            "A code opens the page for {days} day.",
            "A code opens the page for {days} days.",
            choice.days,
        ).format(days=choice.days),
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


def choose(connection: Connection, wanted: dict[str, object], now: datetime) -> RatingChoice:
    """Let another choice hold from now on; the same again changes nothing."""
    before = settings.get_rating_choice(connection)
    after = replace(before, **wanted)
    if after == before:
        return before
    detail = {"address": after.address or _NOWHERE, "days": str(after.days)}
    let_hold(connection, RATING_CHOICE, after, now, detail)
    return after


def _read(arguments: argparse.Namespace) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if arguments.address is not None:
        wanted["address"] = _read_address(arguments.address)
    if arguments.days is not None:
        if not 0 < arguments.days <= _MOST_DAYS:
            raise InputError("setting.rating_days", most=_MOST_DAYS)
        wanted["days"] = arguments.days
    return wanted


def _read_address(text: str) -> str:
    if text == _NOWHERE:
        return ""
    if len(text) > _MOST_ADDRESS or not _ADDRESS.fullmatch(text):
        raise InputError("setting.rating_address", address=text, most=_MOST_ADDRESS)
    return text.rstrip("/")
