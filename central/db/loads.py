"""Bulk loads, remembered: how far each has come, and which entries it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Row, insert, select, update

from central.db.engine import Connection
from central.db.load_schema import loads, register_changes
from central.db.lookups import digest
from clerk.decoding import decode
from clerk.errors import RefusedError


class Progress(msgspec.Struct, kw_only=True):
    """How far the files of a load were read, and what became of their rows so far.

    `file` counts the files that are done, `row` is the last row that was read of the next one,
    and `noted` how many bytes its file of errors had then. `as_of` is when the load began.
    """

    as_of: datetime
    file: int = 0
    row: int = 0
    noted: int = 0
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


class BulkLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One load of one file or folder. `digest` tells its content, `step` its batches so far."""

    id: str
    kind: str
    name: str
    digest: str
    source: str
    actor: str
    began_at: datetime
    step: int
    progress: Progress
    ended_at: datetime | None = None


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that a load changed: its number, the row that said so, and what is new."""

    number: str
    row: int
    columns: tuple[str, ...]


def add(connection: Connection, load: BulkLoad) -> None:
    """Begin a load."""
    told = msgspec.structs.asdict(load)
    body = msgspec.json.encode(told.pop("progress"))
    connection.execute(insert(loads).values(**told, body=body))


def find_unfinished(connection: Connection, kind: str, digest: str, source: str) -> BulkLoad | None:
    """The load of these very files into this register that broke off, if there is one."""
    same = (loads.c.kind == kind) & (loads.c.digest == digest) & (loads.c.source == source)
    statement = select(loads).where(same, loads.c.ended_at.is_(None)).limit(1)
    row = connection.execute(statement.order_by(loads.c.began_at.desc())).one_or_none()
    return None if row is None else _load(row)


def list_newest(connection: Connection, most: int) -> list[BulkLoad]:
    """The newest loads, the last one first."""
    statement = select(loads).order_by(loads.c.began_at.desc(), loads.c.id.desc()).limit(most)
    return [_load(row) for row in connection.execute(statement)]


def hold(connection: Connection, load: BulkLoad) -> None:
    """Keep a load from others until this transaction ends.

    Raises RefusedError `import.elsewhere` where another process has taken it on meanwhile.
    """
    mine = (loads.c.id == load.id) & (loads.c.step == load.step) & loads.c.ended_at.is_(None)
    if connection.execute(select(loads.c.id).where(mine).with_for_update()).first() is None:
        raise RefusedError("import.elsewhere", name=load.name)


def advance(
    connection: Connection, load: BulkLoad, progress: Progress, ended_at: datetime | None = None
) -> BulkLoad:
    """Take a load that is held one step on, in the transaction of the step's rows."""
    values = {"step": load.step + 1, "ended_at": ended_at, "body": msgspec.json.encode(progress)}
    connection.execute(update(loads).where(loads.c.id == load.id).values(**values))
    return msgspec.structs.replace(load, step=load.step + 1, progress=progress, ended_at=ended_at)


def note_changed(connection: Connection, load: BulkLoad, changed: Sequence[Changed]) -> None:
    """Remember which entries a load changed, by a keyed hash of their numbers."""
    if not changed:
        return
    rows = [
        {
            "load": load.id,
            "row": one.row,
            "number_digest": digest(connection, one.number),
            "columns": " ".join(one.columns),
        }
        for one in changed
    ]
    connection.execute(insert(register_changes), rows)


def list_changed(connection: Connection, number: str) -> list[tuple[str, tuple[str, ...]]]:
    """What loads have changed of the entry with this number: load and columns, oldest first."""
    mine = register_changes.c.number_digest == digest(connection, number)
    rows = connection.execute(select(register_changes).where(mine).order_by(register_changes.c.id))
    return [(row.load, tuple(row.columns.split())) for row in rows]


def _load(row: Row[*tuple[object, ...]]) -> BulkLoad:
    told = row._asdict()
    progress = decode(told.pop("body"), Progress)
    return BulkLoad(**told, progress=progress)
