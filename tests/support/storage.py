"""A store in a folder of its own, and cases, drafts and pages to put into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from clerk.contract.case import AnyEvent, CaseRecord, Received
from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from clerk.contract.item import Item
from clerk.contract.party import Party, PartyKind
from clerk.contract.sync import BootstrapPage, EntityKind, Page, Put, Remove
from clerk.contract.user import Actor
from clerk.rules.case.privacy import masked
from clerk.rules.flow import terms_of
from clerk.rules.numbers import format_case_number
from clerk.sync.desk import DeskState
from storage.store import Store
from tests.support.cases import FOOD, MONDAY
from tests.support.people import people
from tests.support.work_calendar import REAL_DATA

KEY = bytes(range(32))
GENERATION = "g1"
GREETED = DeskState(generation=GENERATION, greeted=True, cursor=10)
_PEOPLE = people(seed=7, count=200)


def open_store(folder: Path, key: bytes = KEY) -> Store:
    """The store of a folder."""
    return Store.open(folder / "profile" / "desk.db", key)


def case_id(place: int) -> str:
    """The id of a case, in the order of places."""
    return f"0197f000-0000-7000-8000-{place:012}"


def make_record(
    place: int,
    more: Sequence[AnyEvent] = (),
    *,
    item: Item = FOOD,
    at: datetime | None = None,
    window: str = "w1",
    name: str = "",
) -> CaseRecord:
    """A case that was received some minutes after the one before, masked as central sends it."""
    received_at = at or MONDAY + timedelta(minutes=place)
    person = _PEOPLE[place % len(_PEOPLE)]
    received = Received(
        at=received_at,
        by=Actor(user="u-clerk", name="窗口甲", window=window),
        number=format_case_number(received_at.date(), 1, place % 99_999 + 1),
        application=f"visit-{place}",
        terms=terms_of(item),
        applicant=Party(
            kind=PartyKind.PERSON,
            id_kind=IdKind.RESIDENT,
            id_number=person.id_number,
            name=name or person.name,
            phone=person.phone,
        ),
        window=window,
    )
    events = (received, *more)
    return masked(CaseRecord(id=case_id(place), version=len(events), events=events))


def make_draft(place: int, typed: str = "", at: datetime = MONDAY) -> Draft:
    """A draft as somebody types it."""
    person = _PEOPLE[place % len(_PEOPLE)]
    return Draft(
        id=f"draft-{place}",
        window="w1",
        user="u-clerk",
        created_at=MONDAY,
        updated_at=at,
        id_text=person.id_number,
        name=typed or person.name,
        focus="address",
    )


def put(kind: EntityKind, entity_id: str, version: int, body: object) -> Put:
    """A row of the feed."""
    raw = msgspec.Raw(msgspec.json.encode(body))
    return Put(kind=kind, id=entity_id, version=version, body=raw)


def put_case(record: CaseRecord) -> Put:
    """A case in the feed."""
    return put(EntityKind.CASE, record.id, record.version, record)


def put_item(item: Item) -> Put:
    """An item in the feed."""
    return put(EntityKind.ITEM, item.id, item.version, item)


def put_calendar(version: str = "test", n: int = 1) -> Put:
    """The calendar in the feed."""
    return put(EntityKind.CALENDAR, "calendar", n, replace(REAL_DATA, version=version))


def page_of(*items: Put | Remove, start: int = 10, end: int = 20) -> Page:
    """A page of changes."""
    return Page(generation=GENERATION, start=start, end=end, head=end, items=items)


def bootstrap_of(*items: Put, next_key: str = "", position: int = 30) -> BootstrapPage:
    """A page of the whole scope."""
    return BootstrapPage(generation=GENERATION, position=position, next_key=next_key, items=items)
