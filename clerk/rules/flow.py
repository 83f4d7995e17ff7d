"""Flows: which steps a case goes through and who may do them."""

from __future__ import annotations

from clerk.contract.case import Terms
from clerk.contract.item import Act, Item, Step
from clerk.contract.limits import Limit
from clerk.contract.user import Role, User
from clerk.rules.clock.limits import LOWER_REVIEW_LIMIT

DEFAULT_FLOW = (
    Step(key="handle", name="承办", act=Act.HANDLE),
    Step(key="review", name="审核", act=Act.REVIEW),
    Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),
)
"""The flow of an item that came without one."""

_ROLES = {Act.HANDLE: Role.HANDLER, Act.REVIEW: Role.REVIEWER, Act.APPROVE: Role.APPROVER}


def terms_of(item: Item) -> Terms:
    """What a case received now is pinned to."""
    return Terms(
        item=item.id,
        version=item.version,
        name=item.name,
        code=item.code,
        department=item.department,
        department_name=item.department_name,
        statutory=item.statutory,
        promised=item.promised,
        flow=item.flow or DEFAULT_FLOW,
        result=item.result,
        materials=item.materials,
        fields=item.fields,
        joint=item.joint,
        pause_counts_for_promised=item.pause_counts_for_promised,
        second_supplement=item.second_supplement,
    )


def role_of(step: Step) -> Role:
    """The role that a step's act needs."""
    return _ROLES[step.act]


def limit_of(step: Step) -> Limit | None:
    """How long a step may take, if that is limited at all."""
    return step.limit or (LOWER_REVIEW_LIMIT if step.lower else None)


def find_step_beyond(item: Item) -> Step | None:
    """A step that may take longer than the law gives the whole; limits of one unit compare."""
    for step in item.flow:
        limit, whole = limit_of(step), item.statutory
        if limit and limit.unit is whole.unit and limit.amount > whole.amount:
            return step
    return None


def department_of(terms: Terms, step: Step) -> str:
    """The department that a step belongs to."""
    return step.department or terms.department


def may_do(user: User, terms: Terms, step: Step) -> bool:
    """Whether a step is this user's kind of work, in this user's department."""
    return user.has(role_of(step)) and user.department == department_of(terms, step)


def earlier_steps(terms: Terms, key: str) -> tuple[Step, ...]:
    """The steps before this one, in order."""
    keys = [step.key for step in terms.flow]
    return terms.flow[: keys.index(key)] if key in keys else ()
