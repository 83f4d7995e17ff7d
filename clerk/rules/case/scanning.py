"""Putting scans of the papers to a case."""

from __future__ import annotations

import re

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, ScanAttached
from clerk.contract.command import AttachScan
from clerk.contract.scan import CASE_MOST_SCANS, MediaType, Scan
from clerk.contract.user import Role
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.handling import holds_step
from clerk.rules.case.state import Case
from clerk.rules.identifiers.masking import scrub

NAME_LENGTH = 80
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TYPES = frozenset(one.value for one in MediaType)


def attach(case: Case, command: AttachScan, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """Say that a scan belongs to a material of the case; its bytes follow by themselves.

    The case's own window may do so while the case is open, with the line down too: like a
    receipt it decides nothing, waits for nobody, and only adds. A department may while it holds
    the step, and that is known to central alone, so it needs the line. Nothing is shown that the
    item does not ask for (Art. 31).
    """
    return (
        _may_not_attach(case, context)
        or _wrong_scan(case, command.scan)
        or (ScanAttached(at=context.now, by=context.actor, scan=_shown(command.scan)),)
    )


def _may_not_attach(case: Case, context: Context) -> Refusal | None:
    if case.closed:
        return refuse("case.closed", number=case.number)
    at_window = lacks_role(context, Role.COUNTER)
    if context.window == case.window and at_window is None:
        return None
    in_department = holds_step(case, context)
    return at_window if in_department and context.window == case.window else in_department


def _wrong_scan(case: Case, scan: Scan) -> Refusal | None:
    if not _SHA256.fullmatch(scan.sha256) or scan.size <= 0 or scan.pages <= 0:
        return refuse("scan.malformed", "scan")
    if scan.media_type not in _TYPES:
        return refuse("scan.type", "scan")
    if scan.material not in {one.key for one in case.terms.materials}:
        return refuse("material.not_of_item", "scan", material=scan.material)
    if any(_same(one.scan, scan) for one in case.scans):
        return refuse("scan.attached_already", "scan", number=case.number)
    if len(case.scans) >= CASE_MOST_SCANS:
        return refuse("scan.too_many", "scan", most=CASE_MOST_SCANS)
    return None


def _same(one: Scan, other: Scan) -> bool:
    return (one.sha256, one.material) == (other.sha256, other.material)


def _shown(scan: Scan) -> Scan:
    """A file's name may be an applicant's number: what looks like one is never kept."""
    return replace(scan, name=scrub(" ".join(scan.name.split())[:NAME_LENGTH]))
