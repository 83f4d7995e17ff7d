"""Drafts: walk-ins as typed so far, saved at every keystroke."""

from __future__ import annotations

import os

import msgspec

from clerk.clock import Clock
from clerk.contract.draft import Draft
from clerk.contract.ids import new_id
from clerk.errors import InputError
from services.session import Session
from storage import drafts, identity
from storage.store import Store


class Drafts:
    """The drafts of whoever is signed in."""

    def __init__(self, store: Store, session: Session, clock: Clock) -> None:
        """Keep them in this store."""
        self._store = store
        self._session = session
        self._clock = clock

    def new(self) -> Draft:
        """A new draft, saved at once. Raises InputError `window.needed` at a department's desk."""
        user, now = self._session.get_user(), self._clock.now()
        with self._store.begin() as connection:
            window = identity.get_enrolled(connection).window
            if not window:
                raise InputError("window.needed")
            draft = Draft(
                id=new_id(int(now.timestamp() * 1000), os.urandom),
                window=window,
                user=user.id,
                created_at=now,
                updated_at=now,
            )
            drafts.save(connection, draft)
        return draft

    def save(self, draft: Draft) -> Draft:
        """Keep it as typed: when this returns, a power cut takes nothing of it."""
        kept = msgspec.structs.replace(draft, updated_at=self._clock.now())
        with self._store.begin() as connection:
            drafts.save(connection, kept)
        return kept

    def list(self) -> tuple[Draft, ...]:
        """The drafts of this user, the one touched last first."""
        with self._store.read() as connection:
            return drafts.list_all(connection, self._session.get_user().id)

    def get(self, draft_id: str) -> Draft:
        """One draft. Raises StoreError `draft.unknown`."""
        with self._store.read() as connection:
            return drafts.get(connection, draft_id)

    def discard(self, draft_id: str) -> None:
        """Forget it: the visitor went away."""
        with self._store.begin() as connection:
            drafts.discard(connection, draft_id)
