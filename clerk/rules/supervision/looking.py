"""Looking into a finding: what an auditor adds to it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.supervision import Finding, Look
from clerk.contract.user import Actor, Role, User
from clerk.rules.case.context import refuse


def audits(user: User, finding: Finding) -> bool:
    """Whether a finding is this auditor's to see: any, or those of their own department."""
    return user.has(Role.AUDITOR) and user.department in {"", finding.department}


def look_into(finding: Finding | None, note: str, user: User, now: datetime) -> Finding | Refusal:
    """The finding with a look added, or why it may not be; nobody looks into their own acts."""
    if user.disabled:
        return refuse("user.disabled")
    if not user.has(Role.AUDITOR):
        return refuse("user.role_needed", role=Role.AUDITOR.value)
    if finding is None or not audits(user, finding):
        return refuse("finding.unknown")
    if finding.actor == user.id:
        return refuse("finding.own")
    if not note.strip():
        return refuse("ask.words_missing", "note")
    by = Actor(user=user.id, name=user.name, department=user.department)
    return replace(finding, looks=(*finding.looks, Look(at=now, by=by, note=note.strip())))
