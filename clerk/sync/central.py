"""Central's side of push: what an arriving command is, judged by its idempotency key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from clerk.contract.answer import Answer, Conclusion, Refusal
from clerk.contract.command import Envelope
from clerk.contract.sync import SPOKEN, Directive, Hello, Protocols, Push

NEEDS_UPGRADE = "command.unknown_kind"
"""The refusal of a kind of command that is newer than central."""

RUNS_REMEMBERED = 8
"""Starts of a desk whose late hellos are told from a copy's."""


class Arrival(StrEnum):
    """What an arriving command is to central."""

    FRESH = "fresh"
    REPEAT = "repeat"
    GAP = "gap"
    CLONE = "clone"


def takes_push(message: Push, generation: str) -> bool:
    """Whether to look at its commands: none that was under way while central was restored.

    It may hold what its desk was refused meanwhile, or has let go of, and will never send again.
    """
    return message.generation in {"", generation}


class Known(msgspec.Struct, frozen=True):
    """A command that central has stored under the same (device, incarnation, n)."""

    fingerprint: str


def fingerprint(envelope: Envelope) -> str:
    """The hash of everything in a command, to tell a repeat from another one under its n."""
    return hashlib.sha256(msgspec.json.encode(envelope)).hexdigest()


def judge_arrival(
    envelope: Envelope, known: Known | None, last_n: int, void: Collection[int] = ()
) -> Arrival:
    """Fresh only in order; the same n with other content betrays a cloned disk.

    `void` are numbers that the desk says will never come.
    """
    if known is not None:
        same = known.fingerprint == fingerprint(envelope)
        return Arrival.REPEAT if same else Arrival.CLONE
    if envelope.n <= last_n:
        return Arrival.CLONE
    missing = (n for n in range(last_n + 1, envelope.n) if n not in void)
    return Arrival.FRESH if next(missing, None) is None else Arrival.GAP


class KnownDevice(msgspec.Struct, frozen=True, kw_only=True):
    """What central remembers of a desk. `runs` are those it heard of last, the present one last."""

    incarnation: int
    hello_count: int
    last_n: int
    scope_version: int
    quarantined: bool = False
    runs: tuple[str, ...] = ()


def choose_protocol(hello: Hello, served: Protocols = SPOKEN) -> int:
    """The newest protocol that both speak; 0 where there is none."""
    newest = min(hello.protocol_newest, served.newest)
    return newest if newest >= max(hello.protocol_oldest, served.oldest) else 0


def judge_hello(
    hello: Hello,
    known: KnownDevice,
    generation: str,
    head: int,
    served: Protocols = SPOKEN,
) -> Directive:
    """Go on, begin again, upgrade, or stay away.

    A count that was passed already is a hello that came late or twice, or the first of a copy:
    whoever still waits for the answer greets again. A run that another one followed and that
    yet goes on counting is a copy, and so is a desk that forgot commands.
    """
    if known.quarantined or hello.incarnation != known.incarnation:
        return Directive.QUARANTINED
    if hello.count <= known.hello_count:
        return Directive.GREET_AGAIN if hello.run else Directive.QUARANTINED
    if hello.run in known.runs[:-1] or hello.last_n < known.last_n:
        return Directive.QUARANTINED
    if not choose_protocol(hello, served):
        return Directive.UPGRADE
    fresh = hello.cursor > 0 and hello.cursor <= head
    if hello.generation != generation or not fresh or hello.scope_version != known.scope_version:
        return Directive.BOOTSTRAP
    return Directive.GO_ON


def remember_run(known: KnownDevice, hello: Hello) -> tuple[str, ...]:
    """The runs to remember; one whose first hello comes late is an old one from the beginning."""
    if not hello.run or hello.run in known.runs:
        return known.runs
    if hello.count <= known.hello_count:
        return (hello.run, *known.runs[-(RUNS_REMEMBERED - 1) :])
    return (*known.runs[-(RUNS_REMEMBERED - 1) :], hello.run)


def receipt_moment(envelope: Envelope, now: datetime) -> datetime:
    """When papers were taken in, perhaps hours ago; a desk's clock that is fast gains nothing."""
    return min(envelope.at, now)


def end_of_page(positions: Sequence[int], limit: int, head: int, cursor: int) -> int:
    """Where a page of these rows ends; with nothing in sight it still moves the cursor on."""
    return positions[-1] if len(positions) == limit else max(head, cursor)


def answer_to(
    envelope: Envelope, outcome: int | Refusal, version: int = 0, overtaken_by: str = ""
) -> Answer:
    """The answer to be stored: the version that an effect made, or why there is none."""
    if isinstance(outcome, int):
        return _plain(envelope, Conclusion.APPLIED, outcome)
    if outcome.code == NEEDS_UPGRADE:
        return _plain(envelope, Conclusion.NEEDS_UPGRADE, 0)
    return Answer(
        n=envelope.n,
        command=envelope.id,
        conclusion=Conclusion.CONFLICT if overtaken_by else Conclusion.REFUSED,
        version=version,
        refusal=outcome,
        changed_by=overtaken_by,
    )


def _plain(envelope: Envelope, conclusion: Conclusion, version: int) -> Answer:
    return Answer(n=envelope.n, command=envelope.id, conclusion=conclusion, version=version)
