"""What may become of a command in a desk's outbox, without its table.

A number is contiguous and never given twice. Central may have a command as soon as an attempt
was begun that is not known to have failed on the way. Answered commands are kept for a while
after their effect has come home: a central restored from a backup has lost the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import Envelope

KEPT_FOR = timedelta(days=7)
"""How long a settled command can still be repeated to a restored central."""

ENVELOPE_BYTES = 512
"""What an envelope adds to its body, roughly."""


class Status(StrEnum):
    """What the desk did with a command; what central concluded is in the answer."""

    WAITING = "waiting"
    SENDING = "sending"
    ANSWERED = "answered"
    SETTLED = "settled"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A command as the outbox keeps it. `under_way` counts the attempts without an end."""

    envelope: Envelope
    status: Status = Status.WAITING
    tries: int = 0
    under_way: int = 0
    answer: Answer | None = None
    head: int = 0

    @property
    def applied(self) -> bool:
        """Whether central carried it out."""
        return self.answer is not None and self.answer.conclusion is Conclusion.APPLIED

    @property
    def unsent(self) -> bool:
        """Whether it has no answer yet, and is sent or sent again."""
        return self.status is Status.WAITING or self.status is Status.SENDING


def begin_attempt(kept: Kept) -> Kept:
    """Before a request leaves: central may have it from now on."""
    return replace(kept, status=Status.SENDING, tries=kept.tries + 1, under_way=kept.under_way + 1)


def end_unreached(kept: Kept) -> Kept:
    """The attempt begun last surely changed nothing at central; earlier ones may have."""
    if kept.status is not Status.SENDING:
        return kept
    under_way = max(kept.under_way - 1, 0)
    return replace(
        kept, under_way=under_way, status=Status.SENDING if under_way else Status.WAITING
    )


def take_answer(kept: Kept, answer: Answer, head: int) -> Kept:
    """Keep central's answer; an applied command waits until the cache is at `head`."""
    if not kept.unsent or answer.command != kept.envelope.id:
        return kept
    return replace(kept, status=Status.ANSWERED, answer=answer, head=head, under_way=0)


def settles(kept: Kept, cursor: int) -> bool:
    """Whether the feed has brought what an applied command caused."""
    return kept.status is Status.ANSWERED and kept.applied and kept.head <= cursor


def may_take_back(kept: Kept, last_n: int) -> bool:
    """Only the newest command is undone, and only if central surely does not have it."""
    return kept.envelope.n == last_n and kept.status is Status.WAITING


def never_left(kept: Kept, *, queued: bool) -> bool:
    """Whether an act was cut off before it was sent; what may be queued is not forgotten."""
    return not queued and kept.status is Status.WAITING and kept.tries == 0


def follow_restore(kept: Kept, central_last_n: int) -> Kept:
    """The command as it stands once central begins another generation.

    What central lost and had carried out is sent again; what it had refused stays refused,
    for its clerk has been told so.
    """
    if kept.unsent or not kept.applied:
        return kept
    if kept.envelope.n <= central_last_n:
        return replace(kept, head=0)
    return replace(kept, status=Status.SENDING, under_way=1, answer=None, head=0)


def choose_batch(
    unsent: Sequence[Envelope],
    most: tuple[int, int],
    *,
    is_queued: Callable[[Envelope], bool],
    has_session: Callable[[str], bool],
) -> tuple[Envelope, ...]:
    """What is pushed next: in order, within the limits, under one live session only.

    `most` are commands and bytes. What needs the session of somebody who is not here stays,
    with all that follows it.
    """
    batch: list[Envelope] = []
    size, actor = 0, ""
    for envelope in unsent[: most[0]]:
        size += len(envelope.body) + ENVELOPE_BYTES
        if batch and size > most[1]:
            break
        if not is_queued(envelope):
            if actor not in {"", envelope.user} or not has_session(envelope.user):
                break
            actor = envelope.user
        batch.append(envelope)
    return tuple(batch)


def void_numbers(central_last_n: int, batch: Sequence[Envelope]) -> tuple[int, ...]:
    """The numbers after central's last that the batch leaves out; none but after a restore."""
    if not batch:
        return ()
    coming = {one.n for one in batch}
    return tuple(n for n in range(central_last_n + 1, batch[-1].n) if n not in coming)
