"""The present state of a matter, folded from its events."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from clerk.contract.matter import (
    AppealDecided,
    Brought,
    MatterAnswered,
    MatterAppealed,
    MatterClosed,
    MatterContacted,
    MatterKind,
    MatterLimits,
    MatterPassed,
    MatterTold,
)
from clerk.contract.user import Actor


class MatterStage(StrEnum):
    """Where it stands; `excluded` is a follow-up whose rating was found malicious."""

    OPEN = "open"
    ANSWERED = "answered"
    TOLD = "told"
    CLOSED = "closed"
    EXCLUDED = "excluded"


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A matter as it is now. `department` is whose it is to answer; empty, the centre's.

    `contacted` is the first contact; `passed` is every hand that it went through.
    """

    id: str
    version: int
    brought: Brought
    limits: MatterLimits
    taken_at: datetime
    taken_by: Actor
    department: str
    window: str = ""
    contacted: MatterContacted | None = None
    passed: tuple[MatterPassed, ...] = ()
    answered: MatterAnswered | None = None
    told: MatterTold | None = None
    closed: MatterClosed | None = None
    appealed: MatterAppealed | None = None
    appeal: AppealDecided | None = None

    @property
    def kind(self) -> MatterKind:
        """What was brought."""
        return self.brought.kind

    @property
    def excluded(self) -> bool:
        """Whether the rating that it follows up counts no more."""
        return self.appeal is not None and self.appeal.excluded

    @property
    def stage(self) -> MatterStage:
        """Where it stands."""
        if self.excluded:
            return MatterStage.EXCLUDED
        if self.closed:
            return MatterStage.CLOSED
        if self.told:
            return MatterStage.TOLD
        return MatterStage.ANSWERED if self.answered else MatterStage.OPEN

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.stage is MatterStage.OPEN

    @property
    def appeal_waits(self) -> bool:
        """Whether somebody else has to look into an appeal."""
        return self.appealed is not None and self.appeal is None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can be told the answer."""
        return not (self.brought.name or self.brought.phone)

    @property
    def ended_at(self) -> datetime | None:
        """When an answer was owed no more: it was given, or the matter was closed or excluded."""
        excluded = self.appeal.at if self.appeal and self.appeal.excluded else None
        ends = (self.answered, self.closed)
        moments = [excluded, *(one.at for one in ends if one)]
        return min((one for one in moments if one), default=None)
