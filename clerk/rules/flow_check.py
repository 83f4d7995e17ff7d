"""Whether a flow can be gone through to its end, within the limit that the law gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from clerk.contract.item import Joint, Step
from clerk.contract.limits import Limit, Unit
from clerk.rules.joint import needed

_WORKED = 5 / 7
"""Working days in a natural day, on average."""

_DAY_HOURS = 6.5
"""The office's hours of one working day: 9 to 12 and 13:30 to 17."""


class FlowFault(msgspec.Struct, frozen=True):
    """What is wrong with a step, counted from 0: a code with parameters, and the column."""

    code: str
    step: int
    column: str
    parameters: dict[str, str] = {}


def check_flow(steps: Sequence[Step], statutory: Limit) -> tuple[FlowFault, ...]:
    """Every fault of an item's flow. An empty flow is no flow and has one."""
    if not steps:
        return (FlowFault("flow.empty", 0, "name"),)
    return (
        *_order_faults(steps),
        *_limit_faults(steps, statutory),
        *(fault for at, step in enumerate(steps) for fault in _joint_faults(at, step)),
    )


def follow(following: Sequence[int | None]) -> tuple[tuple[int, ...], int | None]:
    """The steps in the order in which each names the next, and where they run in a circle.

    Steps count from 0 and the first one begins; None ends. A step that is not in the order
    cannot be reached.
    """
    order: list[int] = []
    at: int | None = 0 if following else None
    while at is not None:
        if at in order:
            return tuple(order), at
        order.append(at)
        at = following[at]
    return tuple(order), None


def _order_faults(steps: Sequence[Step]) -> Iterator[FlowFault]:
    names = [step.name for step in steps]
    for at, step in enumerate(steps):
        if step.name in names[:at]:
            yield FlowFault("flow.step_twice", at, "name", {"step": step.name})
    if not steps[-1].may_decide:
        told = {"step": steps[-1].name}
        yield FlowFault("flow.last_undecided", len(steps) - 1, "may_decide", told)


def _limit_faults(steps: Sequence[Step], statutory: Limit) -> Iterator[FlowFault]:
    """A step's limit and that of its countersigners run at once, the steps one after another."""
    most, spent = _days(statutory), 0.0
    for at, step in enumerate(steps):
        limits = [one for one in (step.limit, step.joint.limit if step.joint else None) if one]
        spent += max(map(_days, limits), default=0.0)
        if spent > most:
            told = {"step": step.name, "days": f"{spent:g}", "most": f"{most:g}"}
            yield FlowFault("flow.limit_beyond", at, "limit", told)
            return


def _joint_faults(at: int, step: Step) -> Iterator[FlowFault]:
    joint = step.joint
    if joint is None:
        return
    told = {"step": step.name}
    departments = [one.department for one in joint.signers]
    if not departments:
        yield FlowFault("flow.joint_nobody", at, "signers", told)
    elif len(set(departments)) < len(departments):
        yield FlowFault("flow.joint_twice", at, "signers", told)
    elif step.department in departments:
        yield FlowFault("flow.joint_lead", at, "signers", told)
    elif not _can_be_met(joint):
        told |= {"quorum": str(joint.quorum), "count": str(len(departments))}
        yield FlowFault("flow.joint_unmeetable", at, "rule", told)


def _can_be_met(joint: Joint) -> bool:
    return 1 <= needed(joint) <= len(joint.signers)


def _days(limit: Limit) -> float:
    """A limit in working days, so that limits of several units can be compared."""
    match limit.unit:
        case Unit.WORKING_DAYS:
            return float(limit.amount)
        case Unit.NATURAL_DAYS:
            return limit.amount * _WORKED
        case Unit.WORKING_HOURS:
            return limit.amount / _DAY_HOURS
        case Unit.NATURAL_HOURS:
            return limit.amount / 24 * _WORKED
