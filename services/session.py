"""Who works at the desk: signed in by central, or with the line down by the last time they were.

A password is never kept. What the store keeps is an argon2id hash of it, made at the last
online sign-in, and the token of that session.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from clerk.clock import Clock
from clerk.contract.session import SignedIn, SignIn
from clerk.contract.user import User
from clerk.decoding import decode
from clerk.errors import InputError, RefusedError, StoreError, UnreachableError
from clerk.log import write_event
from services.changes import Changes
from services.client import Call, encode
from services.gone import keep_user_back, load_users_gone
from services.line import Line
from storage import meta, sessions
from storage.sessions import SavedSession
from storage.store import Connection, Store

_USER = "session.user."
_log = logging.getLogger(__name__)

VerifierOf = Callable[[str], str]
"""Makes what is kept of a password, at a cost of its own."""


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the desk. Without a token they do only what needs no central."""

    user: User
    verifier: str
    token: str = ""
    until: datetime | None = None
    locked: bool = False

    def __repr__(self) -> str:
        """Who, but nothing that opens a door."""
        return f"Presence({self.user.id})"


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose password was right, but who is not signed in yet.

    `opened` is the session that central opened for it; none with the line down.
    """

    presence: Presence
    opened: SavedSession | None = None

    @property
    def user(self) -> User:
        """Who it is."""
        return self.presence.user

    def __repr__(self) -> str:
        """Who, but nothing that opens a door."""
        return f"Verified({self.user.id})"


class Session:
    """Signing in and out, and locking the screen."""

    def __init__(
        self,
        store: Store,
        line: Line,
        changes: Changes,
        clock: Clock,
        *,
        verifier_of: VerifierOf,
    ) -> None:
        """Begin with nobody."""
        self._store = store
        self._line = line
        self._changes = changes
        self._clock = clock
        self._verifier_of = verifier_of
        self._present: Presence | None = None

    @property
    def user(self) -> User | None:
        """Who is signed in, the screen locked or not."""
        return self._present.user if self._present else None

    @property
    def locked(self) -> bool:
        """Whether the screen is locked until the password is typed again."""
        return self._present is not None and self._present.locked

    @property
    def online(self) -> bool:
        """Whether central knows the session, so that online acts can be tried."""
        return self.user is not None and bool(self.token_of(self.user.id))

    def get_user(self) -> User:
        """Who is signed in. Raises InputError `session.needed`."""
        if self._present is None:
            raise InputError("session.needed")
        return self._present.user

    def get_token(self) -> str:
        """The token for an online act.

        Raises RefusedError `session.needed` for somebody who signed in with the line down, or
        whose session ran out: central has to see the password first.
        """
        token = self.token_of(self.get_user().id)
        if not token:
            raise RefusedError("session.needed")
        return token

    def token_of(self, user: str) -> str:
        """A live token of this user, present or not: for the repeat of what they did; or none."""
        if self._present and self._present.user.id == user:
            return self._present.token if self._is_live(self._present.until) else ""
        with self._store.read() as connection:
            known = find_user(connection, user)
            saved = sessions.find(connection, known.login) if known else None
        return saved.token if saved and self._is_live(saved.until) else ""

    def sign_in(self, login: str, password: str) -> User:
        """Sign in at central; with the line down, as at the last time. Raises as `verify` does.

        After the lease they are let in all the same: what the desk showed is locked, and
        applicants are received.
        """
        verified = self.verify(login, password)
        self.seat(verified)
        return verified.user

    def verify(self, login: str, password: str) -> Verified:
        """Whether this is the person; whoever is signed in stays so.

        What comes of it is `seat` or `turn_away`. Raises RefusedError for a wrong password or a
        disabled user, InputError `session.wrong_password` where the desk itself says so, and
        UnreachableError `session.unknown_here` where the desk cannot say.
        """
        login = login.strip()
        try:
            signed_in = self._ask(login, password)
        except UnreachableError as error:
            return Verified(presence=self._recall(login, password, error))
        except RefusedError:
            self._forget_if_outdated(login, password)
            raise
        return self._open(login, password, signed_in)

    def seat(self, verified: Verified) -> None:
        """Let them be signed in from now on, in the place of whoever was."""
        opened = verified.opened
        if opened is not None:
            with self._store.begin() as connection:
                sessions.save(connection, opened)
                meta.put(connection, _USER + opened.user.id, _encode(opened.user))
                keep_user_back(connection, opened.user.id)
        self._present = verified.presence
        self._changes.publish("session")

    def turn_away(self, verified: Verified) -> None:
        """They are not signed in after all: the session that central opened for it is ended."""
        if verified.opened is not None:
            self._tell_end(verified.opened.token)

    def sign_out(self) -> None:
        """Leave the desk. Central is told if it can be; a session that it misses runs out."""
        present, self._present = self._present, None
        if present is None:
            return
        if present.token and not self._awaits_answer(present.user.id):
            with self._store.begin() as connection:
                sessions.end_token(connection, present.user.login)
            self._tell_end(present.token)
        self._changes.publish("session")

    def leave_if_gone(self) -> None:
        """Sign out whoever central says may work no more."""
        with self._store.read() as connection:
            gone = load_users_gone(connection)
        if self._present is not None and self._present.user.id in gone:
            self._present = None
            self._changes.publish("session")

    def goes_without(self, user: str) -> bool:
        """Whether acts of this user are sent without a session: nobody will ever have one."""
        with self._store.read() as connection:
            return user in load_users_gone(connection)

    def expire(self, user: str, token: str) -> None:
        """Central does not know this token of theirs any more."""
        present = self._present
        if present and present.user.id == user and present.token == token:
            self._present = msgspec.structs.replace(present, token="", until=None)
        with self._store.begin() as connection:
            known = find_user(connection, user)
            if known is not None:
                sessions.end_token(connection, known.login)
        self._changes.publish("session")

    def lock(self) -> None:
        """Lock the screen; what is being typed stays."""
        if self._present:
            self._present = msgspec.structs.replace(self._present, locked=True)
            self._changes.publish("session")

    def unlock(self, password: str) -> None:
        """Open the screen again. Raises InputError `session.wrong_password`."""
        if self._present is None:
            raise InputError("session.needed")
        demand_password(self._present.verifier, password)
        self._present = msgspec.structs.replace(self._present, locked=False)
        self._changes.publish("session")

    def demand_own_password(self, password: str) -> None:
        """Let whoever is here sign with it. Raises InputError `session.wrong_password`."""
        if self._present is None:
            raise InputError("session.needed")
        demand_password(self._present.verifier, password)

    def _ask(self, login: str, password: str) -> SignedIn:
        message = SignIn(login=login, password=password)
        return self._line.ask(Call(path="/session", body=encode(message)), SignedIn)

    def _tell_end(self, token: str) -> None:
        """Central is told if it can be; a session that it misses runs out."""
        try:
            self._line.ask(Call(path="/session/end"), type(None), token)
        except (UnreachableError, RefusedError) as error:
            write_event(_log, "session.end_untold", code=error.code)

    def _open(self, login: str, password: str, signed_in: SignedIn) -> Verified:
        opened = SavedSession(
            login=login,
            user=signed_in.user,
            verifier=self._verifier_of(password),
            signed_in_at=self._clock.now(),
            token=signed_in.token,
            until=signed_in.until,
        )
        return Verified(presence=_presence_of(opened), opened=opened)

    def _recall(self, login: str, password: str, cause: UnreachableError) -> Presence:
        """The last online sign-in, if it was here."""
        with self._store.read() as connection:
            saved = sessions.find(connection, login)
        if saved is None:
            raise UnreachableError("session.unknown_here") from cause
        demand_password(saved.verifier, password)
        return _presence_of(saved)

    def _forget_if_outdated(self, login: str, password: str) -> None:
        """A password that fits here but not at central: it was changed, or the user disabled.

        Then it must not open the desk the next time that the line is down.
        """
        with self._store.read() as connection:
            saved = sessions.find(connection, login)
        if saved is not None and fits(saved.verifier, password):
            with self._store.begin() as connection:
                sessions.forget(connection, login)

    def _is_live(self, until: datetime | None) -> bool:
        return until is not None and self._clock.now() < until - timedelta(seconds=5)

    def _awaits_answer(self, user: str) -> bool:
        """Whether an act of theirs may yet have to be repeated with their token."""
        from storage import outbox

        with self._store.read() as connection:
            waiting = outbox.unsent(connection, 1000)
        return any(one.user == user for one in waiting)


def _presence_of(saved: SavedSession) -> Presence:
    return Presence(user=saved.user, verifier=saved.verifier, token=saved.token, until=saved.until)


def find_user(connection: Connection, user: str) -> User | None:
    """Somebody who once signed in at this desk online."""
    body = meta.get(connection, _USER + user)
    return decode(body, User) if body else None


def get_known_user(connection: Connection, user: str) -> User:
    """The same, for a command in the outbox. Raises StoreError `session.user_unknown`."""
    known = find_user(connection, user)
    if known is None:
        raise StoreError("session.user_unknown")
    return known


def demand_password(verifier: str, password: str) -> None:
    """Raise InputError `session.wrong_password` unless it fits."""
    if not fits(verifier, password):
        raise InputError("session.wrong_password")


def make_verifier(password: str) -> str:
    """What is kept of a password: an argon2id hash that names its own salt and cost."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def fits(verifier: str, password: str) -> bool:
    """Whether a password is the one that a verifier was made of."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(verifier, password)
    except VerifyMismatchError:
        return False


def _encode(user: User) -> bytes:
    return msgspec.json.encode(user)
