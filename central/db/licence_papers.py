"""The papers of licences: what stands on them, which wait for their seal, which bear it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Row, func, insert, select, update

from central.db.engine import Connection
from central.db.seal_schema import licence_papers as papers

WAITING, SEALED, VOID = "waiting", "sealed", "void"


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """One issue of a licence's paper. `body` is an encoded `LicencePaper`."""

    id: str
    licence: str
    case_id: str
    issue: int
    department: str
    state: str
    body: bytes
    asked_at: datetime
    sealed_at: datetime | None = None
    seal: str = ""
    sha256: str = ""
    size: int = 0
    problem: str = ""
    tried_at: datetime | None = None


def add(connection: Connection, row: PaperRow) -> None:
    """Let a paper wait for its seal."""
    connection.execute(insert(papers).values(**msgspec.structs.asdict(row)))


def next_issue(connection: Connection, licence: str) -> int:
    """The number of a licence's next paper, from 1."""
    newest = select(func.max(papers.c.issue)).where(papers.c.licence == licence)
    return int(connection.execute(newest).scalar() or 0) + 1


def void(connection: Connection, licence: str) -> None:
    """Let all papers of a licence be worth nothing: another takes their place, or none does."""
    mine = (papers.c.licence == licence) & (papers.c.state != VOID)
    connection.execute(update(papers).where(mine).values(state=VOID))


def list_waiting(
    connection: Connection, department: str, tried_before: datetime, most: int
) -> tuple[str, ...]:
    """The oldest papers of a department that wait, by their ids; what failed lately rests."""
    rested = papers.c.tried_at.is_(None) | (papers.c.tried_at < tried_before)
    waiting = (papers.c.state == WAITING) & (papers.c.department == department) & rested
    ordered = select(papers.c.id).where(waiting).order_by(papers.c.asked_at, papers.c.id)
    return tuple(connection.execute(ordered.limit(most)).scalars())


def list_departments(connection: Connection) -> tuple[str, ...]:
    """The departments with papers that wait."""
    waiting = select(papers.c.department).where(papers.c.state == WAITING).distinct()
    return tuple(connection.execute(waiting.order_by(papers.c.department)).scalars())


def count_waiting(connection: Connection) -> int:
    """How many papers wait for a seal."""
    waiting = select(func.count()).select_from(papers).where(papers.c.state == WAITING)
    return int(connection.execute(waiting).scalar_one())


def find(connection: Connection, paper_id: str, *, lock: bool = False) -> PaperRow | None:
    """A paper by its id, kept from others on demand."""
    statement = select(papers).where(papers.c.id == paper_id)
    row = connection.execute(statement.with_for_update() if lock else statement).one_or_none()
    return _paper(row) if row else None


def find_newest(connection: Connection, licence: str) -> PaperRow | None:
    """The last paper of a licence."""
    mine = select(papers).where(papers.c.licence == licence)
    row = connection.execute(mine.order_by(papers.c.issue.desc()).limit(1)).one_or_none()
    return _paper(row) if row else None


def find_by_hash(connection: Connection, sha256: str) -> PaperRow | None:
    """The paper whose sealed file has this hash."""
    row = connection.execute(select(papers).where(papers.c.sha256 == sha256)).first()
    return _paper(row) if row else None


def note_sealed(connection: Connection, row: PaperRow) -> None:
    """Remember where a sealed paper lies."""
    told = {name: getattr(row, name) for name in ("state", "sealed_at", "seal", "sha256", "size")}
    statement = update(papers).where(papers.c.id == row.id).values(**told, problem="")
    connection.execute(statement)


def note_problem(
    connection: Connection, paper_ids: tuple[str, ...], problem: str, at: datetime
) -> None:
    """Remember why some papers could not be sealed, and when that was tried."""
    mine = papers.c.id.in_(paper_ids) & (papers.c.state == WAITING)
    connection.execute(update(papers).where(mine).values(problem=problem, tried_at=at))


def _paper(row: Row[*tuple[object, ...]]) -> PaperRow:
    return PaperRow(**{name: getattr(row, name) for name in PaperRow.__struct_fields__})
