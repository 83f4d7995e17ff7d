"""Queues as saved queries: a new kind of queue is a new row here (worklists, 待办)."""

from __future__ import annotations

import msgspec

from clerk.contract.case import Delivery, Stage
from clerk.contract.sync import Enrolled
from clerk.contract.user import Role, User
from clerk.locale import mark
from clerk.rules.case.proposing import name_seat
from clerk.rules.clock import Light
from clerk.sync.scope import department_label, window_label
from storage.cases import CaseQuery, Order

_NOBODY = "-"
"""No department's id: who has none countersigns nothing."""

_OPEN = (Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING)
_LATE = CaseQuery(stages=(*_OPEN, Stage.DECIDED), lights=(Light.RED, Light.YELLOW), order=Order.DUE)
"""Decided cases have a light until their result is handed over (行政许可法 Art. 44)."""

_STEP_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)
_APPROVING_ROLES = (Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.MANAGER)


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """A saved query with its name, and what is filled in when somebody opens it.

    `of_window` and `of_department` narrow it to the desk's own; `of_step` to the steps that
    the user may do; `of_signer` to joint reviews that wait for their department; `to_approve` to
    what waits for their approval; `urged` and `supervised` to what waits for an answer from
    here; `free` leaves out what others have claimed; `claimed` asks for one's own.
    """

    key: str
    title: str
    query: CaseQuery = CaseQuery()
    of_window: bool = False
    of_department: bool = False
    of_step: bool = False
    of_signer: bool = False
    free: bool = False
    claimed: bool = False
    to_approve: bool = False
    urged: bool = False
    supervised: bool = False


_TO_APPROVE = Queue(
    key="to_approve",
    title=mark("To approve"),
    query=CaseQuery(order=Order.OLDEST),
    to_approve=True,
)
_URGED = Queue(
    key="urged",
    title=mark("Urged: answer"),
    query=CaseQuery(order=Order.DUE),
    urged=True,
)

COUNTER_QUEUES = (
    Queue(
        key="to_decide",
        title=mark("To accept or decline"),
        query=CaseQuery(stages=(Stage.RECEIVED,), order=Order.OLDEST),
        of_window=True,
    ),
    Queue(
        key="supplementing",
        title=mark("Waiting for a supplement"),
        query=CaseQuery(stages=(Stage.SUPPLEMENTING,), order=Order.OLDEST),
        of_window=True,
    ),
    Queue(
        key="in_hand",
        title=mark("With the departments"),
        query=CaseQuery(stages=(Stage.ACCEPTED, Stage.HANDLING), order=Order.DUE),
        of_window=True,
    ),
    Queue(
        key="held",
        title=mark("Held up by a refusal: tell the applicant"),
        query=CaseQuery(stages=_OPEN, held=True, order=Order.OLDEST),
        of_window=True,
    ),
    Queue(
        key="asked_after_all",
        title=mark("Not held after all: ask for the paper"),
        query=CaseQuery(stages=_OPEN, asked_after_all=True, order=Order.OLDEST),
        of_window=True,
    ),
    Queue(
        key="deferred",
        title=mark("Deferred papers, by their day"),
        query=CaseQuery(deferred=True, order=Order.DEFERRED),
        of_window=True,
    ),
    Queue(
        key="at_window",
        title=mark("Ready to hand out"),
        query=CaseQuery(deliveries=(Delivery.AT_WINDOW,), order=Order.OLDEST),
        of_window=True,
    ),
    _URGED,
    _TO_APPROVE,
    Queue(
        key="waiting",
        title=mark("Only on this machine yet"),
        query=CaseQuery(waiting=True, order=Order.OLDEST),
    ),
    Queue(key="all", title=mark("All cases of this window"), of_window=True),
)
"""What somebody at a window sees."""

DEPARTMENT_QUEUES = (
    Queue(
        key="to_do",
        title=mark("To do"),
        query=CaseQuery(stages=(Stage.ACCEPTED, Stage.HANDLING), order=Order.DUE),
        of_step=True,
        free=True,
    ),
    Queue(
        key="mine",
        title=mark("Claimed by me"),
        query=CaseQuery(stages=(Stage.ACCEPTED, Stage.HANDLING), order=Order.DUE),
        claimed=True,
    ),
    Queue(
        key="countersign",
        title=mark("To countersign"),
        query=CaseQuery(stages=(Stage.ACCEPTED, Stage.HANDLING), order=Order.OLDEST),
        of_signer=True,
    ),
    _TO_APPROVE,
    _URGED,
    Queue(
        key="supervised",
        title=mark("Supervised: answer"),
        query=CaseQuery(order=Order.DUE),
        supervised=True,
    ),
    Queue(
        key="late",
        title=mark("Due soon or overdue"),
        query=_LATE,
        of_department=True,
    ),
    Queue(
        key="in_production",
        title=mark("Results to make"),
        query=CaseQuery(deliveries=(Delivery.IN_PRODUCTION,), order=Order.OLDEST),
        of_department=True,
    ),
    Queue(
        key="in_hand",
        title=mark("In the department"),
        query=CaseQuery(stages=_OPEN, order=Order.DUE),
        of_department=True,
    ),
    Queue(key="all", title=mark("All cases of the department"), of_department=True),
)
"""What somebody of a department sees."""


CENTRE_QUEUES = (
    _TO_APPROVE,
    Queue(
        key="late",
        title=mark("Due soon or overdue"),
        query=_LATE,
    ),
    Queue(
        key="in_hand",
        title=mark("Open cases of this desk"),
        query=CaseQuery(stages=_OPEN, order=Order.DUE),
    ),
    Queue(key="all", title=mark("All cases of this desk")),
)
"""What the centre's own staff see, who neither take in nor handle; the board shows the city."""


def queues_for(user: User) -> tuple[Queue, ...]:
    """The queues of somebody, by what they are there for."""
    approves = any(user.has(role) for role in _APPROVING_ROLES)
    works = any(user.has(role) for role in _STEP_ROLES)
    return tuple(
        one
        for one in _queues_at(user)
        if (approves or not one.to_approve) and (works or not _is_of_steps(one))
    )


def _queues_at(user: User) -> tuple[Queue, ...]:
    if user.has(Role.COUNTER):
        return COUNTER_QUEUES
    return DEPARTMENT_QUEUES if user.department else CENTRE_QUEUES


def _is_of_steps(queue: Queue) -> bool:
    """Whether a queue is for those who do steps; a head only approves."""
    return queue.of_step or queue.claimed or queue.of_signer


def fill_in(queue: Queue, user: User, enrolled: Enrolled) -> CaseQuery:
    """The query of a queue for this user at this desk."""
    query = queue.query
    if queue.of_window:
        query = msgspec.structs.replace(query, window=enrolled.window)
    if queue.of_department:
        query = msgspec.structs.replace(query, department=user.department)
    if queue.of_step:
        roles = tuple(role for role in _STEP_ROLES if user.has(role))
        query = msgspec.structs.replace(query, step_department=user.department, step_roles=roles)
    if queue.of_signer:
        query = msgspec.structs.replace(query, signer=user.department or _NOBODY)
    if queue.urged:
        query = msgspec.structs.replace(query, urged_in=_audience(user, enrolled))
    if queue.supervised:
        query = msgspec.structs.replace(query, supervised_in=_audience(user, enrolled))
    if queue.free:
        query = msgspec.structs.replace(query, free_for=user.id)
    if queue.to_approve:
        seats = tuple(name_seat(role, user.department) for role in user.roles)
        query = msgspec.structs.replace(query, seats=seats)
    if queue.claimed:
        query = msgspec.structs.replace(query, claim_user=user.id)
    return query


def _audience(user: User, enrolled: Enrolled) -> str:
    """Whose answers this user gives at this desk."""
    if user.has(Role.COUNTER):
        return window_label(enrolled.window)
    return department_label(user.department)
