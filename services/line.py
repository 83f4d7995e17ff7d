"""The line to central: hello, and calls that renew their token by another hello."""

from __future__ import annotations

import base64
import logging
import os
import secrets
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from typing import TypeVar

import msgspec

from clerk.contract.ids import new_id
from clerk.contract.sealed import HandedOver, Sealed
from clerk.contract.sync import (
    PUSH_MOST_BYTES,
    PUSH_MOST_COMMANDS,
    SPOKEN,
    Directive,
    Hello,
    Protocols,
    Welcome,
)
from clerk.errors import RefusedError, StoreError, UnreachableError
from clerk.log import write_event
from clerk.sync.desk import finds_restored, take_welcome
from services.client import Call, Client, Reply, StaleTokenError, encode
from services.contact import Contact, keep_lease_hours
from services.gone import keep_users_gone
from services.sealing import keep_seal_key
from services.timekeeping import Timekeeper
from storage import identity, leases, outbox, resending, sync_state, upgrading
from storage.store import Connection, Store

NUMBERS_LOW = 100
"""With fewer case numbers left than this, a hello asks for more."""

NUMBERS_AHEAD = timedelta(days=7)
"""Numbers that cannot be used so many days from now are as good as used."""

_NUMBERS_ASKED_EVERY = timedelta(minutes=5)

_MOST_GREETINGS = 3
_HAND_OVER_S = 120.0
_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Line:
    """One desk's line, which threads share. Its token lives in memory: a start begins with hello.

    A hello tells the desk's clock what time it is. `speaks` are the protocols offered to central,
    `protocol` is the one that it chose.
    """

    def __init__(self, store: Store, client: Client, contact: Contact, clock: Timekeeper) -> None:
        """Take the client of the central that the desk is enrolled with."""
        self._store = store
        self._client = client
        self._contact = contact
        self._clock = clock
        self._numbers_refused = -1
        self._token = ""
        self._run = secrets.token_hex(8)
        self._turn = threading.Lock()
        self.greeted = False
        self.most_commands = PUSH_MOST_COMMANDS
        self.most_bytes = PUSH_MOST_BYTES
        self.speaks = SPOKEN
        self.protocol = 0
        self._greeted_ms = 0

    def hand_over(self, sealed: Sealed) -> HandedOver:
        """Give central what a disabled desk has; the signature is in it, and no token is needed."""
        body = encode(sealed)
        call = Call(path="/sync/handover", body=body, answer_s=_HAND_OVER_S, acts=True)
        return self._call(lambda one: self._client.ask(one, HandedOver), call)

    def carry(self, token: str) -> None:
        """Show this token from now on."""
        self._token, self.greeted = token, True

    def ask(self, call: Call, answer: type[Answer], session: str = "") -> Answer:
        """Make a call as this desk; a token that ran out is renewed once."""
        return self._as_desk(lambda known: self._client.ask(known, answer), call, session)

    def exchange(self, call: Call, session: str = "") -> Reply:
        """The same, where the answer is bytes and headers."""
        return self._as_desk(self._client.exchange, call, session)

    def greet(self, stale: str = "") -> str:
        """The token, after a hello where there is none but a stale one.

        A hello without an answer is a line that is down: nothing came of it. Raises
        RefusedError `desk.quarantined`, `desk.upgrade` or `desk.newer_than_central` where
        central keeps the desk away.
        """
        with self._turn:
            if self._token and self.greeted and self._token != stale:
                return self._token
            return self._introduce()

    def forget_greeting(self) -> None:
        """Begin with hello again at the next call: for new case numbers, or another generation."""
        self.greeted = False

    def greet_anew_after(self, patience: timedelta) -> None:
        """Begin with hello again if the last one is so long ago: central may be another by now."""
        since_ms = self._clock.monotonic_ms() - self._greeted_ms
        if since_ms >= patience / timedelta(milliseconds=1):
            self.forget_greeting()

    def ask_for_numbers(self, left: int) -> None:
        """Have the next call begin with hello, if that may bring more case numbers."""
        if left >= NUMBERS_LOW:
            return
        if left != self._numbers_refused:
            self.forget_greeting()
        else:
            self.greet_anew_after(_NUMBERS_ASKED_EVERY)

    def interrupt(self) -> None:
        """Wake every call in flight; each ends as one without an answer."""
        self._client.interrupt()

    def close(self) -> None:
        """End every call, and make no other."""
        self._client.close()

    def _as_desk(self, send: Callable[[Call], Answer], call: Call, session: str) -> Answer:
        token = self.greet()
        try:
            return self._call(send, _authorised(call, token, session))
        except StaleTokenError:
            write_event(_log, "line.token_stale")
        return self._call(send, _authorised(call, self.greet(token), session))

    def _call(self, send: Callable[[Call], Answer], call: Call) -> Answer:
        """A call, with what it tells about central.

        Where nothing is done by asking, nothing is open: no answer is a line that is down.
        """
        try:
            answered = send(call)
        except UnreachableError as error:
            if call.acts or error.code != "answer.awaited":
                self._contact.note_failure(error.code)
                raise
            self._contact.note_failure("line.down")
            raise UnreachableError("line.down", **error.parameters) from error
        except RefusedError:
            self._contact.note()
            raise
        self._contact.note()
        return answered

    def _introduce(self) -> str:
        """Hello, and again with a higher count where central has heard a higher one."""
        self._token, self.greeted = "", False
        for _greeting in range(_MOST_GREETINGS):
            token = self._take(self._say_hello())
            if token:
                return token
        raise UnreachableError("central.strange")

    def _say_hello(self) -> Welcome:
        with self._store.begin() as connection:
            usable_on = self._clock.today() + NUMBERS_AHEAD
            hello, private_key = _next_hello(connection, self._run, self.speaks, usable_on)
        body = encode(hello)
        headers = {"Clerk-Signature": _sign(private_key, body)}
        call = Call(path="/sync/hello", body=body, headers=headers)
        welcome = self._call(lambda known: self._client.ask(known, Welcome), call)
        self._numbers_refused = hello.numbers_left if welcome.lease is None else -1
        return welcome

    def _new_id(self) -> str:
        return new_id(int(self._clock.now().timestamp() * 1000), os.urandom)

    def _take(self, welcome: Welcome) -> str:
        with self._store.begin() as connection:
            keep_seal_key(connection, welcome.seal_key)
        if welcome.directive is Directive.HAND_OVER:
            raise RefusedError("desk.hand_over")
        with self._store.begin() as connection:
            before = sync_state.load(connection)
            keep_users_gone(connection, welcome.users_gone)
            state = take_welcome(before, welcome)
            # Halted is asked anew at each hello: an upgrade or a person may have mended it.
            sync_state.save(connection, msgspec.structs.replace(state, halted=""))
            unfit = upgrading.send_again(connection, welcome.kinds, self._new_id)
            if finds_restored(before, welcome):
                again = resending.follow(connection, welcome.last_n)
                write_event(_log, "line.central_restored", again=again)
            if welcome.place is not None:
                identity.keep_enrolled(connection, welcome.place)
            if welcome.lease is not None:
                leases.add(connection, welcome.lease, self._clock.today())
            keep_lease_hours(connection, welcome.lease_hours)
        told = welcome.directive.value
        write_event(_log, "line.greeted", directive=told, protocol=welcome.protocol, again=unfit)
        if state.halted:
            code = _code_of_halt(welcome, self.speaks)
            self._contact.note_failure(code)
            raise RefusedError(code)
        if not state.greeted:
            return ""
        self.protocol = welcome.protocol
        self._greeted_ms = self._clock.monotonic_ms()
        self.most_commands = welcome.most_commands
        self.most_bytes = welcome.most_bytes
        self._clock.hear(welcome.server_time)
        self._token, self.greeted = welcome.token, True
        return self._token


def _code_of_halt(welcome: Welcome, speaks: Protocols) -> str:
    """Why central keeps the desk away; of two that share no protocol the older one is mended."""
    if welcome.directive is Directive.UPGRADE and welcome.protocol < speaks.oldest:
        return "desk.newer_than_central"
    return f"desk.{welcome.directive.value}"


def _next_hello(
    connection: Connection, run: str, speaks: Protocols, usable_on: date
) -> tuple[Hello, bytes]:
    """The next hello with its key; its count is saved before it is sent.

    Numbers count as left that can still be given out on the day `usable_on`.
    """
    enrolled = identity.get_enrolled(connection)
    private_key = identity.find_private_key(connection)
    if private_key is None:
        raise StoreError("desk.not_enrolled")
    state = sync_state.load(connection)
    state = msgspec.structs.replace(state, hello_count=state.hello_count + 1)
    sync_state.save(connection, state)
    window = enrolled.window_number
    hello = Hello(
        device=enrolled.device,
        incarnation=enrolled.incarnation,
        count=state.hello_count,
        protocol_oldest=speaks.oldest,
        protocol_newest=speaks.newest,
        generation=state.generation,
        cursor=state.cursor,
        last_n=outbox.last_n(connection),
        numbers_left=leases.left(connection, window, usable_on) if window else 0,
        scope_version=state.scope_version,
        run=run,
        program=_program(),
        unsent=outbox.count_waiting(connection),
    )
    return hello, private_key


@cache
def _program() -> str:
    """The version of this program; reading it takes a moment."""
    return version("clerk")


def _sign(private_key: bytes, body: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(private_key).sign(body)).decode()


def _authorised(call: Call, token: str, session: str) -> Call:
    headers = {**call.headers, "Authorization": f"Bearer {token}"}
    if session:
        headers["Clerk-Session"] = session
    return msgspec.structs.replace(call, headers=headers)
