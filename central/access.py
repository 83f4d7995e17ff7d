"""Who may see and do what at central: everything is denied that nothing here allows.

A desk sees what its window or its department sees. A person may do what a role allows, from a
desk that sees it. Whatever leaves central is masked, unless unmasking was asked for with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from central.db import cases, findings
from central.db.devices import Device
from central.db.engine import Connection
from clerk.contract.case import CaseRecord
from clerk.contract.command import AnyCommand, Approve, Reject, SuperviseCase, UrgeCase
from clerk.contract.user import Role, User
from clerk.errors import RefusedError
from clerk.rules.case import Case, fold
from clerk.rules.case.privacy import masked
from clerk.rules.watching import watches
from clerk.sync import scope

SEPARATED = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
"""Three offices of which nobody holds two (三员分立)."""

CASE_WORKERS = frozenset({Role.COUNTER, Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD})
"""Who has to do with applicants at all."""


class Caller(msgspec.Struct, frozen=True):
    """Who asks, from where and when."""

    user: User
    device: Device
    now: datetime


def scope_of(device: Device) -> frozenset[str]:
    """The audiences that a desk belongs to."""
    return scope.scope_of(device.window, device.department)


def sees(device: Device, case: Case) -> bool:
    """Whether a desk sees a case."""
    return bool(scope_of(device) & scope.audiences_of(case))


def may_ask_about(user: User, case: Case, command: AnyCommand) -> bool:
    """Whether somebody may do this to a case that is out of their desk's sight.

    Whoever watches over cases asks about them from anywhere. The centre's own people, who sit
    at any desk, answer there what is proposed too; the rules say what is theirs to answer.
    """
    if not watches(user, case):
        return False
    answers = isinstance(command, Approve | Reject) and not user.department
    return answers or isinstance(command, UrgeCase | SuperviseCase)


def demand_role(user: User, roles: Iterable[Role]) -> None:
    """Refuse somebody who has none of these roles."""
    wanted = sorted(role.value for role in roles)
    if user.disabled or not any(user.has(Role(role)) for role in wanted):
        raise RefusedError("user.role_needed", role=" ".join(wanted))


def demand_one_office(roles: Iterable[Role]) -> None:
    """Refuse two of the three separated offices in one hand (三员分立)."""
    held = sorted(role.value for role in SEPARATED.intersection(roles))
    if len(held) > 1:
        raise RefusedError("user.offices_separated", roles=" ".join(held))


def get_seen_record(connection: Connection, device: Device, case_id: str) -> CaseRecord:
    """A whole case that a desk sees; for the others it is unknown."""
    record = cases.find_record(connection, case_id)
    if record is None or not sees(device, fold(record)):
        raise RefusedError("case.unknown")
    return record


def show_case(connection: Connection, caller: Caller, case_id: str) -> CaseRecord:
    """A case as it may leave central: in the desk's sight, or watched or audited by the user."""
    demand_role(caller.user, CASE_WORKERS | {Role.MANAGER, Role.SUPERVISOR, Role.AUDITOR})
    record = cases.find_record(connection, case_id)
    if record is None:
        raise RefusedError("case.unknown")
    case = fold(record)
    if not (
        sees(caller.device, case)
        or watches(caller.user, case)
        or _audits(connection, caller, case_id)
    ):
        raise RefusedError("case.unknown")
    return masked(record)


def _audits(connection: Connection, caller: Caller, case_id: str) -> bool:
    """Whether somebody reads a case as an auditor, at such a desk: something was found in it."""
    user = caller.user
    allowed = user.has(Role.AUDITOR) and scope.AUDIT in scope_of(caller.device)
    return allowed and findings.is_about(connection, case_id, user.department)
