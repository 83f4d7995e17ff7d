"""A desk that receives and accepts without a pause, whatever becomes of central meanwhile.

Central is a process that somebody kills: what has no answer is sent again until it has one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import httpx
from msgspec.structs import replace

from clerk.clock import SystemClock
from clerk.contract.answer import Answer
from clerk.contract.command import AcceptCase, Envelope
from clerk.contract.sync import EntityKind, Pushed
from tests.support.cases import CLERK, receive_command
from tests.support.central import TalkingDesk, read

_RECEIVE = replace(receive_command(), number="")
_AGAIN_S = 0.02
_PATIENCE_S = 45
"""A central that is killed is back long before."""

T = TypeVar("T")


class PushingDesk(TalkingDesk):
    """Remembers each answer that it was given, and which cases the feed told it of."""

    def __init__(self, url: str) -> None:
        """Go by the machine's time, as the process of central does."""
        super().__init__(url, SystemClock())
        self.answered: dict[int, tuple[Envelope, Answer]] = {}
        self.changed_answers: list[int] = []
        self.fed: dict[str, int] = {}
        self._pause = threading.Event()

    def begin(self, code: str) -> None:
        """Become known, sign in and fetch everything, while central is well."""
        self.enrol(code)
        self.hello()
        self.sign_in(CLERK.login)
        self.bootstrap()

    def work(self, until: threading.Event) -> None:
        """One case after the other; each answer that came once is asked for again at times."""
        while not until.is_set():
            case = self._envelope_of_case()
            self._send_until_answered(*case)
            if len(self.answered) % 6 == 0:
                self.repeat(max(self.answered) - 1)

    def repeat(self, n: int) -> None:
        """Send what was answered already; another answer than the first is put down."""
        envelope, answer = self.answered[n]
        again = self._insist(envelope)
        if again.answers != (answer,):
            self.changed_answers.append(n)

    def catch_up(self) -> None:
        """Pull to the head."""
        while True:
            page = self.pull()
            for one in page.items:
                if one.kind == EntityKind.CASE:
                    self.fed[one.id] = one.version
            if page.end >= page.head:
                return

    def _envelope_of_case(self) -> tuple[Envelope, Envelope]:
        if self.lease is None or self.used > self.lease.last - self.lease.first:
            self._insist_hello()
        received = self.envelope(replace(_RECEIVE, number=self.next_number()))
        accepted = self.envelope(AcceptCase(), case_id=received.case_id, base=1)
        return received, accepted

    def _send_until_answered(self, *envelopes: Envelope) -> None:
        waiting = list(envelopes)
        while waiting:
            for answer in self._insist(*waiting).answers:
                envelope = waiting.pop(0)
                assert envelope.n == answer.n, "answers come in order"
                self.answered[answer.n] = envelope, answer

    def _insist(self, *envelopes: Envelope) -> Pushed:
        return self._again(lambda: read(self.push(*envelopes), Pushed))

    def _insist_hello(self) -> None:
        self._again(self.hello)
        self.used = 0

    def _again(self, ask: Callable[[], T]) -> T:
        """Ask until there is an answer; a central that is gone for good fails the test."""
        patience = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return ask()
            except httpx.TransportError:
                if time.monotonic() > patience:
                    raise
                self._pause.wait(_AGAIN_S)
