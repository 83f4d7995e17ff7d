"""The seals of departments, in use and retired."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Row, insert, select, update

from central.db.engine import Connection
from central.db.seal_schema import seals


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A department's certificate, and how to come by its key.

    `keeping` is `pkcs12`, whose `secret` is the file itself, encrypted, or `pkcs11`, whose
    `secret` names token and key. `chain` holds other certificates as PEM. A key that was lost
    since `lost_at` may have been anybody's from then on.
    """

    id: str
    department: str
    keeping: str
    certificate: bytes
    secret: bytes
    installed_at: datetime
    chain: bytes = b""
    retired_at: datetime | None = None
    lost_at: datetime | None = None

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Seal({self.id[:12]})"


def add(connection: Connection, seal: Seal) -> None:
    """Put a seal in use; the one before is retired first."""
    connection.execute(insert(seals).values(**msgspec.structs.asdict(seal)))


def find(connection: Connection, seal_id: str) -> Seal | None:
    """A seal by the SHA-256 of its certificate."""
    row = connection.execute(select(seals).where(seals.c.id == seal_id)).one_or_none()
    return _seal(row) if row else None


def find_in_use(connection: Connection, department: str) -> Seal | None:
    """The seal that a department signs with now."""
    mine = (seals.c.department == department) & seals.c.retired_at.is_(None)
    newest = select(seals).where(mine).order_by(seals.c.installed_at.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return _seal(row) if row else None


def has_one(connection: Connection, department: str) -> bool:
    """Whether a department signs at all, without reading its key."""
    mine = (seals.c.department == department) & seals.c.retired_at.is_(None)
    return connection.execute(select(seals.c.id).where(mine).limit(1)).first() is not None


def list_all(connection: Connection) -> tuple[Seal, ...]:
    """All seals, by department, the newest first."""
    ordered = select(seals).order_by(seals.c.department, seals.c.installed_at.desc())
    return tuple(_seal(row) for row in connection.execute(ordered))


def retire(connection: Connection, department: str, at: datetime) -> int:
    """Let a department's seal be used no more; how many were in use."""
    mine = (seals.c.department == department) & seals.c.retired_at.is_(None)
    return connection.execute(update(seals).where(mine).values(retired_at=at)).rowcount


def note_lost(connection: Connection, seal_id: str, since: datetime) -> None:
    """Remember since when a key may have been in other hands."""
    connection.execute(update(seals).where(seals.c.id == seal_id).values(lost_at=since))


def _seal(row: Row[*tuple[object, ...]]) -> Seal:
    return Seal(**{name: getattr(row, name) for name in Seal.__struct_fields__})
