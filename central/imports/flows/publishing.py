"""Publishing what a file of flows or bundles says: whole or not at all, as new versions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from central.catalogue.bundles import publish_bundles
from central.catalogue.publishing import publish
from central.db import audit, feed
from central.db.engine import Connection
from central.imports.flows.bundle_file import BundleFile, BundleRecords, read_bundles
from central.imports.flows.flow_file import FlowFile, read_flows
from central.imports.flows.records import Record
from clerk.contract.item import Bundle


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: how many flows or bundles it has, how many are new versions."""

    file: FlowFile | BundleFile
    count: int
    changed: int
    published: bool


def import_flows(
    connection: Connection, records: list[Record], at: datetime, actor: str, *, dry: bool
) -> Outcome:
    """Give items their flows. Cases go on under the flow they were received with.

    One refusal keeps the whole file out, and so does `dry`.
    """
    file = read_flows(connection, records)
    if dry or not file.usable:
        return Outcome(file=file, count=len(file.flows), changed=0, published=False)
    items = [msgspec.structs.replace(one.item, flow=one.steps) for one in file.flows]
    done = publish(connection, items, at)
    _note(connection, items, len(done.changes), at, actor)
    feed.announce(connection, done.changes)
    return Outcome(file=file, count=len(items), changed=len(done.changes), published=True)


def import_bundles(
    connection: Connection, records: BundleRecords, at: datetime, actor: str, *, dry: bool
) -> Outcome:
    """Publish bundles. Applications keep to the version that they were opened under."""
    file = read_bundles(connection, records)
    if dry or not file.usable:
        return Outcome(file=file, count=len(file.bundles), changed=0, published=False)
    changes = publish_bundles(connection, file.bundles)
    _note(connection, file.bundles, len(changes), at, actor)
    feed.announce(connection, changes)
    return Outcome(file=file, count=len(file.bundles), changed=len(changes), published=True)


def _note(
    connection: Connection, content: Sequence[object], changed: int, at: datetime, actor: str
) -> None:
    """Who published what: the audit record keeps the digest of the content."""
    what = "bundles" if isinstance(content[0], Bundle) else "flows"
    digest = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
    detail = {"count": str(len(content)), "changed": str(changed)}
    entry = audit.Entry(at=at, actor=actor, action=f"import.{what}", subject=digest, detail=detail)
    audit.append(connection, entry)
