"""Open cases as supervision watches them, and how many are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, bindparam, delete, func, or_, select, update

from central.db import board_order, dialect
from central.db.engine import Connection
from central.db.schema import feed
from central.db.supervision_schema import light_counts, watch_state, watched
from clerk.contract.case import Stage
from clerk.contract.supervision import LightCount, WatchedCase
from clerk.contract.sync import EntityKind
from clerk.rules.case.state import AskKind
from clerk.rules.clock import LightPlan
from clerk.rules.clock.moments import FOREVER
from clerk.rules.supervision.standing import APPROVE, Plans, Standing

_ONE = 1
_SKIPPED_MARKS = 2**32
_ASKED_KINDS = (
    APPROVE,
    AskKind.RENEWAL.value,
    AskKind.SUPERVISE.value,
    AskKind.URGE.value,
)
_ASKED_TOGETHER = [
    some for n in range(1, 1 + len(_ASKED_KINDS)) for some in combinations(_ASKED_KINDS, n)
]
_COUNTED = ("department", "stage", "step", "light", "statutory_light")
_ASKED_WITH = {
    kind: tuple(" ".join(some) for some in _ASKED_TOGETHER if kind in some) for kind in _ASKED_KINDS
}
"""What a row says that was asked, by each kind that is among it; so that an index serves."""
_PLANS = (
    *("grey_until", "yellow_from", "red_from"),
    *("statutory_grey_until", "statutory_yellow_from", "statutory_red_from"),
)


_TURN = (
    update(watched)
    .where(watched.c.case_id == bindparam("of"))
    .values({name: bindparam(name) for name in ("light", "statutory_light", "turns_at")})
)


class State(msgspec.Struct, frozen=True):
    """How far the feed was followed; `mark` grows with each change of what is watched."""

    cursor: int
    mark: int
    calendar: str


class Followed(msgspec.Struct, frozen=True):
    """What the feed says next: the cases that changed, and where to go on."""

    cases: tuple[str, ...]
    end: int


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases of a board are wanted; what is left empty is not asked.

    `asked` is a kind of ask, `approve`, or `escalated`. `after` is the key that the page before
    ended with. `order` is one of central.db.board_order, nothing the most pressing first.
    """

    department: str = ""
    stage: str = ""
    step: str = ""
    light: str = ""
    statutory_light: str = ""
    asked: str = ""
    text: str = ""
    order: str = ""
    backwards: bool = False
    after: str = ""
    limit: int = 100


def lock_state(connection: Connection) -> State:
    """How things stand; nobody else follows or turns until this transaction ends."""
    first = {"id": _ONE, "cursor": 0, "mark": 0, "calendar": ""}
    dialect.add_unless_there(connection, watch_state, first)
    row = connection.execute(select(watch_state).with_for_update()).one()
    return State(row.cursor, row.mark, row.calendar)


def find_state(connection: Connection) -> State:
    """How things stand, to read."""
    row = connection.execute(select(watch_state)).one_or_none()
    return State(row.cursor, row.mark, row.calendar) if row else State(0, 0, "")


def put_state(connection: Connection, state: State) -> None:
    """Remember how things stand."""
    connection.execute(update(watch_state).values(**msgspec.structs.asdict(state)))


def skip_marks(connection: Connection) -> None:
    """After a restore: a screen may know a mark that the restored state comes to once more."""
    state = lock_state(connection)
    put_state(connection, msgspec.structs.replace(state, mark=state.mark + _SKIPPED_MARKS))


def forget_all(connection: Connection) -> None:
    """Begin anew: the feed will be followed from its beginning. What was found stays found."""
    state = lock_state(connection)
    for table in (watched, light_counts):
        connection.execute(delete(table))
    put_state(connection, State(0, state.mark + 1, ""))


def follow_feed(connection: Connection, cursor: int, rows: int) -> Followed:
    """The cases that the next rows of the feed speak of, in the order of their last change."""
    statement = (
        select(feed.c.position, feed.c.kind, feed.c.entity)
        .where(feed.c.position > cursor)
        .order_by(feed.c.position)
        .limit(rows)
    )
    found = connection.execute(statement).all()
    changed = {row.entity: None for row in found if row.kind == EntityKind.CASE.value}
    return Followed(tuple(changed), found[-1].position if found else cursor)


def put(
    connection: Connection,
    standings: Sequence[tuple[Standing, datetime | None]],
    gone: Sequence[str],
    calendar: str,
    now: datetime,
) -> int:
    """Bring rows up to their cases, forget those out of hand, and keep the counts.

    Each standing comes with the moment when something of it escalates next. Tells how many
    rows are other than before.
    """
    ids = [*(one.id for one, _moment in standings), *gone]
    if not ids:
        return 0
    before = _counted_rows(connection, watched.c.case_id.in_(ids))
    rows = [_row(one, escalates_at, calendar, now) for one, escalates_at in standings]
    dialect.put(connection, watched, rows)
    if gone:
        connection.execute(delete(watched).where(watched.c.case_id.in_(gone)))
    after = {str(row["case_id"]): _key(row) for row in rows}
    _shift(connection, before.values(), after.values())
    return len(rows) + sum(1 for one in gone if one in before)


def turn(connection: Connection, now: datetime, limit: int) -> int:
    """Turn the lights whose moment has come; how many."""
    due = select(watched).where(watched.c.turns_at <= now).order_by(watched.c.turns_at)
    found = connection.execute(due.limit(limit)).all()
    if not found:
        return 0
    turned = [_turned(row, now) for row in found]
    connection.execute(_TURN, turned)
    befores = [tuple(str(getattr(row, name)) for name in _COUNTED) for row in found]
    afters = [
        (*before[:3], str(row["light"]), str(row["statutory_light"]))
        for before, row in zip(befores, turned, strict=True)
    ]
    _shift(connection, befores, afters)
    return len(turned)


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a light has to be turned by now."""
    statement = select(watched.c.case_id).where(watched.c.turns_at <= now).limit(1)
    return connection.execute(statement).first() is not None


def list_other_calendar(connection: Connection, calendar: str, limit: int) -> tuple[str, ...]:
    """Cases whose moments were counted with another calendar."""
    other = or_(watched.c.calendar < calendar, watched.c.calendar > calendar)  # an index serves
    statement = select(watched.c.case_id).where(other).limit(limit)
    return tuple(connection.execute(statement).scalars())


def list_to_escalate(connection: Connection, now: datetime, limit: int) -> tuple[str, ...]:
    """Cases of which something has to go up by now."""
    statement = select(watched.c.case_id).where(watched.c.escalates_at <= now)
    return tuple(
        connection.execute(statement.order_by(watched.c.escalates_at).limit(limit)).scalars()
    )


def list_counts(connection: Connection, department: str = "") -> tuple[LightCount, ...]:
    """The counts of a department, or of all."""
    statement = select(light_counts).where(light_counts.c.cases > 0)
    if department:
        statement = statement.where(light_counts.c.department == department)
    return tuple(
        LightCount(
            row.department, Stage(row.stage), row.step, row.light, row.statutory_light, row.cases
        )
        for row in connection.execute(statement)
    )


def count_asked(connection: Connection, department: str = "") -> dict[str, int]:
    """How many open cases are asked about, or have gone up; there are never many of them."""
    own = (watched.c.department == department,) if department else ()
    questions: dict[str, ColumnElement[bool]] = {
        kind: watched.c.asked.in_(both) for kind, both in _ASKED_WITH.items()
    }
    questions["escalated"] = watched.c.escalated_to > ""
    return {
        name: connection.execute(
            select(func.count()).select_from(watched).where(asked, *own)
        ).scalar_one()
        for name, asked in questions.items()
    }


def count_anew(connection: Connection) -> Counter[tuple[str, ...]]:
    """The counts added up from all rows: what the kept ones have to equal."""
    columns = [watched.c[name] for name in _COUNTED]
    statement = select(*columns, func.count()).group_by(*columns)
    return Counter({tuple(row[:-1]): row[-1] for row in connection.execute(statement)})


def page(connection: Connection, query: Query) -> tuple[tuple[WatchedCase, ...], str]:
    """Some cases in order, and the key to go on with; it is empty at the end."""
    order = board_order.order_of(query.order, backwards=query.backwards)
    statement = select(watched).where(*_conditions(query), *order.after(query.after))
    found = connection.execute(statement.order_by(*order.by).limit(query.limit + 1)).all()
    shown = found[: query.limit]
    more = len(found) > query.limit
    return tuple(_read(row) for row in shown), order.key_of(shown[-1]) if more else ""


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    equal = ("department", "stage", "step", "light", "statutory_light")
    wanted: list[ColumnElement[bool]] = [
        watched.c[name] == value for name in equal if (value := getattr(query, name))
    ]
    if query.asked == "escalated":
        wanted.append(watched.c.escalated_to != "")
    elif query.asked:
        wanted.append(watched.c.asked.in_(_ASKED_WITH[query.asked]))
    if query.text:
        begins = watched.c.number.startswith(query.text, autoescape=True)
        wanted.append(or_(begins, watched.c.item_name.contains(query.text, autoescape=True)))
    return wanted


def _row(
    one: Standing, escalates_at: datetime | None, calendar: str, now: datetime
) -> dict[str, Any]:
    light, statutory_light = one.plans.lights(now)
    promised, statutory = one.plans.promised, one.plans.statutory
    return {
        "case_id": one.id,
        "version": one.version,
        "number": one.number,
        "item_name": one.item_name,
        "department": one.holder.department,
        "window": one.window,
        "stage": one.stage.value,
        "step": one.place,
        "holder_name": one.holder.name,
        "holder_until": one.holder.until,
        "received_at": one.received_at,
        "promised_due": one.promised_due,
        "statutory_due": one.statutory_due,
        "grey_until": promised.grey_until,
        "yellow_from": promised.yellow_from,
        "red_from": promised.red_from,
        "statutory_grey_until": statutory.grey_until,
        "statutory_yellow_from": statutory.yellow_from,
        "statutory_red_from": statutory.red_from,
        "light": light.value,
        "statutory_light": statutory_light.value,
        "turns_at": one.plans.turns_at(now),
        "sort_at": promised.red_from or FOREVER,
        "calendar": calendar,
        "asked": one.asked,
        "ask_due": one.ask_due,
        "escalated_to": one.escalated_to,
        "escalates_at": escalates_at,
    }


def _turned(row: Row[Any], now: datetime) -> dict[str, Any]:
    plans = plans_of_row(row)
    light, statutory = plans.lights(now)
    return {
        "of": row.case_id,
        "light": light.value,
        "statutory_light": statutory.value,
        "turns_at": plans.turns_at(now),
    }


def plans_of_row(row: Row[Any]) -> Plans:
    """The light plans that a row keeps."""
    moments = [getattr(row, name) for name in _PLANS]
    return Plans(LightPlan(*moments[:3]), LightPlan(*moments[3:]))


def _counted_rows(
    connection: Connection, condition: ColumnElement[bool]
) -> dict[str, tuple[str, ...]]:
    columns = [watched.c[name] for name in _COUNTED]
    found = connection.execute(select(watched.c.case_id, *columns).where(condition))
    return {row[0]: tuple(row[1:]) for row in found}


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in _COUNTED)


def _shift(
    connection: Connection, before: Iterable[tuple[str, ...]], after: Iterable[tuple[str, ...]]
) -> None:
    """Take the old places out of the counts and add the new ones."""
    moved: Counter[tuple[str, ...]] = Counter(after)
    moved.subtract(before)
    rows = [
        {**dict(zip(_COUNTED, key, strict=True)), "cases": count}
        for key, count in sorted(moved.items())
        if count
    ]
    dialect.add_up(connection, light_counts, rows, "cases")


def _read(row: Row[Any]) -> WatchedCase:
    return WatchedCase(
        id=row.case_id,
        number=row.number,
        item_name=row.item_name,
        department=row.department,
        window=row.window,
        stage=Stage(row.stage),
        light=row.light,
        statutory_light=row.statutory_light,
        received_at=row.received_at,
        step=row.step,
        holder=row.holder_name,
        holder_until=row.holder_until,
        promised_due=row.promised_due,
        statutory_due=row.statutory_due,
        asked=row.asked,
        ask_due=row.ask_due,
        escalated_to=row.escalated_to,
    )
