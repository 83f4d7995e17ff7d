"""What came of looks that were made for drafts: the cases, and what their items needed of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from central.db import lookups, register_answers, users
from central.db.engine import Connection
from central.db.lookups import Followed
from central.registers.description import Description
from central.registers.known import list_known
from central.registers.sight import fields_seen
from clerk.contract.session import Purpose
from clerk.contract.user import Role, User
from clerk.rules.supervision.unneeded import DraftLook, Fields, Origin


def follow(connection: Connection, since: datetime, until: datetime) -> tuple[DraftLook, ...]:
    """The looks of a stretch of time that were made for drafts, with what came of them."""
    shown = register_answers.list_fields(connection, since, until)
    known = [one.description for one in list_known(connection)]
    people: dict[str, User] = {}
    found = []
    for one in lookups.list_followed(connection, since, until):
        if one.look.user not in people:
            people[one.look.user] = _person(connection, one.look.user)
        found.append(_draft_look(one, people[one.look.user], known, shown))
    return tuple(found)


def _draft_look(
    one: Followed, user: User, known: list[Description], shown: Mapping[str, Fields]
) -> DraftLook:
    cases = tuple(Origin(id=key, number=number, item=item) for key, number, item in one.cases)
    return DraftLook(
        id=one.look.id,
        at=one.look.at,
        user=user,
        cases=cases,
        shown=shown.get(one.look.id, {}),
        needed=_needed(known, user, cases),
    )


def _needed(known: list[Description], user: User, cases: tuple[Origin, ...]) -> Fields:
    """What these items let somebody see; of a register that is asked no more nothing is said."""
    items = tuple(one.item for one in cases)
    return {one.id: fields_seen(one, user.roles, items, Purpose.DRAFT) for one in known}


def _person(connection: Connection, user_id: str) -> User:
    """Whoever looked stood at a counter then, whatever they do today."""
    found = users.find(connection, user_id)
    user = found or User(id=user_id, login=user_id, name=user_id, roles=())
    return replace(user, roles=(*user.roles, Role.COUNTER))
