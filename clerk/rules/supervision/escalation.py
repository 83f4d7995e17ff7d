"""Going up step by step: what nobody answered, and what is past its limit (policy as data)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from clerk.contract.asking import Escalated
from clerk.contract.supervision import EscalationStep, Matter, SupervisionPolicy
from clerk.contract.user import CLOCK_ACTOR, Role
from clerk.errors import InputError
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case.asking import MOST_DAYS
from clerk.rules.case.state import Case
from clerk.rules.clock.moments import begin_of
from clerk.rules.supervision.patterns import demand_settings
from clerk.rules.supervision.standing import due_by, plans_of

_HIGHER = {
    one.value for one in (Role.REVIEWER, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.MANAGER)
}
_MOST_AFTER_DAYS = 250


class _Open(msgspec.Struct, frozen=True):
    """Something open with its due date, and how far it has gone up."""

    matter: Matter
    due: date
    level: int
    ask: int = 0


def demand_policy(policy: SupervisionPolicy) -> None:
    """Refuse a policy that cannot be carried out. Raises InputError naming what is wrong."""
    for days in (policy.urge_days, policy.supervise_days):
        if not 1 <= days <= MOST_DAYS:
            raise InputError("ask.days", most=MOST_DAYS)
    for step in policy.escalation:
        if step.to not in _HIGHER:
            raise InputError("policy.role", role=step.to, roles=" ".join(sorted(_HIGHER)))
        if not 0 <= step.after_days <= _MOST_AFTER_DAYS:
            raise InputError("policy.after_days", most=_MOST_AFTER_DAYS)
    demand_settings(policy.patterns)


def due_escalations(
    case: Case, policy: SupervisionPolicy, calendar: WorkCalendar, now: datetime
) -> tuple[Escalated, ...]:
    """What has to go up by now; after it was recorded, the same question has no answer."""
    return tuple(
        Escalated(
            at=now, by=CLOCK_ACTOR, matter=one.matter.value, level=level, to=step.to, ask=one.ask
        )
        for one in _list_open(case, calendar)
        for level, step in _steps_left(one, policy)
        if _moment(one.due, step, calendar) <= now
    )


def next_escalation(
    case: Case, policy: SupervisionPolicy, calendar: WorkCalendar
) -> datetime | None:
    """When something goes up next, if nothing more happens."""
    moments = (
        _moment(one.due, step, calendar)
        for one in _list_open(case, calendar)
        for _level, step in _steps_left(one, policy)
    )
    return min(moments, default=None)


def _list_open(case: Case, calendar: WorkCalendar) -> Iterator[_Open]:
    for ask in case.open_asks:
        yield _Open(Matter(ask.kind.value), ask.due, ask.level, ask.n)
    levels = {one.matter: one.level for one in case.limits_passed}
    for matter, due in _limits(case, calendar).items():
        if due is not None:
            yield _Open(matter, due, levels.get(matter.value, 0))


def _limits(case: Case, calendar: WorkCalendar) -> dict[Matter, date | None]:
    """The limits that are watched now: those of deciding, then the one of delivering (Art. 44)."""
    plans = plans_of(case, calendar)
    if case.undelivered:
        return {Matter.DELIVERY: due_by(plans.statutory)}
    if case.accepted_at is None or not case.in_hand:
        return {}
    return {
        Matter.PROMISED: due_by(plans.promised) if case.terms.promised else None,
        Matter.STATUTORY: due_by(plans.statutory),
    }


def _steps_left(one: _Open, policy: SupervisionPolicy) -> Iterator[tuple[int, EscalationStep]]:
    steps = sorted(
        (step for step in policy.escalation if step.of is one.matter),
        key=lambda step: step.after_days,
    )
    yield from ((level, step) for level, step in enumerate(steps, 1) if level > one.level)


def _moment(due: date, step: EscalationStep, calendar: WorkCalendar) -> datetime:
    """The first moment after the due date and the working days that the step waits."""
    last = calendar.working_day_after(due, step.after_days) if step.after_days else due
    return begin_of(last.toordinal() + 1)
