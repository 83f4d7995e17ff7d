"""Random histories of whole cases through the rules, with their own account of what happened.

The account is kept beside the rules, from what was allowed, and knows nothing of their events:
the clock's oracle lives through it and tells what the dates have to be.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.command import Approve, ClaimCase, Propose, ResumeClock
from clerk.contract.limits import Limit
from clerk.contract.proposal import AnyPlan, ExtendPlan, Procedure, ProlongPlan, StopPlan
from clerk.contract.setting import ClockChoice, ClockChoices
from clerk.contract.user import User
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, Context
from clerk.rules.case.standing import lapses
from clerk.rules.clock import ClockFacts, ClockSettings, Extension, Prolongation, Stop
from tests.support.cases import APPROVER, FOOD, HANDLER, HEAD, MONDAY, CaseStory
from tests.support.clock_histories import STEP
from tests.support.work_calendar import REAL_DATA

_PROCEDURES = tuple(one for one in Procedure if one is not Procedure.HEARING)
_ACTS = ("stop", "stop", "prolong", "resume", "resume", "extend", "sweep", "wait", "wait")


class CaseHistory:
    """One case being handled at random, and the account of it."""

    def __init__(self, random: Random) -> None:
        """Accept it, under the default settings or under stops that stay."""
        self.random = random
        self.stays = random.random() < 0.3
        choice = ClockChoice(since=MONDAY - timedelta(days=9000), stay_stopped=self.stays)
        self.calendar = WorkCalendar(REAL_DATA, ClockChoices(versions=(choice,)))
        limit, promised = random.choice((5, 10, 20, 45)), random.choice((1, 3, 8, 20))
        pauses = random.random() < 0.7
        self.story = CaseStory(
            replace(
                FOOD,
                statutory=Limit(limit),
                promised=Limit(promised),
                pause_counts_for_promised=pauses,
                joint=random.random() < 0.2,
            )
        )
        self.story.calendar = self.calendar
        self.story.now = MONDAY + timedelta(days=random.randrange(-3000, 150))
        self.story.accepted()
        self.settings = ClockSettings(stay_stopped=self.stays, stops_pause_promised=pauses)
        self.started_at = self.story.now
        self.stops: dict[int, Stop] = {}
        self.extensions: list[Extension] = []

    @property
    def case(self) -> Case:
        """The case as the rules fold it."""
        return self.story.case

    @property
    def facts(self) -> ClockFacts:
        """The statutory limit's clock as the account tells it."""
        return ClockFacts(
            started_at=self.started_at,
            limit=self.story.item.statutory,
            stops=tuple(self.stops.values()),
            extensions=tuple(self.extensions),
            settings=self.settings,
        )

    def play(self, acts: int) -> None:
        """Do some things, each after a while."""
        for _ in range(acts):
            self.story.now += STEP * self.random.randrange(0, 48 * 4)
            getattr(self, f"_{self.random.choice(_ACTS)}")()
        self.story.now += STEP * self.random.randrange(0, 48 * 12)

    def _stop(self) -> None:
        days = self.random.randrange(1, 13)
        kind = self.random.choice(_PROCEDURES)
        reason = f"第{self.story.case.version}次"
        plan = StopPlan(procedure=kind, basis="法", planned_days=days, reason=reason)
        if self._approved(plan, APPROVER):
            self.stops[self.case.version] = Stop(self.story.now, days)

    def _prolong(self) -> None:
        if not self.stops:
            return
        n, days = self.random.choice(list(self.stops)), self.random.randrange(1, 8)
        if self._approved(ProlongPlan(stop=n, days=days, reason="复检"), APPROVER):
            more = Prolongation(self.story.now, days)
            known = self.stops[n]
            self.stops[n] = replace(known, prolongations=(*known.prolongations, more))

    def _resume(self) -> None:
        if not self.stops:
            return
        n = self.random.choice(list(self.stops))
        before = self.case
        if self._done(ResumeClock(stop=n, finding="合格")):
            resumed = next(one for one in self.case.stops if one.n == n).resumed_at
            if resumed is not None and before.version != self.case.version:
                self.stops[n] = replace(self.stops[n], ended_at=self.story.now)

    def _extend(self) -> None:
        days = self.random.randrange(1, 11)
        head = replace(HEAD, department="") if self.case.terms.joint else HEAD
        if self._approved(ExtendPlan(days=days, reason="复杂"), head):
            self.extensions.append(Extension(self.story.now, days))

    def _sweep(self) -> None:
        context = Context(now=self.story.now, calendar=self.calendar, user=HANDLER)
        self.story.take(*lapses(self.case, context))

    def _wait(self) -> None:
        """Nothing happens for a while."""

    def _done(self, command: ResumeClock | Propose) -> bool:
        self.story.do(ClaimCase(), HANDLER)
        if isinstance(self.story.ask(command, HANDLER), Refusal):
            return False
        self.story.do(command, HANDLER)
        return True

    def _approved(self, plan: AnyPlan, approver: User) -> bool:
        if not self._done(Propose(plan=plan)):
            return False
        approve = Approve(proposal=self.case.proposals[-1].n)
        self.story.now += STEP * self.random.choice((0, 0, 1, 40, 100))
        if isinstance(self.story.ask(approve, approver), Refusal):
            return False
        self.story.do(approve, approver)
        return True
