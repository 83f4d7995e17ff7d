"""Bundles come and go by their day, as items do: their applications go on, none begins."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from central.catalogue.bundles import current_bundles
from central.catalogue.coming import Doing, demand_day
from central.db import audit, catalogue
from central.db.engine import Connection
from central.db.feed import Change
from clerk.clock import OFFICE_ZONE, begin_of_day
from clerk.contract.item import Bundle
from clerk.errors import InputError
from clerk.rules.offering import may_begin


def offer_bundle(
    connection: Connection, bundle_id: str, on: date, doing: Doing, *, withdrawn: bool
) -> tuple[Bundle, tuple[Change, ...]]:
    """Let no application of a bundle begin from a day on, or let them begin again.

    The day stands in the bundle from now on, so that a desk without the line knows it too; the
    changes are to be announced. Raises InputError as an item does.
    """
    bundle = current_bundles(connection, [bundle_id]).get(bundle_id)
    if bundle is None:
        raise InputError("item.not_there", item=bundle_id)
    if is_withdrawn(bundle) is withdrawn:
        raise InputError("item.withdrawn" if withdrawn else "item.offered", item=bundle.name)
    if not doing.reason.strip():
        raise InputError("item.no_reason", item=bundle.name)
    demand_day(on, doing.at.astimezone(OFFICE_ZONE).date())
    since = max(doing.at, begin_of_day(on))
    if withdrawn:
        turned = replace(bundle, withdrawn_at=since, offered_at=None)
    else:
        turned = replace(bundle, offered_at=since)
    action = "bundle.withdrawn" if withdrawn else "bundle.offered"
    return bundle, _put(connection, turned, action, on, doing)


def call_off_bundle(
    connection: Connection, bundle_id: str, on: date, doing: Doing
) -> tuple[Change, ...]:
    """Let a bundle's withdrawal or return of a later day not come; nothing where there is none."""
    bundle = current_bundles(connection, [bundle_id]).get(bundle_id)
    if bundle is None:
        return ()
    turned = bundle
    if _is_to_come(bundle.offered_at, on, doing.at):
        turned = replace(bundle, offered_at=None)
    elif _is_to_come(bundle.withdrawn_at, on, doing.at):
        turned = replace(bundle, withdrawn_at=None, offered_at=None)
    return () if turned == bundle else _put(connection, turned, "item.called_off", on, doing)


def is_withdrawn(bundle: Bundle) -> bool:
    """Whether its withdrawal is the last that was said of it."""
    return bundle.withdrawn_at is not None and bundle.offered_at is None


def turns_of(bundle: Bundle, after: datetime) -> tuple[tuple[date, bool], ...]:
    """The days after this moment on which it is withdrawn (true) or offered again (false)."""
    turns = ((bundle.withdrawn_at, True), (bundle.offered_at, False))
    return tuple(
        (at.astimezone(OFFICE_ZONE).date(), goes) for at, goes in turns if at and at > after
    )


def find_withdrawn_bundle(
    connection: Connection, bundle_id: str, at: datetime
) -> tuple[str, date] | None:
    """The name of a bundle of which no application may begin at a moment, and since which day."""
    bundle = current_bundles(connection, [bundle_id]).get(bundle_id)
    if bundle is None or bundle.withdrawn_at is None or may_begin(bundle, at):
        return None
    return bundle.name, bundle.withdrawn_at.astimezone(OFFICE_ZONE).date()


def _is_to_come(at: datetime | None, on: date, now: datetime) -> bool:
    return at is not None and at > now and at.astimezone(OFFICE_ZONE).date() == on


def _put(
    connection: Connection, bundle: Bundle, action: str, on: date, doing: Doing
) -> tuple[Change, ...]:
    entry = audit.Entry(
        at=doing.at,
        actor=doing.actor,
        action=action,
        subject=bundle.id,
        detail={"on": on.isoformat(), "reason": doing.reason.strip()},
    )
    audit.append(connection, entry)
    return (catalogue.put_bundle(connection, replace(bundle, version=bundle.version + 1)),)
