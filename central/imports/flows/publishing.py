"""Publishing what a file of flows or bundles says: whole or not at all, as new versions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec

from central.catalogue.bundles import publish_bundles
from central.catalogue.coming import Doing, schedule
from central.catalogue.coming_bundles import schedule_bundles
from central.catalogue.publishing import publish
from central.catalogue.touched_text import tell_all, tell_bundles
from central.db import audit, feed
from central.db.engine import Connection
from central.db.touching import list_touched, list_touched_bundles
from central.imports.flows.bundle_file import BundleFile, BundleRecords, read_bundles
from central.imports.flows.flow_file import FlowFile, read_flows
from central.imports.flows.records import Record
from clerk.contract.item import Bundle


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: how many flows or bundles it has, how many are new versions.

    Where nothing was published, `touched` says what a change of them would touch.
    """

    file: FlowFile | BundleFile
    count: int
    changed: int = 0
    published: bool = False
    touched: tuple[str, ...] = ()


def import_flows(
    connection: Connection,
    records: list[Record],
    doing: Doing,
    *,
    dry: bool,
    on: date | None = None,
) -> Outcome:
    """Give items their flows, or let them wait for a day `on`.

    Cases go on under the flow they were received with. One refusal keeps the whole file out, and
    so does `dry`, which tells what a change touches.
    """
    file = read_flows(connection, records)
    if dry or not file.usable:
        touched = list_touched(connection, [one.item.id for one in file.flows])
        return Outcome(file=file, count=len(file.flows), touched=tuple(tell_all(touched)))
    items = [msgspec.structs.replace(one.item, flow=one.steps) for one in file.flows]
    if on is not None:
        changed = schedule(connection, items, on, doing)
        _note(connection, items, changed, doing, on)
        return Outcome(file=file, count=len(items), changed=changed, published=True)
    done = publish(connection, items, doing.at)
    _note(connection, items, len(done.changes), doing)
    feed.announce(connection, done.changes)
    return Outcome(file=file, count=len(items), changed=len(done.changes), published=True)


def import_bundles(
    connection: Connection,
    records: BundleRecords,
    doing: Doing,
    *,
    dry: bool,
    on: date | None = None,
) -> Outcome:
    """Publish bundles, or let them wait for a day `on`.

    Applications keep to the version that they were opened under.
    """
    file = read_bundles(connection, records)
    if dry or not file.usable:
        touched = list_touched_bundles(connection, [one.id for one in file.bundles])
        return Outcome(file=file, count=len(file.bundles), touched=tuple(tell_bundles(touched)))
    if on is not None:
        changed = schedule_bundles(connection, file.bundles, on, doing)
        _note(connection, file.bundles, changed, doing, on)
        return Outcome(file=file, count=len(file.bundles), changed=changed, published=True)
    changes = publish_bundles(connection, file.bundles)
    _note(connection, file.bundles, len(changes), doing)
    feed.announce(connection, changes)
    return Outcome(file=file, count=len(file.bundles), changed=len(changes), published=True)


def _note(
    connection: Connection,
    content: Sequence[object],
    changed: int,
    doing: Doing,
    on: date | None = None,
) -> None:
    """Who published what: the audit record keeps the digest of the content."""
    what = "bundles" if isinstance(content[0], Bundle) else "flows"
    digest = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
    detail = {"count": str(len(content)), "changed": str(changed)}
    if on is not None:
        detail["on"] = on.isoformat()
    entry = audit.Entry(
        at=doing.at, actor=doing.actor, action=f"import.{what}", subject=digest, detail=detail
    )
    audit.append(connection, entry)
