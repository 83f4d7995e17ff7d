"""`clerk-central import flows|bundles`: checked, drawn, published as a version."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from central.catalogue.coming import Doing, demand_day
from central.commands import add_command
from central.db import migrating
from central.db.engine import Database
from central.imports.flows.bundle_file import BundleFile, read_bundle_records
from central.imports.flows.flow_file import FlowFile, FoundFlow, read_flow_records
from central.imports.flows.publishing import Outcome, import_bundles, import_flows
from central.imports.flows.records import Complaint, demand_file
from central.imports.returned import hand_back_complaints
from central.typed import typed_day
from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.item import Act, Step
from clerk.drawing import draw_bundle, draw_flow
from clerk.errors import StoreError
from clerk.locale import _, listed, mark
from clerk.locale.problems import tell
from clerk.parsing import Subparsers

SHOWN = 50
"""How many complaints are shown."""

_ACTS = {Act.HANDLE: mark("handle"), Act.REVIEW: mark("review"), Act.APPROVE: mark("approve")}


def add_kinds(kinds: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `flows` and `bundles` to what can be imported."""
    for name, text in (
        ("flows", _("the steps that items go through, from a workbook or TOML")),
        ("bundles", _("items in stages with an order between them, from a workbook or TOML")),
    ):
        parser = add_command(kinds, name, text, run)
        parser.add_argument("file", metavar=_("FILE"), help=_("an .xlsx or .toml file"))
        parser.add_argument(
            "--preview", action="store_true", help=_("check and draw it; publish nothing")
        )
        parser.add_argument(
            "--on",
            type=typed_day,
            metavar=_("DAY"),
            help=_("take effect on this later day"),
        )


def run(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    """Import the file and say what became of it: 0 unless it was refused."""
    if not migrating.is_current(database):
        raise StoreError("database.not_initialised")
    path = Path(arguments.file)
    demand_file(path)
    on, dry = arguments.on, arguments.preview
    doing = Doing(at=clock.now(), actor=getpass.getuser())
    if on is not None:
        demand_day(on, doing.at.astimezone(OFFICE_ZONE).date())
    if arguments.kind == "flows":
        flows = read_flow_records(path)
        outcome = database.commit(lambda one: import_flows(one, flows, doing, dry=dry, on=on))
    else:
        bundles = read_bundle_records(path)
        outcome = database.commit(lambda one: import_bundles(one, bundles, doing, dry=dry, on=on))
    _say_all(_complaints(outcome.file.complaints))
    _say_all(hand_back_complaints(path, outcome.file.complaints))
    if arguments.preview and outcome.file.usable:
        _say_all([*draw(outcome.file), *outcome.touched])
    _say_all([_account(outcome, path.name, on, dry=dry)])
    return 0 if outcome.file.usable else 1


def draw(file: FlowFile | BundleFile) -> list[str]:
    """Everything in the file as drawings."""
    if isinstance(file, BundleFile):
        drawn = [[one.name, *draw_bundle(one), ""] for one in file.bundles]
    else:
        drawn = [[one.item.name, *_draw(one), ""] for one in file.flows]
    return [line for lines in drawn for line in lines]


def _draw(flow: FoundFlow) -> list[str]:
    def told(step: Step) -> list[str]:
        lines = [f"{step.name} · {_(_ACTS[step.act])}{_limit(step)}"]
        if step.joint:
            names = listed(one.name for one in step.joint.signers)
            lines.append(_("countersigned by: {names}").format(names=names))
        return lines

    return draw_flow(flow.steps, told)


def _limit(step: Step) -> str:
    return f" · {step.limit.amount} {step.limit.unit.value}" if step.limit else ""


def _account(outcome: Outcome, file: str, on: date | None, *, dry: bool) -> str:
    if not outcome.file.usable:
        return _("{file}: nothing was published.").format(file=file)
    if dry:
        text = _("{file}: {count} can be published; nothing was.")
    elif on is not None:
        text = _("{file}: {count} read, {changed} take effect on {day}.")
        day = on.isoformat()
        return text.format(file=file, count=outcome.count, changed=outcome.changed, day=day)
    else:
        text = _("{file}: {count} read, {changed} published as new versions.")
    return text.format(file=file, count=outcome.count, changed=outcome.changed)


def _complaints(complaints: tuple[Complaint, ...]) -> Iterable[str]:
    for one in complaints[:SHOWN]:
        place = f"{one.where}: " if one.where else ""
        told = f"{place}{tell(one.code, one.parameters)}"
        yield _("Warning: {told}").format(told=told) if one.warning else told
    if len(complaints) > SHOWN:
        yield _("... and {more} more.").format(more=len(complaints) - SHOWN)


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
