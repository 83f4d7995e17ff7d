"""What people of the demo city have brought already, so that screen and report show something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from central.db import feed, matters, users
from central.db.engine import Connection
from central.db.feed import Change
from central.seed.staff import COUNTER, staff_of
from clerk.contract.matter import (
    AnyMatterEvent,
    Brought,
    MatterAnswered,
    MatterAppealed,
    MatterContacted,
    MatterKind,
    MatterTaken,
    MatterWay,
)
from clerk.contract.setting import MatterChoice
from clerk.contract.user import Actor
from clerk.rules.matter import extend_matter, fold_matter
from clerk.rules.matter.limits import limits_of
from clerk.rules.specimens import SpecimenPerson


class _Story(NamedTuple):
    """What was brought how many days ago, and the answer of the day after, if there is one."""

    kind: MatterKind
    way: MatterWay
    days: int
    text: str
    answer: str = ""


_INQUIRY, _COMPLAINT = MatterKind.INQUIRY, MatterKind.COMPLAINT
_STORIES = (
    _Story(
        *(_INQUIRY, MatterWay.WINDOW, 1, "食品经营许可证到期前多久可以申请延续？"),
        "应当在有效期届满三十个工作日前提出。",
    ),
    _Story(_INQUIRY, MatterWay.TELEPHONE, 9, "法定代表人变更后，许可证需要换发吗？"),
    _Story(_COMPLAINT, MatterWay.WINDOW, 2, "取号后等了近两个小时，无人解释原因。"),
    _Story(
        *(_COMPLAINT, MatterWay.TELEPHONE, 12, "咨询电话多次无人接听。"),
        "已增加接听人员，并当面致歉。",
    ),
    _Story(MatterKind.SUGGESTION, MatterWay.ONLINE, 6, "建议周六上午开放综合窗口。"),
)


def bring_matters(
    connection: Connection,
    departments: Sequence[str],
    window: str,
    people: Sequence[SpecimenPerson],
    now: datetime,
) -> None:
    """Some of each kind, with departments in turn; a bad rating, if there is one, appealed against.

    Follow-ups are there already: the ratings of the city have opened them.
    """
    changes = []
    for n, story in enumerate(_STORIES):
        department, person = departments[n % len(departments)], people[n % len(people)]
        taken = _take(connection, story, now - timedelta(days=story.days), window)
        brought = replace(
            taken.brought, department=department, name=person.name, phone=person.phone
        )
        events: list[AnyMatterEvent] = [replace(taken, brought=brought)]
        if story.answer:
            events += _answer(connection, story, department, taken.at + timedelta(hours=20))
        changes.append(matters.add(connection, extend_matter(f"demo:{n}", None, events)))
    if any(changes):  # a second time nothing is added
        changes += _appeal(connection, departments, now)
    feed.announce(connection, [one for one in changes if one is not None])


def _appeal(
    connection: Connection, departments: Sequence[str], now: datetime
) -> tuple[Change, ...]:
    """Against the newest bad rating of a department that has people."""
    for record in reversed(matters.list_open(connection)):
        matter = fold_matter(record)
        if matter.kind is MatterKind.FOLLOW_UP and matter.department in departments:
            head = _actor(connection, staff_of(matter.department).head)
            appealed = MatterAppealed(at=now, by=head, reason="评价内容与本次办件无关。")
            after = extend_matter(record.id, record, (appealed,))
            return (matters.put(connection, matter, after),)
    return ()


def _take(connection: Connection, story: _Story, at: datetime, window: str) -> MatterTaken:
    return MatterTaken(
        at=at,
        by=_actor(connection, COUNTER[0], window),
        brought=Brought(kind=story.kind, way=story.way, text=story.text),
        limits=limits_of(story.kind, MatterChoice(since=at)),
        window=window,
    )


def _answer(
    connection: Connection, story: _Story, department: str, at: datetime
) -> tuple[AnyMatterEvent, ...]:
    handler = _actor(connection, staff_of(department).handler)
    return (
        MatterContacted(at=at, by=handler, note="已电话联系，说明情况。"),
        MatterAnswered(at=at + timedelta(hours=1), by=handler, text=story.answer),
    )


def _actor(connection: Connection, login: str, window: str = "") -> Actor:
    user = users.get_by_login(connection, login)
    return Actor(user=user.id, name=user.name, department=user.department, window=window)
