"""Central's side of push: what an arriving command is, judged by its idempotency key."""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from clerk.contract.command import Envelope
from clerk.contract.sync import OLDEST_PROTOCOL, PROTOCOL, Directive, Hello


class Arrival(StrEnum):
    """What an arriving command is to central."""

    FRESH = "fresh"
    REPEAT = "repeat"
    GAP = "gap"
    CLONE = "clone"


class Known(msgspec.Struct, frozen=True):
    """A command that central has stored under the same (device, incarnation, n)."""

    fingerprint: str


def fingerprint(envelope: Envelope) -> str:
    """The hash of everything in a command, to tell a repeat from another one under its n."""
    return hashlib.sha256(msgspec.json.encode(envelope)).hexdigest()


def judge_arrival(envelope: Envelope, known: Known | None, last_n: int) -> Arrival:
    """Fresh only in order; the same n with other content betrays a cloned disk."""
    if known is not None:
        same = known.fingerprint == fingerprint(envelope)
        return Arrival.REPEAT if same else Arrival.CLONE
    if envelope.n <= last_n:
        return Arrival.CLONE
    return Arrival.FRESH if envelope.n == last_n + 1 else Arrival.GAP


class KnownDevice(msgspec.Struct, frozen=True, kw_only=True):
    """What central remembers of a desk."""

    incarnation: int
    hello_count: int
    last_n: int
    scope_version: int
    quarantined: bool = False


def judge_hello(hello: Hello, known: KnownDevice, generation: str, head: int) -> Directive:
    """Go on, begin again, upgrade, or stay away."""
    if known.quarantined or hello.incarnation != known.incarnation:
        return Directive.QUARANTINED
    if hello.count <= known.hello_count or hello.last_n < known.last_n:
        return Directive.QUARANTINED
    if hello.protocol_newest < OLDEST_PROTOCOL or hello.protocol_oldest > PROTOCOL:
        return Directive.UPGRADE
    fresh = hello.cursor > 0 and hello.cursor <= head
    if hello.generation != generation or not fresh or hello.scope_version != known.scope_version:
        return Directive.BOOTSTRAP
    return Directive.GO_ON
