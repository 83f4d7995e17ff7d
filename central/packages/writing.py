"""The files of a package: the rows, what has changed since the last version, and the descriptor.

The descriptor is that of the Data Package standard, with what only we say under `clerk`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from central.packages.definition import Dataset, Subscriber
from central.packages.fields import RECORD
from central.packages.view import Cell, View

DESCRIPTOR, DATA, CHANGES = "datapackage.json", "data.csv", "changes.csv"
CHANGE = "change"
_HASH_BYTES = 16


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was written: its checksum, size and rows."""

    path: Path
    sha256: str
    size: int
    rows: int


class Counts(msgspec.Struct, kw_only=True):
    """How many records came, changed and went."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a descriptor says of its release. `since` is the version that changes are against."""

    id: str
    version: int
    at: datetime
    definition: int
    owner_name: str
    since: str | None
    since_id: str | None
    counts: Counts
    data: Written
    changes: Written


class Known(msgspec.Struct, frozen=True):
    """The records of an earlier version: the header they had, and a hash of each row by key."""

    header: list[str]
    rows: dict[str, bytes]


def read_known(lines: Iterable[str]) -> Known:
    """The records of a version, out of its rows."""
    reader = csv.reader(lines)
    header = next(reader)
    return Known(header, {row[0]: _hash(row) for row in reader})


def write_rows(
    folder: Path, view: View, rows: Iterable[Mapping[str, Cell]], known: Known | None
) -> tuple[Written, Written, Counts]:
    """Write the rows, and beside them what differs from the version before.

    Where there is none, or its columns were others, nothing can be compared and nothing is told.
    What is known is used up.
    """
    left = known.rows if known and known.header == view.header else None
    counts = Counts()
    data, changes = folder / DATA, folder / CHANGES
    with _writing(data) as file, _writing(changes) as beside:
        writer, teller = _writer(file), _writer(beside)
        writer.writerow(view.header)
        teller.writerow([CHANGE, *view.header])
        total = 0
        for row in map(view.show, rows):
            writer.writerow(row)
            total += 1
            if left is not None:
                _tell(teller, row, left.pop(row[0], None), counts)
        for record in left or ():
            counts.removed += 1
            teller.writerow(["removed", record, *([""] * len(view.fields))])
    told = counts.added + counts.changed + counts.removed
    return _measure(data, total), _measure(changes, told), counts


def write_descriptor(
    folder: Path, describing: tuple[Dataset, Subscriber, View], facts: Facts
) -> Written:
    """Write datapackage.json."""
    dataset, subscriber, view = describing
    described = {
        "profile": "tabular-data-package",
        "id": facts.id,
        "name": dataset.name,
        "title": dataset.title,
        "description": dataset.description or dataset.purpose,
        "version": str(facts.version),
        "created": _moment(facts.at),
        "contributors": [{"title": facts.owner_name, "role": "publisher"}],
        "resources": list(_resources(view, facts)),
        "clerk": {
            "purpose": dataset.purpose,
            "owner": dataset.owner,
            "source": dataset.source.value,
            "definition": facts.definition,
            "subscriber": subscriber.id,
            "agreement": subscriber.agreement,
            "subscriberPurpose": subscriber.purpose,
            "masked": list(view.masked),
            "leftOut": list(view.left_out),
            "changesSince": facts.since,
            "changesSinceId": facts.since_id,
            "changes": msgspec.to_builtins(facts.counts),
        },
    }
    path = folder / DESCRIPTOR
    path.write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2))
    return _measure(path, 0)


def _resources(view: View, facts: Facts) -> Iterator[dict[str, Any]]:
    fields: list[dict[str, Any]] = [
        {"name": one.name, "title": one.title, "type": one.kind.value} for one in view.fields
    ]
    key = {"name": RECORD, "title": "记录标识", "type": "string"}
    whole = key | {"constraints": {"required": True, "unique": True}}
    change = {
        "name": CHANGE,
        "title": "变化",
        "type": "string",
        "constraints": {"required": True, "enum": ["added", "changed", "removed"]},
    }
    yield _resource("data", facts.data, [whole, *fields])
    yield _resource("changes", facts.changes, [change, whole, *fields])


def _resource(name: str, written: Written, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": written.path.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{written.sha256}",
        "bytes": written.size,
        "rows": written.rows,
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": [RECORD]},
    }


def _tell(teller: Any, row: list[str], before: bytes | None, counts: Counts) -> None:  # noqa: ANN401 - csv's own
    if before is None:
        counts.added += 1
        teller.writerow(["added", *row])
    elif before != _hash(row):
        counts.changed += 1
        teller.writerow(["changed", *row])


def _hash(row: list[str]) -> bytes:
    return hashlib.blake2b("\x1f".join(row).encode(), digest_size=_HASH_BYTES).digest()


def _writing(path: Path) -> Any:  # noqa: ANN401 - a text file
    return path.open("w", encoding="utf-8", newline="")


def _writer(file: Any) -> Any:  # noqa: ANN401 - csv's own
    return csv.writer(file, lineterminator="\r\n")


def _measure(path: Path, rows: int) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path=path, sha256=digest, size=path.stat().st_size, rows=rows)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
