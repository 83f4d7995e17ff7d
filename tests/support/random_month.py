"""A central after a random month: cases played by chance through the rules, and copied."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from central.db import cases
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.asking import Escalated
from clerk.contract.case import DeclineGround, MaterialState, Outcome, Received, SupplementLine
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    AnyCommand,
    Approve,
    AskSupplement,
    ClaimCase,
    DecideCase,
    DeclineCase,
    HandInSupplement,
    PassStep,
    ProduceResult,
    Propose,
    ReleaseResult,
    ResumeClock,
    SuperviseCase,
    UrgeCase,
    WithdrawCase,
)
from clerk.contract.limits import Limit
from clerk.contract.proposal import Procedure, StopPlan
from clerk.contract.report import Period
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.rules.case import Case
from clerk.rules.case.timing import timing_of
from clerk.rules.numbers import format_case_number
from clerk.rules.usual_time import spent_days
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    REVIEWER,
    CaseStory,
    all_provided,
    receive_command,
    with_states,
)
from tests.support.central import DEPARTMENTS, MANAGER, OTHER_CLERK
from tests.support.random_life import Projects, look_about, make_bundles, note_commands
from tests.support.rated_month import rate_by_chance
from tests.support.work_calendar import REAL_CALENDAR

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
NOW = datetime(2026, 7, 3, 10, 0, tzinfo=OFFICE_ZONE)
_FIRST_MORNING = datetime(2026, 5, 4, 9, 30, tzinfo=OFFICE_ZONE)
_DAYS = 58
_PROMISES = (None, Limit(0), Limit(2), Limit(5), Limit(8))
_LINES = (SupplementLine("m1", "申请书", "未签字"), SupplementLine("m3", "布局图", "比例不符"))
_PROCEDURES = (Procedure.INSPECTION, Procedure.EXPERT_REVIEW, Procedure.TEST)
_MORE_COPIES = replace(
    FOOD,
    materials=tuple(replace(one, copies=2) if one.key == "m2" else one for one in FOOD.materials),
)
ITEMS = tuple(
    replace(
        _MORE_COPIES if n % 3 == 0 else FOOD,
        id=f"item-{n}",
        name=f"第{n % 8}类许可",
        department=department.id,
        department_name=department.name,
        promised=_PROMISES[n % len(_PROMISES)],
        result=replace(FOOD.result, produced=n % 2 == 0),
    )
    for n, department in enumerate(DEPARTMENTS * 4)
)


_PROVIDED = tuple(replace(one, copies=2 * one.copies) for one in all_provided())
"""Enough of each for every item."""


_EXEMPTED = tuple(
    replace(one, evidence="R-1") if one.state is MaterialState.EXEMPTED else one
    for one in with_states(m2=MaterialState.EXEMPTED)
)


class _Chance(CaseStory):
    """One case that goes as far as chance, the rules and the time let it."""

    def __init__(self, chance: random.Random, projects: Projects, kind: int) -> None:
        super().__init__(chance.choice(ITEMS))
        self._chance = chance
        self._place = projects.find_place(self.item, kind)
        self.window = chance.choice(("w1", "w2"))
        self.now = _FIRST_MORNING + timedelta(
            days=chance.randrange(_DAYS), minutes=chance.randrange(400)
        )

    def come_with(self, other: _Chance) -> None:
        """Be of the visit of another case."""
        self.window, self.now = other.window, other.began_at

    def play(self) -> Case:
        """From receipt to wherever it comes."""
        self.began_at = self.now
        exempted = self._chance.random() < 0.4
        papers = _EXEMPTED if exempted else _PROVIDED
        received = replace(receive_command(papers), item=self.item.id, window=self.window)
        self.do(replace(received, place=self._place), self._chance.choice((CLERK, OTHER_CLERK)))
        self._ask_about(UrgeCase(note="请抓紧", days=self._chance.randrange(1, 4)), CLERK)
        if self._at_the_window():
            supervision = SuperviseCase(reason="来电", demand="说明", days=2)
            self._ask_about(supervision, MANAGER)
            self._in_the_department()
        return self.case

    def withdraw_while_stopped(self) -> Case:
        """Nothing of it lies in the month but the end of a special procedure."""
        self.now = self.began_at = datetime(2026, 5, 28, 10, 0, tzinfo=OFFICE_ZONE)
        received = replace(receive_command(_PROVIDED), item=self.item.id, window=self.window)
        self.do(received, CLERK).do(AcceptCase(), CLERK)
        plan = StopPlan(procedure=_PROCEDURES[0], basis="条例", planned_days=20, reason="核查")
        for command, user in (
            (ClaimCase(), HANDLER),
            (Propose(plan=plan), HANDLER),
            (Approve(proposal=4), APPROVER),
        ):
            assert self._try(command, user, 0), command
        self.now += timedelta(days=6)
        assert self._try(WithdrawCase(reason="不再需要"), CLERK, 0), "it may until the decision"
        return self.case

    def _ask_about(self, command: UrgeCase | SuperviseCase, user: User) -> None:
        """Ask now and then; what is asked is answered, or goes up, or neither."""
        if self._chance.random() < 0.7 or not self._try(command, user, 2):
            return
        ask = self.case.asks[-1].n
        answerers = (CLERK, APPROVER)
        draw = self._chance.random()
        if draw < 0.3:
            up = Escalated(at=self.now, by=CLOCK_ACTOR, matter="urge", level=1, to="head", ask=ask)
            self.take(up)
        if draw < 0.6:
            answer = AnswerAsk(ask=ask, text="正在办理")
            for one in answerers:
                if self._try(answer, one, 5):
                    return

    def _at_the_window(self) -> bool:
        """Whether it was accepted."""
        draw = self._chance.random()
        if draw < 0.06:
            return False
        if draw < 0.14:
            ground = DeclineGround.NOT_ELIGIBLE
            self._try(DeclineCase(ground=ground, reason="不符合条件"), CLERK, 2)
            return False
        if draw < 0.34:
            lines = _LINES[: self._chance.randrange(1, 3)]
            self._try(AskSupplement(lines=lines), CLERK, 2)
            if self._chance.random() < 0.3:
                return False
            asked = {line.key for line in lines}
            came = tuple(one for one in all_provided() if one.key in asked)
            self._try(HandInSupplement(materials=came), CLERK, 9)
        return self._try(AcceptCase(), CLERK, self._chance.choice((0, 0, 1, 3)))

    def _in_the_department(self) -> None:
        for _ in range(self._chance.choice((0, 0, 0, 1, 2))):
            self._stop()
        odds = 0.3 if self.case.open_stops else 0.04
        if self._chance.random() < odds and self._try(WithdrawCase(reason="不再需要"), CLERK, 4):
            return
        outcome = self._chance.choice((Outcome.GRANTED, Outcome.GRANTED, Outcome.REFUSED))
        refused = "不符合条件" if outcome is Outcome.REFUSED else ""
        decide = DecideCase(outcome=outcome, opinion="已阅", reason=refused)
        for command, user in (
            (PassStep(opinion="同意"), HANDLER),
            (PassStep(opinion="同意"), REVIEWER),
            (decide, APPROVER),
        ):
            if self._chance.random() < 0.1 or not self._do_step(command, user):
                return
        got = ReleaseResult(
            collector="本人", collector_id="", collector_kind="self", signature="已签"
        )
        self._try(ProduceResult(), HANDLER, 2)
        if self._chance.random() < 0.8:
            self._try(got, CLERK, 5)

    def _do_step(self, command: AnyCommand, user: User) -> bool:
        return self._try(ClaimCase(), user, 6) and self._try(command, user, 0)

    def _stop(self) -> None:
        plan = StopPlan(
            procedure=self._chance.choice(_PROCEDURES),
            basis="条例",
            planned_days=self._chance.randrange(2, 9),
            reason="需现场核查",
        )
        if self._try(ClaimCase(), HANDLER, 1) and self._try(Propose(plan=plan), HANDLER, 0):
            n = self.case.proposals[-1].n
            if self._try(Approve(proposal=n), APPROVER, 1) and self._chance.random() < 0.8:
                self._try(ResumeClock(stop=self.case.version, finding="合格"), HANDLER, 0)

    def _try(self, command: AnyCommand, user: User, most_days: int) -> bool:
        """Do it some days later, if it is not past the month and the rules let it."""
        at = self.now + timedelta(days=self._chance.randint(0, most_days), minutes=7)
        if at > NOW:
            return False
        self.now = at
        mine = replace(user, department=self.item.department) if user.department else user
        events = self.ask(command, mine)
        if isinstance(events, Refusal):
            return False
        self.do(command, mine)
        return True


def live_through(connection: Connection, seed: int, kinds: int, copies: int) -> None:
    """Write so many different cases, each so many times under its own numbers; most are rated."""
    chance = random.Random(seed)
    projects = Projects(make_bundles(ITEMS), chance)
    projects.keep(connection)
    look_about(connection, chance, kinds)
    story: _Chance | None = None
    visits: dict[str, datetime] = {}
    for kind in range(kinds):
        before, story = story, _Chance(chance, projects, kind)
        if before is not None and kind % 2:
            story.come_with(before)
        case = story.play() if kind else story.withdraw_while_stopped()
        timing = timing_of(case, REAL_CALENDAR, NOW)
        dates = cases.Dates(
            promised_due=timing.promised_due,
            statutory_due=timing.statutory_due,
            decided_in=spent_days(case, REAL_CALENDAR),
        )
        assert story.record is not None
        first, *rest = story.record.events
        assert isinstance(first, Received)
        for copy in range(copies):
            place = kind * copies + copy
            number = format_case_number(
                case.received_at.date(), place // 90_000 + 2, place % 90_000 + 1
            )
            # Two kinds come with one visit, and what both of them ask for is saved once.
            names = {"number": number, "application": f"visit-{kind // 2:05}-{copy:02}"}
            one = replace(case, id=f"case-{place:06}", **names)
            project = f"{case.place.project}-{copy:02}" if case.place else ""
            if case.place:
                one = replace(one, place=replace(case.place, project=project))
                projects.open(connection, one, project)
            cases.add(connection, one, dates, "")
            cases.append_events(
                connection, one.id, 0, (replace(first, **names, place=one.place), *rest)
            )
            visits.setdefault(one.application, case.received_at)
            acts = enumerate((first, *rest))
            mine = [(n, act) for n, act in acts if act.by.user == HANDLER.id]
            note_commands(connection, one, mine)
    rate_by_chance(connection, list(visits.items()), seed)
