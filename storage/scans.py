"""Scans on this machine: whose they are, how far they have come, and the key of each one's bytes.

The bytes lie in files (storage.vault), each encrypted under a key of its own that stands only
here, in the encrypted store: whoever deletes the row has destroyed the scan.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from clerk.contract.scan import Scan
from clerk.sync.outbox import Status
from storage import unread
from storage.bulk import these
from storage.moments import write_moment
from storage.schema import case_body, outbox, scan_blob, scan_link

_UNSENT = (Status.WAITING.value, Status.SENDING.value)
_SECRET_BYTES = 32
_NAME_BYTES = 16


class Way(StrEnum):
    """What is going on with the bytes of a scan."""

    DRAFTED = "drafted"
    OUTGOING = "outgoing"
    INCOMING = "incoming"
    KEPT = "kept"


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a scan. `done` of them have been sent or fetched.

    `problem` is the code of why they get no further; `file` and `secret` open them.
    """

    sha256: str
    media_type: str
    size: int
    pages: int
    way: Way
    done: int
    problem: str
    file: str
    secret: bytes

    def __repr__(self) -> str:
        """Which and how far, but never the key."""
        return f"Blob({self.sha256[:8]}, {self.way.value}, {self.done}/{self.size})"


class DraftScan(msgspec.Struct, frozen=True, kw_only=True):
    """A scan of a walk-in that is being typed; `scan.material` is a line of its checklist."""

    draft: str
    scan: Scan


def new_blob(scan: Scan, way: Way) -> Blob:
    """A blob with a key and a file's name that nobody has."""
    return Blob(
        sha256=scan.sha256,
        media_type=scan.media_type,
        size=scan.size,
        pages=scan.pages,
        way=way,
        done=0,
        problem="",
        file=secrets.token_hex(_NAME_BYTES),
        secret=secrets.token_bytes(_SECRET_BYTES),
    )


def find(conn: Connection, sha256: str) -> Blob | None:
    """What this machine has of a scan."""
    row = conn.execute(select(scan_blob).where(scan_blob.c.sha256 == sha256)).one_or_none()
    return None if row is None else _read(row)


def add(conn: Connection, blob: Blob, now: datetime) -> None:
    """Begin to keep a scan."""
    values = {**msgspec.structs.asdict(blob), "way": blob.way.value}
    conn.execute(insert(scan_blob).values(**values, used_at=write_moment(now)))


def drop(conn: Connection, sha256: str) -> None:
    """Destroy the bytes of a scan; whom it belongs to stays known."""
    conn.execute(delete(scan_blob).where(scan_blob.c.sha256 == sha256))


def link_case(conn: Connection, case_id: str, scan: Scan) -> None:
    """Say that a case has this scan; what no case had is on its way out from now on."""
    _link(conn, scan, case_id=case_id)
    drafted = _is(scan.sha256) & (scan_blob.c.way == Way.DRAFTED.value)
    conn.execute(update(scan_blob).where(drafted).values(way=Way.OUTGOING.value))


def give_back(conn: Connection, case_id: str, draft: str, scan: Scan) -> None:
    """Put a scan of a case that never came to be to a walk-in; it waits for its receipt again."""
    _link(conn, scan, draft=draft)
    link = scan_link.c
    conn.execute(delete(scan_link).where(link.sha256 == scan.sha256, link.case_id == case_id))
    others = select(link.sha256).where(link.case_id != "")
    alone = _is(scan.sha256) & scan_blob.c.sha256.not_in(others)
    going = alone & (scan_blob.c.way == Way.OUTGOING.value)
    conn.execute(update(scan_blob).where(going).values(way=Way.DRAFTED.value, done=0, problem=""))


def link_draft(conn: Connection, draft: str, scan: Scan) -> None:
    """Say that a walk-in has this scan."""
    _link(conn, scan, draft=draft)


def unlink_draft(conn: Connection, draft: str) -> None:
    """Forget the scans of a walk-in that went away, but for those that others have too."""
    conn.execute(delete(scan_link).where(scan_link.c.draft == draft, scan_link.c.case_id == ""))
    _drop_unlinked(conn)


def unlink_scan(conn: Connection, draft: str, sha256: str, material: str) -> None:
    """Take one scan out of a walk-in."""
    link = scan_link.c
    one = (link.draft == draft, link.sha256 == sha256, link.material == material)
    conn.execute(delete(scan_link).where(*one))
    _drop_unlinked(conn)


def of_draft(conn: Connection, draft: str) -> tuple[DraftScan, ...]:
    """The scans of a walk-in, in the order they were taken."""
    joined = scan_link.join(scan_blob, scan_blob.c.sha256 == scan_link.c.sha256)
    link, blob = scan_link.c, scan_blob.c
    columns = (link.sha256, link.material, link.name, blob.media_type, blob.size, blob.pages)
    statement = select(*columns).select_from(joined).where(link.draft == draft)
    rows = conn.execute(statement.order_by(link.row))
    return tuple(DraftScan(draft=draft, scan=Scan(**row._mapping)) for row in rows)  # noqa: SLF001 - public in SQLAlchemy


def cases_of(conn: Connection, sha256: str) -> tuple[str, ...]:
    """The cases that have this scan, as far as this machine has had to do with it."""
    link = scan_link.c
    statement = select(link.case_id).where(link.sha256 == sha256, link.case_id != "").distinct()
    return tuple(conn.execute(statement.order_by(link.case_id)).scalars())


def list_of(conn: Connection, hashes: Iterable[str]) -> dict[str, Blob]:
    """Those of these scans that this machine has."""
    rows = conn.execute(select(scan_blob).where(scan_blob.c.sha256.in_(these(hashes))))
    return {row.sha256: _read(row) for row in rows}


def outgoing(conn: Connection) -> tuple[Blob, ...]:
    """What belongs to a case and central lacks, the oldest first."""
    blob = scan_blob.c
    sent = (blob.way == Way.OUTGOING.value, blob.problem == "")
    statement = select(scan_blob).where(*sent).order_by(blob.used_at, blob.sha256)
    return tuple(_read(row) for row in conn.execute(statement))


def count_bytes(conn: Connection) -> int:
    """How much is only on this machine."""
    size = select(func.coalesce(func.sum(scan_blob.c.size), 0))
    here = scan_blob.c.way.in_((Way.DRAFTED.value, Way.OUTGOING.value))
    return int(conn.execute(size.where(here)).scalar_one())


def note_done(conn: Connection, sha256: str, done: int) -> None:
    """Remember how far it has come."""
    _set(conn, sha256, done=done)


def note_whole(conn: Connection, sha256: str, now: datetime) -> None:
    """Central has it, and so has this machine: from now on it is cache, or nobody's."""
    _set(conn, sha256, way=Way.KEPT.value, problem="", used_at=write_moment(now))
    conn.execute(update(scan_blob).where(_is(sha256)).values(done=scan_blob.c.size))
    _drop_unlinked(conn)


def note_used(conn: Connection, sha256: str, now: datetime) -> None:
    """Somebody looked at it."""
    _set(conn, sha256, used_at=write_moment(now))


def note_problem(conn: Connection, sha256: str, code: str) -> None:
    """Say why it gets no further."""
    _set(conn, sha256, problem=code)


def try_again(conn: Connection) -> None:
    """Let what got no further be tried again."""
    conn.execute(update(scan_blob).where(scan_blob.c.problem != "").values(problem=""))


def offer_again(conn: Connection) -> None:
    """Offer all that is whole once more: a restored central may have lost it."""
    kept = scan_blob.c.way == Way.KEPT.value
    conn.execute(update(scan_blob).where(kept).values(way=Way.OUTGOING.value, done=0))


def purge_unseen(conn: Connection) -> None:
    """Destroy what belongs to cases that left this desk's sight.

    What central has not got yet is kept, unseen, until it has: nobody else has it.
    """
    link = scan_link.c
    asked = select(outbox.c.case_id)
    gone = (link.case_id != "") & ~unread.is_in_sight(link.case_id) & link.case_id.not_in(asked)
    conn.execute(delete(scan_link).where(gone))
    _drop_unlinked(conn)


def shrink(conn: Connection, most_bytes: int) -> None:
    """Let go of cache beyond its limit, what was looked at longest ago first."""
    kept = scan_blob.c.way == Way.KEPT.value
    drafted = select(scan_link.c.sha256).where(scan_link.c.draft != "")
    statement = select(scan_blob.c.sha256, scan_blob.c.size).where(kept)
    newest = statement.order_by(scan_blob.c.used_at.desc(), scan_blob.c.sha256)
    total, too_many = 0, []
    for row in conn.execute(newest):
        total += row.size
        if total > most_bytes:
            too_many.append(row.sha256)
    gone = scan_blob.c.sha256.in_(these(too_many)) & scan_blob.c.sha256.not_in(drafted)
    conn.execute(delete(scan_blob).where(gone))


def drafts_like(conn: Connection, beginning: str) -> tuple[str, ...]:
    """The walk-ins with scans whose ids begin so."""
    link = scan_link.c
    like = link.draft.startswith(beginning, autoescape=True)
    return tuple(conn.execute(select(link.draft).where(like).distinct()).scalars())


def awaits_command(conn: Connection, sha256: str) -> bool:
    """Whether a command that puts this scan to a case has no answer yet."""
    return conn.execute(_asked(sha256).where(outbox.c.status.in_(_UNSENT))).first() is not None


def is_wanted(conn: Connection, sha256: str) -> bool:
    """Whether a case has this scan, as far as this desk knows, or is to have it."""
    if conn.execute(_asked(sha256)).first() is not None:
        return True
    link, holds = scan_link.c, func.instr(case_body.c.body, sha256.encode()) > 0
    mine = select(link.case_id).where(link.sha256 == sha256)
    statement = select(case_body.c.id).where(case_body.c.id.in_(mine), holds)
    return conn.execute(statement).first() is not None


def forget(conn: Connection, sha256: str) -> None:
    """Destroy a scan and all that was said of it: no case has it."""
    conn.execute(delete(scan_link).where(scan_link.c.sha256 == sha256))
    drop(conn, sha256)


def files(conn: Connection) -> frozenset[str]:
    """The names of all files that hold something."""
    return frozenset(conn.execute(select(scan_blob.c.file)).scalars())


def _asked(sha256: str) -> Select[tuple[str]]:
    """The commands that name this scan: a hash of 64 characters stands for nothing else."""
    return select(outbox.c.status).where(func.instr(outbox.c.envelope, sha256.encode()) > 0)


def _link(conn: Connection, scan: Scan, *, draft: str = "", case_id: str = "") -> None:
    row = {"sha256": scan.sha256, "material": scan.material, "name": scan.name}
    statement = insert_new(scan_link).values(draft=draft, case_id=case_id, **row)
    conn.execute(statement.on_conflict_do_nothing())


def _drop_unlinked(conn: Connection) -> None:
    linked = select(scan_link.c.sha256)
    # What is on its way out has an owner who counts on it, even out of this desk's sight.
    own = scan_blob.c.way != Way.OUTGOING.value
    conn.execute(delete(scan_blob).where(scan_blob.c.sha256.not_in(linked), own))


def _set(conn: Connection, sha256: str, **values: object) -> None:
    conn.execute(update(scan_blob).where(_is(sha256)).values(**values))


def _is(sha256: str) -> ColumnElement[bool]:
    return scan_blob.c.sha256 == sha256


def _read(row: Row[tuple[object, ...]]) -> Blob:
    known = {name: value for name, value in row._mapping.items() if name != "used_at"}  # noqa: SLF001 - public in SQLAlchemy
    return Blob(**(known | {"way": Way(row.way)}))
