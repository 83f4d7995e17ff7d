"""`clerk-central numbers`: each series of document numbers of a year, its gaps and why (文书号)."""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from central.commands import add_command
from central.db import given_numbers
from central.db.engine import Connection, Database
from clerk.clock import OFFICE_ZONE, Clock
from clerk.errand import Errand, Phase
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.rules.case import fold
from clerk.rules.number_gaps import Gap, GapReason, LeftOut, find_gaps
from clerk.watched import watched

_NUMBER = re.compile(r"([0-9]+)号$")
Key = tuple[str, str]


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One series of a year: its last number, the papers that are out, those void, its gaps."""

    department: str
    kind: str
    last: int
    given: int
    void: int
    gaps: tuple[Gap, ...]


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("list the series of document numbers, and explain their gaps")
    parser = add_command(subparsers, "numbers", text, _numbers)
    parser.add_argument("--year", type=int, help=_("the year; otherwise the present one"))


def list_series(
    connection: Connection, year: int, errand: Errand | None = None
) -> tuple[Series, ...]:
    """Each series with what became of its numbers. Raises CancelledError."""
    errand, total = errand or Errand(), given_numbers.count_records(connection)
    given: dict[Key, set[int]] = defaultdict(set)
    void: dict[Key, int] = defaultdict(int)
    for record in errand.follow(Phase.CASES, given_numbers.each_record(connection), total):
        case = fold(record)
        for one in case.documents:
            found = _NUMBER.search(one.number)
            if found and one.at.astimezone(OFFICE_ZONE).year == year:
                key = (case.terms.department, one.kind.value)
                given[key].add(int(found[1]))
                void[key] += one.void
    restores = given_numbers.list_restores(connection)
    return tuple(
        Series(
            department=department,
            kind=kind,
            last=last,
            given=len(given[department, kind]),
            void=void[department, kind],
            gaps=find_gaps(
                last, given[department, kind], _left_out(restores, f"{year}/{department}/{kind}")
            ),
        )
        for department, kind, last in given_numbers.list_series(connection, year)
    )


def _left_out(restores: Sequence[tuple[datetime, dict[str, str]]], name: str) -> list[LeftOut]:
    """What each restore left out of a series; one that it did not know begins behind as many."""
    found = []
    for at, detail in restores:
        before, skipped = int(detail.get(f"last {name}", "0")), int(detail.get("skipped", "0"))
        day = f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d}"
        found.append(LeftOut(first=before + 1, last=before + skipped, day=day))
    return found


def _numbers(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    year = arguments.year or clock.now().astimezone(OFFICE_ZONE).year
    with watched() as errand, database.read() as connection:
        series = list_series(connection, year, errand)
    for one in series:
        told = _("{department} {kind}: 1 to {last}, papers: {given}, void among them: {void}")
        _say(told.format(**{name: getattr(one, name) for name in one.__struct_fields__}))
        for gap in one.gaps:
            _say(f"  {_tell(gap)}")
    unknown = any(gap.reason is GapReason.UNKNOWN for one in series for gap in one.gaps)
    if not unknown:
        _say(_("Every number is accounted for."))
    return int(unknown)


def _tell(gap: Gap) -> str:
    if gap.reason is GapReason.RESTORED:
        told = _("{first} to {last}: left out by the restore of {day}, might have been on paper")
    else:
        told = _("{first} to {last}: nothing explains it; look into the audit record")
    return told.format(first=gap.first, last=gap.last, day=gap.day)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
