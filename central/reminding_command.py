"""`clerk-central reminders`: which licences are to be renewed, and who was told."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

from central.commands import add_command
from central.db import reminders, renewals
from central.db.engine import Database
from clerk.clock import OFFICE_ZONE, Clock
from clerk.files import write_atomic
from clerk.locale import _, _n
from clerk.parsing import Subparsers

_BOM = "\ufeff"


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `reminders`; `run` in the defaults carries it out."""
    text = _("list the licences whose renewal is due, and whether their holders were told")
    parser = add_command(subparsers, "reminders", text, _run)
    help_text = _("write the list to this CSV, with telephones, for whoever calls them")
    undecided = _("list the licences that ended while their timely renewal was undecided")
    parser.add_argument("--undecided", action="store_true", help=undecided)
    parser.add_argument("--csv", type=Path, metavar=_("FILE"), help=help_text)


def _run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    if arguments.undecided:
        return _list_undecided(database)
    today = clock.now().astimezone(OFFICE_ZONE).date()
    with database.read() as connection:
        due = reminders.list_due(connection, today)
    for one, handed_at in due:
        state = f"{handed_at:%F}" if handed_at else _("not told yet")
        row = (one.renew_by.isoformat(), one.until.isoformat(), one.licence_name, one.number, state)
        sys.stdout.write("\t".join(row) + "\n")
    if arguments.csv is not None:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(("应于此前申请", "有效期至", "证照", "编号", "持证人", "电话", "颁发机关"))
        for one, _handed in due:
            dates = (one.renew_by.isoformat(), one.until.isoformat())
            who = (_plain(one.holder), _plain(one.phone), one.office)
            writer.writerow((*dates, one.licence_name, one.number, *who))
        write_atomic(arguments.csv, (_BOM + out.getvalue()).encode())
    sys.stdout.write(
        _n("{count} renewal is due.", "{count} renewals are due.", len(due)).format(count=len(due))
        + "\n"
    )
    return 0


def _list_undecided(database: Database) -> int:
    """What the law counts as renewed (行政许可法 Art. 50), and what a person said of it."""
    with database.read() as connection:
        noted = renewals.list_noted(connection)
    for one in noted:
        said = _("to be confirmed by a person")
        if one.holds is not None:
            said = _("confirmed") if one.holds else _("not treated as renewed")
        row = (one.until.isoformat(), one.type_id, one.number, one.case_number, one.department)
        sys.stdout.write("\t".join((*row, one.stage, said)) + "\n")
    sys.stdout.write(_("{count} in all.").format(count=len(noted)) + "\n")
    return 0


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
