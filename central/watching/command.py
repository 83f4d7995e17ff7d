"""The commands of `clerk-central` about supervision: its policy, and what an auditor reads."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec

from central.commands import add_command
from central.db import audit, findings, offices, watched
from central.db.engine import Connection, Database
from central.typed import typed_day
from central.watching.policy import get_policy, set_policy
from central.watching.policy_text import write_policy
from clerk.clock import OFFICE_ZONE, Clock, begin_of_day
from clerk.contract.supervision import Finding, SupervisionPolicy
from clerk.errors import InputError
from clerk.files import read_file, write_atomic
from clerk.locale import _, _n
from clerk.locale.suspicions import name_rule, tell_suspicion
from clerk.parsing import Subparsers
from clerk.rules.numbers import spaced
from clerk.rules.supervision.patterns import PATTERNS
from clerk.rules.supervision.recording import AFTER, BEFORE, link

_MONTH = timedelta(days=30)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands; `run` in the defaults carries one out."""
    _add_findings(subparsers)
    text = _("show and change what holds of supervision")
    parser = subparsers.add_parser("supervision", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    add_command(acts, "show", _("print the policy in force, as TOML"), _show)
    loading = add_command(acts, "load", _("let the policy of a file hold"), _load)
    loading.add_argument("file", type=Path, help=_("TOML, as `show` prints it"))
    add_command(acts, "recount", _("count the board and find everything anew"), _recount)


def _add_findings(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("list what an auditor may want to look at, each with its rule and reason")
    parser = add_command(subparsers, "findings", text, _findings)
    parser.add_argument(
        "--since", type=typed_day, metavar="DAY", help=_("from this day, as 2026-06-01")
    )
    parser.add_argument("--until", type=typed_day, metavar="DAY", help=_("up to and with this day"))
    parser.add_argument("--rule", default="", choices=[*PATTERNS], help=_("of this rule alone"))
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("write them to this file"))


def _findings(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    today = clock.now().astimezone(OFFICE_ZONE).date()
    until = arguments.until or today
    since = arguments.since or until - _MONTH

    def read(connection: Connection) -> list[tuple[Finding, str]]:
        found = findings.list_between(
            connection, begin_of_day(since), begin_of_day(until) + timedelta(days=1), arguments.rule
        )
        templates = {one.id: one.recording for one in offices.list_windows(connection)}
        entry = audit.Entry(
            at=clock.now(),
            actor="console",
            action="findings.read",
            subject=arguments.rule or "all",
            detail={"since": since.isoformat(), "until": until.isoformat()},
        )
        audit.append(connection, entry)
        return [(one, _recording(one, templates.get(one.window, ""))) for one in found]

    listed = database.commit(read)
    if arguments.csv is not None:
        write_atomic(arguments.csv, _write_csv(listed))
        _say(
            _n(
                "{count} finding is in {path}", "{count} findings are in {path}", len(listed)
            ).format(count=len(listed), path=arguments.csv)
        )
        return 0
    for one, address in listed:
        _say("\t".join(part for part in (*_cells(one), address) if part))
    return 0


def _cells(one: Finding) -> tuple[str, ...]:
    at = one.at.astimezone(OFFICE_ZONE)
    number = spaced(one.case_number) if one.case_number else "–"
    reason = tell_suspicion(one)
    return (one.rule, f"{at:%Y-%m-%d %H:%M}", number, one.item_name or "–", one.actor_name, reason)


def _write_csv(listed: list[tuple[Finding, str]]) -> bytes:
    """With a byte-order mark, or a spreadsheet takes the Chinese for something else."""
    text = io.StringIO()
    writer = csv.writer(text)
    heads = (_("Rule"), _("Name"), _("When"), _("Case"), _("Item"), _("Person"), _("Reason"))
    writer.writerow([*heads, _("Department"), _("Window"), _("Recording")])
    for one, address in listed:
        rule, *rest = _cells(one)
        row = [rule, name_rule(one.rule), *rest, one.department, one.window, address]
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _recording(one: Finding, template: str) -> str:
    return link(template, one.window, one.at - BEFORE, one.at + AFTER) if template else ""


def _show(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        _say(write_policy(get_policy(connection)))
    return 0


def _load(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    try:
        policy = msgspec.toml.decode(read_file(arguments.file), type=SupervisionPolicy)
    except UnicodeDecodeError as error:
        raise InputError("policy.file", at=str(arguments.file)) from error
    except msgspec.DecodeError as error:
        raise InputError("policy.file", at=str(error).rpartition("`")[0] or "TOML") from error
    database.commit(partial(set_policy, policy=policy, now=clock.now()))
    return _show(arguments, database, clock)


def _recount(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    def recount(connection: Connection) -> None:
        watched.forget_all(connection)
        entry = audit.Entry(
            at=clock.now(), actor="console", action="supervision.recounted", subject="board"
        )
        audit.append(connection, entry)

    database.commit(recount)
    _say(_("Central counts anew within its next minute."))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
