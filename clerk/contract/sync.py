"""The messages of the sync protocol (hello, push, pull, bootstrap) and of enrolment."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from clerk.contract.answer import Answer
from clerk.contract.command import Envelope
from clerk.contract.numbers import NumberLease

PROTOCOL = 1
"""The newest protocol spoken. 2026-11-23: 1, the first."""

OLDEST_PROTOCOL = 1
"""The oldest protocol that central still serves (N-1 from protocol 2 on)."""


class Protocols(msgspec.Struct, frozen=True):
    """The protocols that a program speaks: from the oldest to the newest, with all between."""

    oldest: int
    newest: int


SPOKEN = Protocols(OLDEST_PROTOCOL, PROTOCOL)
"""Those that this program speaks."""

PUSH_MOST_COMMANDS = 100
PUSH_MOST_BYTES = 1024 * 1024
COMMAND_MOST_BYTES = 16 * 1024 * 1024
"""One command may be larger than a batch of them: the papers of a window, line by line."""

PULL_WAIT_MOST_S = 25
PAGE_ROWS = 1000


class Directive(StrEnum):
    """What central tells a desk to do after hello."""

    GO_ON = "go_on"
    BOOTSTRAP = "bootstrap"
    GREET_AGAIN = "greet_again"
    UPGRADE = "upgrade"
    QUARANTINED = "quarantined"
    HAND_OVER = "hand_over"


class Enrol(msgspec.Struct, frozen=True, kw_only=True):
    """A new desk introduces itself with its one-time code and its public key (Ed25519)."""

    code: str
    public_key: str
    name: str = ""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Central knows the desk from now on, by this name and this window or department."""

    device: str
    incarnation: int
    window: str = ""
    window_name: str = ""
    window_number: int = 0
    department: str = ""
    centre: str = ""
    department_name: str = ""


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """The first call of a desk after each start, signed with its key.

    `count` only grows, is saved before it is sent, and so betrays a copy of the disk or a
    restored backup. `run` is made at each start and never saved, so that a hello which comes
    late is not taken for a copy's. The signature is over the encoded message. `program` is the
    version of the program, and `unsent` how many acts lie at the desk: administrators see both.
    """

    device: str
    incarnation: int
    count: int
    protocol_oldest: int
    protocol_newest: int
    generation: str
    cursor: int
    last_n: int
    schema: int = 1
    numbers_left: int = 0
    scope_version: int = 0
    catalogue_version: int = 0
    run: str = ""
    program: str = ""
    unsent: int = 0


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """Central's answer to hello. `token` is the bearer of the calls that follow.

    `protocol` is the one chosen, the newest that both speak; with the directive to upgrade it is
    the newest that central speaks. `count` is the newest hello that central knows of: a desk
    told to greet again counts on from there. `place` is where the desk belongs now: it may have
    been moved. `seal_key` is what an outbox is sealed with (clerk.contract.sealed). `users_gone`
    may work no more, anywhere. `kinds` are the kinds of commands that central knows.
    """

    protocol: int
    directive: Directive
    token: str
    token_until: datetime
    generation: str
    head: int
    last_n: int
    scope_version: int
    server_time: datetime
    scope: tuple[str, ...] = ()
    lease: NumberLease | None = None
    most_commands: int = PUSH_MOST_COMMANDS
    most_bytes: int = PUSH_MOST_BYTES
    lease_hours: int = 24
    count: int = 0
    place: Enrolled | None = None
    seal_key: str = ""
    users_gone: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class GivenPaper(msgspec.Struct, frozen=True):
    """The document number that the lost effect of command `n` had, and that is out on paper."""

    n: int
    document: str


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """Commands in order of n, one request in flight per desk.

    `void` names numbers before or between them that will never come: after central was
    restored it knows nothing of commands that it refused, or that the desk let go of.
    `papers` are of commands that are sent again after that. `generation` is central's as the desk
    knows it; a sealed outbox names none.
    """

    device: str
    incarnation: int
    commands: tuple[Envelope, ...]
    void: tuple[int, ...] = ()
    papers: tuple[GivenPaper, ...] = ()
    generation: str = ""


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """The answers, in order; fewer than asked where central stopped at a gap.

    `mending` tells that central was restored and waits for another desk's command before it
    can take the next one. Answers of another generation count for nothing.
    """

    answers: tuple[Answer, ...]
    last_n: int
    head: int
    generation: str = ""
    mending: bool = False


class EntityKind(StrEnum):
    """What the feed speaks of; a central that is newer may speak of more."""

    DEPARTMENT = "department"
    WINDOW = "window"
    ITEM = "item"
    BUNDLE = "bundle"
    LICENCE_TYPE = "licence_type"
    CALENDAR = "calendar"
    CASE = "case"
    SETTING = "setting"
    USUAL_TIME = "usual_time"
    FINDING = "finding"
    JOURNAL = "journal"
    MATTER = "matter"


class Put(msgspec.Struct, frozen=True, tag="put"):
    """The present state of something that the desk may see. `kind` is an EntityKind, or newer."""

    kind: str
    id: str
    version: int
    body: msgspec.Raw


class Remove(msgspec.Struct, frozen=True, tag="remove"):
    """Something left the desk's sight."""

    kind: str
    id: str
    version: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What changed after `start`, up to and with `end`, read in one snapshot.

    A desk applies it only if `start` equals its cursor, and the page is of the scope that it
    was greeted with (`scope_version`; 0 from a central that does not tell).
    """

    generation: str
    start: int
    end: int
    head: int
    items: tuple[Put | Remove, ...]
    scope_version: int = 0


class BootstrapPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the whole scope by key. `position` is where the tail begins.

    `next_key` is empty on the last page.
    """

    generation: str
    position: int
    next_key: str
    items: tuple[Put, ...]
    scope_version: int = 0


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """Count and sum of all (kind, id, version) in a desk's scope, as of a position of the feed."""

    generation: str
    position: int
    count: int
    value: str
    scope_version: int = 0


class Mismatch(msgspec.Struct, frozen=True, kw_only=True):
    """A desk tells that its cache differed from central's digest, and that it is rebuilt."""

    position: int
    count: int
    value: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error over HTTP: a code and parameters, which the reader translates."""

    code: str
    parameters: dict[str, str] = {}
    request_id: str = ""
