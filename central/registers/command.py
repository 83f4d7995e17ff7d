"""`clerk-central register`: which registers of others are asked, and how; and who looked."""

from __future__ import annotations

import argparse
import asyncio
import csv
import getpass
import io
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from central.commands import add_command
from central.db import audit, descriptions, register_answers
from central.db.engine import Connection, Database
from central.db.register_answers import Access
from central.registers.describing import load, set_active
from central.registers.description import Description
from central.registers.description_text import write_description
from central.registers.examining import read_descriptions
from central.registers.followed import follow
from central.registers.known import decode, get_known
from central.registers.outside.credentials import headers_of
from central.registers.outside.failure import RegisterError
from central.registers.outside.network import resolve
from central.registers.section import LOOK_LASTS
from central.typed import typed_day
from clerk.clock import OFFICE_ZONE, Clock, begin_of_day
from clerk.contract.session import Purpose
from clerk.files import read_file, write_atomic
from clerk.locale import _, _n
from clerk.locale.problems import tell
from clerk.parsing import Subparsers
from clerk.rules.supervision.unneeded import DraftLook

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add both commands; `run` in the defaults carries one out."""
    text = _("say which registers of others are asked, and how")
    parser = subparsers.add_parser("register", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    loading = add_command(acts, "load", _("let the descriptions of a file hold"), _load)
    loading.add_argument("file", type=Path, help=_("TOML; see the administrator's guide"))
    add_command(acts, "list", _("list all registers with their versions"), _list)
    for name, told, run in (
        ("show", _("print one description, as TOML"), _show),
        (
            "check",
            _("see whether its address and its credential will do; nobody is asked about"),
            _check,
        ),
        ("off", _("ask it no more"), partial(_turn, active=False)),
        ("on", _("ask it again"), partial(_turn, active=True)),
    ):
        one = add_command(acts, name, told, run)
        one.add_argument("register", metavar="ID", help=_("its id"))
    _add_lookups(subparsers)


def _add_lookups(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("list who looked somebody up, why, at which fields, and how old they were")
    parser = add_command(subparsers, "lookups", text, _lookups)
    parser.add_argument("--since", type=typed_day, metavar="DAY", help=_("from this day (today)"))
    parser.add_argument("--until", type=typed_day, metavar="DAY", help=_("up to and with this day"))
    parser.add_argument(
        "--purpose",
        default="",
        choices=[one.value for one in Purpose],
        help=_("of this purpose alone"),
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("write them to this file"))


def _load(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    loaded = read_descriptions(read_file(arguments.file))
    loading = partial(load, loaded=loaded, now=clock.now(), actor=getpass.getuser())
    changed = database.commit(loading)
    for one in loaded:
        state = _("from now on") if one.id in changed else _("as before")
        _say(f"{one.id}\t{one.name}\t{state}")
    return 0


def _list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        every = descriptions.list_all(connection)
        if not every:
            _say(_("No register of others is described yet."))
        for one in every:
            described = decode(one.body)
            state = "" if one.active else _("not asked")
            _say(f"{one.id}\t{one.version}\t{described.name}\t{described.url}\t{state}".rstrip())
    return 0


def _show(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        described = get_known(connection, arguments.register).description
    _say(write_description(described))
    return 0


def _check(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        described = get_known(connection, arguments.register).description
    problems = _find_problems(described)
    for code in problems:
        _say(tell(code).what)  # what is safe, and what to do, is said to a window
    if not problems:
        _say(_("Address and credential will do."))
    return 1 if problems else 0


def _find_problems(described: Description) -> list[str]:
    found = []
    try:
        headers_of(described.auth)
    except RegisterError as error:
        found.append(error.code)
    if described.outside:
        try:
            asyncio.run(resolve(described.url, described.networks))
        except RegisterError as error:
            found.append(error.code)
    return found


def _turn(arguments: argparse.Namespace, database: Database, clock: Clock, *, active: bool) -> int:
    turning = partial(
        set_active,
        register=arguments.register,
        now=clock.now(),
        actor=getpass.getuser(),
        active=active,
    )
    database.commit(turning)
    _say(_("It is asked again.") if active else _("It is asked no more."))
    return 0


def _lookups(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    today = clock.now().astimezone(OFFICE_ZONE).date()
    since = arguments.since or arguments.until or today
    until = arguments.until or max(since, today)

    def read(connection: Connection) -> tuple[tuple[Access, ...], dict[str, DraftLook]]:
        begin, end = begin_of_day(since), begin_of_day(until) + timedelta(days=1)
        found = register_answers.list_accesses(connection, begin, end)
        came = {one.id: one for one in follow(connection, begin - LOOK_LASTS, end)}
        entry = audit.Entry(
            at=clock.now(),
            actor="console",
            action="lookups.read",
            subject=arguments.purpose or "all",
            detail={"since": since.isoformat(), "until": until.isoformat()},
        )
        audit.append(connection, entry)
        return found, came

    accesses, came = database.commit(read)
    chosen = (one for one in accesses if arguments.purpose in {"", one.purpose})
    listed = [(*_cells(one), *_came_of(one, came.get(one.lookup))) for one in chosen]
    if arguments.csv is not None:
        write_atomic(arguments.csv, _write_csv(listed))
        _say(
            _n("{count} look is in {path}", "{count} looks are in {path}", len(listed)).format(
                count=len(listed), path=arguments.csv
            )
        )
        return 0
    for cells in listed:
        _say("\t".join(cells))
    return 0


def _cells(one: Access) -> tuple[str, ...]:
    at = f"{one.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}"
    age = str(one.age_s) if one.state else "–"
    seen = (one.register, one.state or "–", one.fields or "–", age, one.problem or "–")
    return (at, one.user, one.purpose, one.subject, *seen, one.reason or "–", one.lookup)


def _came_of(one: Access, look: DraftLook | None) -> tuple[str, str]:
    """The cases of a look for a draft, and what of this register their items did not need."""
    if look is None:
        return "–", "–"
    beyond = " ".join(sorted(look.beyond.get(one.register, ())))
    return " ".join(case.number for case in look.cases) or _("no case"), beyond or "–"


def _write_csv(listed: Sequence[tuple[str, ...]]) -> bytes:
    """With a byte-order mark, or a spreadsheet takes the Chinese for something else."""
    text = io.StringIO()
    writer = csv.writer(text)
    who = (_("When"), _("Person"), _("Purpose"), _("Draft or case"))
    what = (_("Register"), _("Answer"), _("Fields"), _("Age in seconds"), _("Problem"))
    came = (_("Cases that came of it"), _("Seen beyond their need"))
    writer.writerow([*who, *what, _("Reason"), _("Look"), *came])
    for cells in listed:
        writer.writerow([f"'{cell}" if cell.startswith(_DANGEROUS) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
