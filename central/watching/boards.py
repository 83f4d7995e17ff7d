"""The board and its cases, for whoever watches: counted already, narrowed to what they may see."""

from __future__ import annotations

from msgspec.structs import replace

from central.access import Caller
from central.db import audit, board_order, offices, watched
from central.db.engine import Connection
from central.db.today import count_day
from central.db.watched import Query
from central.service import Central
from central.watching.following import catch_up
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE
from clerk.contract.supervision import Board, WatchedPage
from clerk.contract.user import Role, User
from clerk.errors import InputError, RefusedError
from clerk.rules.supervision.standing import APPROVE
from clerk.rules.watching import EVERYWHERE, watched_department

MOST_ROWS = 200
_ASKED = ("", "urge", "supervise", "renewal", APPROVE, "escalated")


def show_board(central: Central, caller: Caller, mark: int) -> Board:
    """The counts as of now; without them where nothing has changed since `mark`."""
    department = _department_of(caller.user)
    behind = catch_up(central)
    with central.database.read() as connection:
        state = watched.find_state(connection)
        if state.mark == mark:
            return Board(mark=mark, at=caller.now, changed=False, behind=behind)
        counts = watched.list_counts(connection, department)
        here = {one.department for one in counts}
        policy = get_policy(connection)
        today = count_day(connection, caller.now.astimezone(OFFICE_ZONE).date(), department)
        return Board(
            mark=state.mark,
            at=caller.now,
            behind=behind,
            counts=counts,
            asked=watched.count_asked(connection, department),
            names={
                one.id: one.short_name or one.name
                for one in offices.list_departments(connection)
                if one.id in here
            },
            windows=offices.list_window_names(connection),
            urge_days=policy.urge_days,
            supervise_days=policy.supervise_days,
            received=today.received,
            decided=today.decided,
        )


def list_watched(connection: Connection, caller: Caller, asked: dict[str, str]) -> WatchedPage:
    """A page of cases, by the query of the call. Raises InputError `watched.query`."""
    own = _department_of(caller.user)
    query = _read_query(asked)
    if own:
        query = replace(query, department=own)
    cases, next_key = watched.page(connection, query)
    return WatchedPage(cases=cases, next_key=next_key)


def note_look(connection: Connection, caller: Caller, case_id: str) -> None:
    """Put on record that somebody read a case out of their desk's sight, for they watch it."""
    entry = audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action="case.watched",
        subject=case_id,
        detail={"device": caller.device.id},
    )
    audit.append(connection, entry)


def _department_of(user: User) -> str:
    """The department to narrow to, empty for all; whoever watches nothing is refused."""
    department = watched_department(user)
    if not department:
        raise RefusedError("user.role_needed", role=Role.SUPERVISOR.value)
    return "" if department == EVERYWHERE else department


def _read_query(asked: dict[str, str]) -> Query:
    names = (
        *("department", "stage", "step", "light", "statutory_light", "asked", "text", "after"),
        "order",
    )
    told = {name: asked.get(name, "") for name in names}
    query = Query(**told, backwards=bool(asked.get("backwards")), limit=MOST_ROWS)
    if query.asked not in _ASKED or not board_order.is_order(query.order, query.after):
        raise InputError("watched.query")
    return query
