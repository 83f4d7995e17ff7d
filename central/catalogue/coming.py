"""Versions with a day of their own: kept until then, published on it; so items come and go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from central.catalogue.publishing import demand_fitting_steps, publish, spell
from central.db import audit, catalogue, coming
from central.db import items as versions
from central.db.coming import Coming
from central.db.engine import Connection
from central.db.feed import Change
from clerk.clock import OFFICE_ZONE, begin_of_day
from clerk.contract.item import Item
from clerk.errors import InputError

_OWN = frozenset({"version", "initials", "pinyin"})
"""What publishing makes, and no change ever is about."""


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes the catalogue, when, and why."""

    at: datetime
    actor: str
    reason: str = ""


def schedule(connection: Connection, items: Iterable[Item], on: date, doing: Doing) -> int:
    """Keep versions of items for a day; how many differ from what is in force.

    They are added to what waits for that day already: a flow does not undo a change of materials.
    """
    wanted = list(items)
    current = versions.find_current(connection, [one.id for one in wanted])
    waiting = coming.items.find_on(connection, on)
    put = 0
    for item in wanted:
        demand_fitting_steps(item)
        known = current.get(item.id)
        if known is not None and not changed_fields(known, spell(item, known)):
            continue
        coming.items.put(connection, _add_to(waiting.get(item.id), item, known, on, doing))
        put += 1
    return put


def _add_to(there: Coming | None, item: Item, known: Item | None, on: date, doing: Doing) -> Coming:
    base = known.version if known else 0
    if there is not None and there.base and known is not None:
        base = there.base
        item = msgspec.structs.replace(there.item, **changed_fields(known, item))
    return Coming(
        item=item, on=on, base=base, put_at=doing.at, actor=doing.actor, reason=doing.reason
    )


def offer(
    connection: Connection, item_id: str, on: date, doing: Doing, *, withdrawn: bool
) -> tuple[Item, tuple[Change, ...]]:
    """Offer an item no more from a day on, or again; its cases go on as they are.

    Where that day is today, it is so at once, and the changes are to be announced. Raises
    InputError where the day is over, the reason is missing, or it is so already.
    """
    today = doing.at.astimezone(OFFICE_ZONE).date()
    item = catalogue.find_item(connection, item_id)
    if item is None:
        raise InputError("item.not_there", item=item_id)
    if item.retired is withdrawn:
        raise InputError("item.withdrawn" if withdrawn else "item.offered", item=item.name)
    if not doing.reason.strip():
        raise InputError("item.no_reason", item=item.name)
    demand_day(on, today)
    turned = msgspec.structs.replace(item, retired=withdrawn)
    schedule(connection, [turned], on, doing)
    detail = {"on": on.isoformat(), "reason": doing.reason.strip()}
    action = "item.withdrawn" if withdrawn else "item.offered"
    audit.append(connection, _entry(action, item_id, doing, detail))
    return item, _bring_today(connection, item_id, on, doing) if on == today else ()


def _bring_today(
    connection: Connection, item_id: str, on: date, doing: Doing
) -> tuple[Change, ...]:
    due = coming.items.find_on(connection, on).get(item_id)
    return bring(connection, due, doing.at) if due is not None else ()


def call_off(connection: Connection, item_id: str, on: date, doing: Doing) -> None:
    """Let what was to come for an item or a bundle not come.

    Raises InputError where nothing was to come on that day.
    """
    if not any(kind.take(connection, item_id, on) for kind in (coming.items, coming.bundles)):
        raise InputError("item.nothing_coming", item=item_id, day=on.isoformat())
    detail = {"on": on.isoformat(), "reason": doing.reason.strip()}
    audit.append(connection, _entry("item.called_off", item_id, doing, detail))


def demand_day(on: date, today: date) -> None:
    """Refuse a day that is over: what held on it is on paper by now."""
    if on < today:
        raise InputError("item.day_over", day=on.isoformat())


def bring(connection: Connection, one: Coming, at: datetime) -> tuple[Change, ...]:
    """Publish what was kept for a day; nothing if somebody was faster.

    Only what it changes is changed: what became of the item meanwhile stays.
    """
    if not coming.items.take(connection, one.item.id, one.on):
        return ()
    wanted = _laid_over(connection, one)
    changes = publish(connection, [wanted], begin_of(one.on, one.put_at, at)).changes
    detail = {"on": one.on.isoformat(), "by": one.actor}
    doing = Doing(at=at, actor="clock")
    audit.append(connection, _entry("item.effective", one.item.id, doing, detail))
    return changes


def find_problem(connection: Connection, one: Coming) -> InputError | None:
    """Why it could not take effect on the item as it is now; it waits until that is mended."""
    try:
        demand_fitting_steps(_laid_over(connection, one))
    except InputError as problem:
        return problem
    return None


def _laid_over(connection: Connection, one: Coming) -> Item:
    """What it changes, laid over the item in force."""
    now = catalogue.find_item(connection, one.item.id)
    base = catalogue.find_item(connection, one.item.id, one.base) if one.base else None
    if now is None or base is None:
        return one.item
    return msgspec.structs.replace(now, **changed_fields(base, one.item))


def begin_of(on: date, put_at: datetime, at: datetime) -> datetime:
    """From which moment it is in force: its day's beginning, though it is swept a while later.

    What is put on the very day begins when it is put.
    """
    return min(at, max(put_at, begin_of_day(on)))


def changed_fields(before: Item, after: Item) -> dict[str, object]:
    """The fields in which one differs from the other, apart from what publishing makes."""
    return {
        name: getattr(after, name)
        for name in Item.__struct_fields__
        if name not in _OWN and getattr(after, name) != getattr(before, name)
    }


def _entry(action: str, item_id: str, doing: Doing, detail: dict[str, str]) -> audit.Entry:
    return audit.Entry(
        at=doing.at, actor=doing.actor, action=action, subject=item_id, detail=detail
    )
