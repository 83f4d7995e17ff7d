"""Reading the catalogue: items, departments, windows, bundles, licence types, calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, func, select

from clerk.contract.calendar import CalendarData
from clerk.contract.item import Bundle, Department, Item, Window
from clerk.contract.licence import LicenceType
from clerk.contract.office_form import OFFICE_FORMS, OfficeForms
from clerk.contract.setting import (
    CLOCK_CHOICES,
    MATTER_CHOICES,
    RATING_CHOICE,
    ClockChoices,
    MatterChoices,
    RatingChoice,
    read_setting,
)
from clerk.contract.sync import EntityKind
from clerk.contract.usual_time import UsualTime
from clerk.decoding import decode
from clerk.errors import StoreError
from storage import entities, items
from storage.item_search import ItemHit, search
from storage.schema import item_entry

__all__ = ["ItemHit", "search"]

_Entity = TypeVar("_Entity", bound=msgspec.Struct)


def get(conn: Connection, item_id: str, version: int) -> Item:
    """One version of an item, old or new. Raises StoreError `item.unknown`."""
    return items.get(conn, item_id, version)


def find_newest(conn: Connection, item_id: str) -> Item | None:
    """The newest version of an item, retired or not."""
    return items.find_newest(conn, item_id)


def list_withdrawn(conn: Connection, chosen: Sequence[Item]) -> frozenset[str]:
    """Those of these items, in the versions they were chosen in, that are offered no more."""
    newest = items.versions(conn, [one.id for one in chosen])
    newer = [one.id for one in chosen if newest.get(one.id, 0) > one.version]
    found = (items.find_newest(conn, one) for one in newer)
    return frozenset(one.id for one in found if one is not None and one.retired)


def count_items(conn: Connection) -> int:
    """How many items can be found."""
    return conn.execute(select(func.count()).select_from(item_entry)).scalar_one()


def departments(conn: Connection) -> tuple[Department, ...]:
    """All departments."""
    return _all(conn, EntityKind.DEPARTMENT, Department)


def find_department(conn: Connection, department_id: str) -> Department | None:
    """One department."""
    return _find(conn, EntityKind.DEPARTMENT, department_id, Department)


def windows(conn: Connection) -> tuple[Window, ...]:
    """All windows."""
    return _all(conn, EntityKind.WINDOW, Window)


def find_window(conn: Connection, window_id: str) -> Window | None:
    """One window."""
    return _find(conn, EntityKind.WINDOW, window_id, Window)


def bundles(conn: Connection) -> tuple[Bundle, ...]:
    """All bundles."""
    return _all(conn, EntityKind.BUNDLE, Bundle)


def find_bundle(conn: Connection, bundle_id: str) -> Bundle | None:
    """One bundle."""
    return _find(conn, EntityKind.BUNDLE, bundle_id, Bundle)


def get_bundle(conn: Connection, bundle_id: str) -> Bundle:
    """One bundle. Raises StoreError `bundle.unknown`."""
    bundle = find_bundle(conn, bundle_id)
    if bundle is None:
        raise StoreError("bundle.unknown", bundle=bundle_id)
    return bundle


def licence_types(conn: Connection) -> tuple[LicenceType, ...]:
    """The licence catalogue."""
    return _all(conn, EntityKind.LICENCE_TYPE, LicenceType)


def find_usual_times(conn: Connection, items: Sequence[str]) -> dict[str, UsualTime]:
    """What these items usually take, as far as central has told."""
    found = ((one, _find(conn, EntityKind.USUAL_TIME, one, UsualTime)) for one in items)
    return {item: told for item, told in found if told is not None}


def find_calendar(conn: Connection) -> CalendarData | None:
    """The office's calendar; nothing before the first bootstrap."""
    body = entities.find_newest(conn, EntityKind.CALENDAR)
    return None if body is None else decode(body, CalendarData)


def get_calendar(conn: Connection) -> CalendarData:
    """The office's calendar. Raises StoreError `calendar.unknown`."""
    calendar = find_calendar(conn)
    if calendar is None:
        raise StoreError("calendar.unknown")
    return calendar


def get_choices(conn: Connection) -> ClockChoices:
    """How the office counts; the defaults where it has chosen nothing."""
    return read_setting(entities.find(conn, EntityKind.SETTING, CLOCK_CHOICES), ClockChoices)


def get_matter_choices(conn: Connection) -> MatterChoices:
    """The office's limits of matters (诉求); the defaults where it has chosen nothing."""
    return read_setting(entities.find(conn, EntityKind.SETTING, MATTER_CHOICES), MatterChoices)


def get_rating_choice(conn: Connection) -> RatingChoice:
    """Where applicants rate; nowhere as long as the office has not said."""
    return read_setting(entities.find(conn, EntityKind.SETTING, RATING_CHOICE), RatingChoice)


def find_setting(conn: Connection, name: str) -> Any:  # noqa: ANN401 - a setting may be any JSON
    """A setting of the office, as plain data; nothing where it has its default."""
    body = entities.find(conn, EntityKind.SETTING, name)
    return None if body is None else msgspec.json.decode(body)


def _all(conn: Connection, kind: EntityKind, type_: type[_Entity]) -> tuple[_Entity, ...]:
    return tuple(decode(body, type_) for body in entities.bodies(conn, kind))


def _find(
    conn: Connection, kind: EntityKind, entity_id: str, type_: type[_Entity]
) -> _Entity | None:
    body = entities.find(conn, kind, entity_id)
    return None if body is None else decode(body, type_)


def find_office_forms(conn: Connection) -> OfficeForms:
    """The printed forms that the office has changed (文书样式)."""
    body = entities.find(conn, EntityKind.SETTING, OFFICE_FORMS)
    return decode(body, OfficeForms) if body else OfficeForms()
