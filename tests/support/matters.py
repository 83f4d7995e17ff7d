"""Matters for tests, brought by invented people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.command import MatterCommand, MoveMatter, TakeMatter, TellMatter
from clerk.contract.matter import (
    AnyMatterAct,
    AnyMatterEvent,
    Appeal,
    Brought,
    Close,
    Contact,
    DecideAppeal,
    MatterKind,
    MatterRecord,
    MatterTaken,
    MatterWay,
    PassOn,
    Reply,
)
from clerk.contract.setting import MatterChoice
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.rules.case import Context
from clerk.rules.matter import Matter, decide_matter, extend_matter, fold_matter
from clerk.rules.matter.limits import limits_of
from tests.support.cases import CLERK, MONDAY
from tests.support.work_calendar import REAL_CALENDAR

if TYPE_CHECKING:
    from services.bootstrap import Desk

MATTER = "0197f000-0000-7000-8000-0000000000aa"
INQUIRY = Brought(
    kind=MatterKind.INQUIRY,
    way=MatterWay.WINDOW,
    department="market",
    text="食品经营许可证延续需要提前多少天申请？",
    name="钱多多",
    phone="13900001234",
)
RATED = Brought(
    kind=MatterKind.FOLLOW_UP,
    way=MatterWay.RATING,
    department="market",
    text="等了两个小时",
    rating="r-1",
)
CONTACT = Contact(note="已电话联系")
REPLY = Reply(text="应当在届满30日前提出。")
PASS = PassOn(to="fire", reason="属于消防职责")
CLOSE = Close(reason="已当面说明")
APPEAL = Appeal(reason="系统故障，非窗口原因")
EXCLUDE = DecideAppeal(exclude=True, reason="评价内容与本次办件无关")
UPHOLD = DecideAppeal(exclude=False, reason="情况属实")


class MatterStory:
    """A matter that people do things to, one after the other."""

    def __init__(self, record: MatterRecord | None = None) -> None:
        """Begin on a Monday, at window 1."""
        self.now, self.window, self.record = MONDAY, "w1", record

    @classmethod
    def rated(cls) -> Self:
        """A follow-up, as central opens one."""
        limits = limits_of(RATED.kind, MatterChoice(since=MONDAY))
        taken = MatterTaken(at=MONDAY, by=CLOCK_ACTOR, brought=RATED, limits=limits, window="w1")
        return cls(extend_matter(MATTER, None, (taken,)))

    @property
    def matter(self) -> Matter:
        """As it is now."""
        assert self.record is not None, "it was taken in"
        return fold_matter(self.record)

    def later(self, days: int = 0, hours: int = 0) -> Self:
        """Let time go by."""
        self.now += timedelta(days=days, hours=hours)
        return self

    def at(self, moment: datetime) -> Self:
        """Let it be then."""
        self.now = moment
        return self

    def take(self, brought: Brought = INQUIRY, by: User = CLERK) -> Self:
        """Take it in."""
        return self.ask(TakeMatter(brought=brought), by)

    def do(self, act: AnyMatterAct, by: User) -> Self:
        """Deal with it."""
        return self.ask(MoveMatter(act=act), by)

    def tell(self, by: User = CLERK) -> Self:
        """Tell whoever brought it."""
        return self.ask(TellMatter(), by)

    def ask(self, command: MatterCommand, by: User) -> Self:
        """Have a command carried out."""
        decided = self._decide(command, by)
        assert not isinstance(decided, Refusal), decided
        self.record = extend_matter(MATTER, self.record, (decided,))
        return self

    def refused(self, command: MatterCommand | AnyMatterAct, by: User) -> str:
        """The code with which something is refused."""
        asked = command if isinstance(command, MatterCommand) else MoveMatter(act=command)
        decided = self._decide(asked, by)
        assert isinstance(decided, Refusal), "it was not refused"
        return decided.code

    def _decide(self, command: MatterCommand, by: User) -> AnyMatterEvent | Refusal:
        at_window = not by.department
        context = Context(
            now=self.now,
            calendar=REAL_CALENDAR,
            user=by,
            window=self.window if at_window else "",
        )
        before = self.matter if self.record else None
        return decide_matter(before, command, context, MatterChoice(since=MONDAY))


def bring(desk: Desk, there: Desk) -> None:
    """An inquiry that has its answer, a complaint that nobody has looked at, a suggestion."""
    there.session.sign_in("market-handler", "paper-and-seal")
    desk.matters.take(INQUIRY)
    desk.sync.run_once()
    there.sync.run_once()
    there.matters.move(there.matters.list().matters[0], REPLY)
    there.sync.run_once()
    there.session.sign_out()
    wait = "取号后等了近两个小时，无人解释。"
    desk.matters.take(replace(INQUIRY, kind=MatterKind.COMPLAINT, text=wait, name=""))
    wish = "建议周六上午开放。"
    desk.matters.take(replace(INQUIRY, kind=MatterKind.SUGGESTION, text=wish, name=""))
