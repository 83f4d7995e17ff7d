"""Whole projects lived through: what each case was told, against who asks everybody every time.

The rules know of other cases only by what a case is told; the oracle looks at all cases after
every act and starts from nothing.
"""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.bundle import DraftProject, Standing
from clerk.contract.case import Outcome, Stage
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    WithdrawCase,
)
from clerk.contract.item import Act, Bundle, Step
from clerk.contract.user import CLOCK_ACTOR
from clerk.rules.bundle.gate import best_of
from clerk.rules.bundle.place import dependents_of, place_of
from clerk.rules.bundle.tidings import standing_of, tell_of
from clerk.rules.case import Case
from clerk.rules.case.clocks import decision_clocks
from clerk.rules.overlay import extend
from tests.support.bundles import bundle_of, graphs
from tests.support.cases import APPROVER, CASE, CLERK, FOOD, CaseStory, receive_command
from tests.support.work_calendar import REAL_CALENDAR

ONE_STEP = (Step(key="decide", name="批准", act=Act.APPROVE, may_decide=True),)
ACTS = (*["receive", "accept", "grant"] * 3, "refuse", "withdraw")
"""Most of what happens goes on."""


class World:
    """One project: its cases, told of one another as central tells them."""

    def __init__(self, bundle: Bundle) -> None:
        self.project = DraftProject(id="p", title="楼", bundle=bundle)
        self.cases: list[CaseStory] = []
        self.hours = 0

    def do(self, act: str, item: str) -> None:
        """Do it where the rules let it be done; one hour later."""
        self.hours += 1
        mine = [one for one in self.cases if one.case.terms.item == item]
        alive = [one for one in mine if standing_of(one.case) is not Standing.FAILED]
        if act == "receive" and not alive:
            self._receive(item)
        elif alive and act != "receive":
            self._act(alive[0], act)

    def _receive(self, item: str) -> None:
        story = CaseStory(replace(FOOD, id=item, name=item, flow=ONE_STEP)).later(hours=self.hours)
        command = replace(receive_command(), item=item, place=place_of(self.project, item))
        story.do(command, CLERK)
        self.cases.append(story)
        for awaited in story.case.place.after if story.case.place else ():
            others = [one.case for one in self.cases if one.case.terms.item == awaited.item]
            if others:
                self._tell(story, others[-1], best_of(map(standing_of, others)))
        self._tell_all(story.case)

    def _act(self, story: CaseStory, act: str) -> None:
        story.later(hours=self.hours - _hours_of(story))
        if act == "accept" and story.case.stage is Stage.RECEIVED:
            story.do(AcceptCase(), CLERK)
        elif act == "withdraw" and story.case.decided_at is None:
            story.do(WithdrawCase(reason="不办了"), CLERK)
        elif act in {"grant", "refuse"} and story.case.stage is Stage.ACCEPTED:
            story.do(ClaimCase(), APPROVER)
            outcome = Outcome.GRANTED if act == "grant" else Outcome.REFUSED
            command = DecideCase(outcome=outcome, opinion="意见", reason="理由")
            if story.case.waits_for:
                assert story.refused(command, APPROVER) == "bundle.waits"
            else:
                story.do(command, APPROVER)
        self._tell_all(story.case)

    def _tell_all(self, changed: Case) -> None:
        item = changed.terms.item
        mine = [one.case for one in self.cases if one.case.terms.item == item]
        waiting = dependents_of(self.project.bundle, item)
        for story in self.cases:
            if story.case.terms.item in waiting:
                self._tell(story, changed, best_of(map(standing_of, mine)))

    def _tell(self, story: CaseStory, other: Case, standing: Standing) -> None:
        now = story.later(hours=self.hours - _hours_of(story)).now
        news = tell_of(story.case, other, standing, CLOCK_ACTOR, now)
        if news is not None:
            story.record = extend(CASE, story.record, (news,))


def _hours_of(story: CaseStory) -> int:
    return round((story.now - CaseStory().now).total_seconds() / 3600)


class Oracle:
    """Asks every case about every item, each time anew; remembers only whose limit runs."""

    def __init__(
        self, after: dict[str, tuple[str, ...]], auxiliary: frozenset[str] = frozenset()
    ) -> None:
        self.after = after
        self.auxiliary = auxiliary
        self.running: dict[int, datetime] = {}

    def look(self, world: World) -> None:
        """Compare with what the cases know."""
        now = max(one.now for one in world.cases)
        for place, story in enumerate(world.cases):
            case = story.case
            if case.decided_at or case.closed:
                continue
            blocked = {one for one in self.after[case.terms.item] if self._blocks(world, one)}
            if case.accepted_at and not blocked and place not in self.running:
                self.running[place] = now
            runs = self.running.get(place)
            assert {one.item for one in case.waits_for} == (set() if runs else blocked)
            clocks = decision_clocks(case, REAL_CALENDAR)
            assert (clocks.statutory.started_at if clocks else None) == runs

    def _blocks(self, world: World, item: str) -> bool:
        mine = [one.case for one in world.cases if one.case.terms.item == item]
        if not mine and item in self.auxiliary:
            return False
        return not any(one.outcome is Outcome.GRANTED for one in mine)


@settings(max_examples=300)
@given(graphs(most=4), st.data())
def test_what_cases_were_told_is_what_is_so(
    after: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    auxiliary = data.draw(st.frozensets(st.sampled_from(sorted(after))))
    world = World(bundle_of(after, auxiliary=auxiliary))
    oracle = Oracle(after, auxiliary)
    step = st.tuples(st.sampled_from(ACTS), st.sampled_from(sorted(after)))
    for act, item in data.draw(st.lists(step, min_size=8, max_size=30)):
        world.do(act, item)
        if world.cases:
            oracle.look(world)


def test_a_project_is_lived_through_to_its_end() -> None:
    after = {"a": (), "b": ("a",), "c": ("a", "b")}
    world, oracle = World(bundle_of(after)), Oracle(after)
    for act in ("receive", "accept"):
        for item in "cba":
            world.do(act, item)
            oracle.look(world)
    for act, item in (("grant", "c"), ("refuse", "a"), ("grant", "b")):
        world.do(act, item)
        oracle.look(world)
    for act, item in (("receive", "a"), ("accept", "a"), ("grant", "a"), ("grant", "b")):
        world.do(act, item)
        oracle.look(world)
    world.do("grant", "c")
    assert world.cases[0].case.outcome is Outcome.GRANTED
