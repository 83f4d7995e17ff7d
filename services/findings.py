"""Findings at an auditors' desk: listed from what the feed brought, looked into online."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

import msgspec

from clerk.clock import Clock
from clerk.contract.answer import Refusal
from clerk.contract.command import LookInto
from clerk.contract.supervision import Finding
from clerk.contract.sync import EntityKind
from clerk.contract.user import Role
from clerk.decoding import Reader
from clerk.errors import InputError, RefusedError, StoreError
from clerk.locale.suspicions import name_rule, tell_suspicion
from clerk.rules.supervision.looking import audits, look_into
from services.acts import Acts
from services.contact import Contact
from services.session import Session
from storage import entities, identity, outbox
from storage.store import Store


class Shown(StrEnum):
    """Which findings are wanted."""

    OPEN = "open"
    LOOKED_INTO = "looked_into"
    ALL = "all"


class Listed(msgspec.Struct, frozen=True):
    """A finding with its reason in words. `waiting`: a look at it has no answer yet."""

    finding: Finding
    reason: str
    waiting: bool = False

    def is_in(self, shown: Shown) -> bool:
        """Whether it is one of these."""
        looked = bool(self.finding.looks)
        return shown is Shown.ALL or looked == (shown is Shown.LOOKED_INTO)


class Findings:
    """What auditors see and do."""

    def __init__(
        self, store: Store, session: Session, contact: Contact, acts: Acts, clock: Clock
    ) -> None:
        """Show and act for whoever is signed in."""
        self._store = store
        self._session = session
        self._contact = contact
        self._acts = acts
        self._clock = clock

    @property
    def is_open(self) -> bool:
        """Whether an auditor sits at an auditors' desk."""
        user = self._session.user
        if user is None or not user.has(Role.AUDITOR):
            return False
        with self._store.read() as connection:
            place = identity.get_enrolled(connection)
        return not place.window and not place.department

    def list(self, text: str = "") -> tuple[Listed, ...]:
        """The findings within the auditor's sight that a text is found in, newest first.

        Each word of it must stand somewhere in the rule, the reason, the case or the person.
        Raises StoreError `cases.locked` once central was not heard of for too long.
        """
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")
        user = self._session.get_user()
        with self._store.read() as connection:
            bodies = entities.bodies(connection, EntityKind.FINDING)
            waiting = {one.envelope.case_id for one in outbox.pending(connection)}
        words = _plain(text).split()
        found = [
            listed
            for one in map(_decode, bodies)
            if audits(user, one)
            for listed in [Listed(one, tell_suspicion(one), one.id in waiting)]
            if _holds(listed, words)
        ]
        return tuple(sorted(found, key=lambda one: (one.finding.at, one.finding.id), reverse=True))

    def look_into(self, finding: Finding, note: str) -> None:
        """Note that it was looked into, and what came of it; raises what `Acts.perform` raises."""
        predicted = look_into(finding, note, self._session.get_user(), self._clock.now())
        if isinstance(predicted, Refusal):
            error = InputError if predicted.field else RefusedError
            raise error(predicted.code, **predicted.parameters)
        self._acts.send(finding.id, LookInto(note=note), finding.version)


_decode = Reader[Finding](Finding)


def _holds(listed: Listed, words: list[str]) -> bool:
    if not words:
        return True
    one = listed.finding
    said = (
        *(one.rule, name_rule(one.rule), listed.reason, one.case_number, one.item_name),
        *(one.actor_name, *(look.note for look in one.looks)),
    )
    text = _plain(" ".join(said))
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Half-width and in lower case, as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold()
