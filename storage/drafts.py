"""Drafts: what is being typed at the counter, kept keystroke by keystroke."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from clerk.contract.draft import Draft
from clerk.decoding import decode
from clerk.errors import StoreError
from storage import scans
from storage.moments import write_moment
from storage.schema import draft as table


def save(conn: Connection, draft: Draft) -> None:
    """Keep a draft as typed so far."""
    body = msgspec.json.encode(draft)
    at = write_moment(draft.updated_at)
    conn.execute(_SAVE, {"id": draft.id, "user": draft.user, "updated_at": at, "body": body})


def find(conn: Connection, draft_id: str) -> Draft | None:
    """A draft, or nothing where it was received or discarded."""
    body = conn.execute(select(table.c.body).where(table.c.id == draft_id)).scalar_one_or_none()
    return None if body is None else decode(body, Draft)


def get(conn: Connection, draft_id: str) -> Draft:
    """A draft. Raises StoreError `draft.unknown`."""
    draft = find(conn, draft_id)
    if draft is None:
        raise StoreError("draft.unknown")
    return draft


def list_all(conn: Connection, user: str = "") -> tuple[Draft, ...]:
    """Everybody's drafts or one user's, the one touched last first."""
    statement = select(table.c.body).order_by(table.c.updated_at.desc(), table.c.id.desc())
    if user:
        statement = statement.where(table.c.user == user)
    bodies = conn.execute(statement).scalars()
    return tuple(decode(body, Draft) for body in bodies)


def pass_on(conn: Connection, giver: str, taker: str) -> None:
    """Make the drafts of one clerk another's: who follows at a counter goes on with them."""
    for draft in list_all(conn, giver):
        save(conn, msgspec.structs.replace(draft, user=taker))


def discard(conn: Connection, draft_id: str) -> None:
    """Forget a draft: it was received, or the visitor went away."""
    conn.execute(delete(table).where(table.c.id == draft_id))
    scans.unlink_draft(conn, draft_id)


_new = insert(table)
# Made once: this runs with every keystroke, and building a statement costs more than running it.
_SAVE = _new.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _new.excluded[name] for name in ("user", "updated_at", "body")},
)
