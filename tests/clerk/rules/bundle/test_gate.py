"""What a case of a bundle application waits for, and when its limit of deciding begins."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.bundle import Awaited, DraftProject, Place, Standing
from clerk.contract.case import ClockState, DeclineGround, Outcome, Preceded, Stage
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    DeclineCase,
    PassStep,
    Waive,
    WithdrawCase,
)
from clerk.contract.user import CLOCK_ACTOR, User
from clerk.rules.bundle.gate import best_of, waits_for
from clerk.rules.bundle.place import dependents_of, place_of
from clerk.rules.bundle.tidings import standing_of, tell_of
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Light
from clerk.rules.overlay import extend
from tests.support.bundles import bundle_of
from tests.support.cases import APPROVER, CASE, CLERK, HANDLER, REVIEWER, CaseStory, receive_command
from tests.support.work_calendar import REAL_CALENDAR

PLACE = Place(
    project="p1",
    title="某中学教学楼",
    bundle="construction",
    version=2,
    bundle_name="工程建设项目审批",
    stage="works",
    stage_name="工程建设许可",
    main=True,
    after=(Awaited("land", "建设用地规划许可", main=True), Awaited("relics", "文物保护许可")),
)


class Story(CaseStory):
    """A case of a bundle application, with news of what it waits for."""

    def taken_in(self) -> Story:
        return self.do(replace(receive_command(), place=PLACE), CLERK)

    def hears(self, item: str, standing: Standing) -> Story:
        news = Preceded(at=self.now, by=CLOCK_ACTOR, item=item, name=item, standing=standing)
        self.record = extend(CASE, self.record, (news,))
        return self

    def claims(self, who: User) -> Story:
        return self.do(ClaimCase(), who)


def reviewed(story: Story) -> Story:
    """Up to the deciding step."""
    for user in (HANDLER, REVIEWER):
        story.claims(user).do(PassStep(opinion="可以"), user)
    return story.claims(APPROVER)


def test_handed_in_early_it_is_accepted_and_reviewed_and_waits_to_be_decided() -> None:
    story = Story().taken_in()
    assert [one.item for one in story.case.waits_for] == ["land"]
    story.do(AcceptCase(), CLERK)
    assert (story.case.stage, story.case.clock) == (Stage.ACCEPTED, ClockState.NOT_STARTED)
    reviewed(story)
    assert (
        story.refused(DecideCase(outcome=Outcome.GRANTED, opinion="同意"), APPROVER)
        == "bundle.waits"
    )
    assert (
        story.refused(DecideCase(outcome=Outcome.REFUSED, opinion="否", reason="否"), APPROVER)
        == "bundle.waits"
    )
    story.hears("land", Standing.GRANTED)
    story.do(DecideCase(outcome=Outcome.GRANTED, opinion="同意"), APPROVER)
    assert story.case.outcome is Outcome.GRANTED


def test_the_limit_of_deciding_begins_when_all_it_waits_for_is_granted() -> None:
    story = Story().taken_in().hears("relics", Standing.OPEN)
    story.do(AcceptCase(), CLERK)
    story.later(days=30)
    waiting = timing_of(story.case, REAL_CALENDAR, story.now)
    assert waiting.forecast
    assert waiting.light(story.now) is Light.NONE
    story.hears("land", Standing.GRANTED)
    clocks = [story.case.clock]
    story.later(days=1).hears("relics", Standing.GRANTED)
    clocks.append(story.case.clock)
    assert clocks == [ClockState.NOT_STARTED, ClockState.RUNNING]
    timing = timing_of(story.case, REAL_CALENDAR, story.now)
    freed = story.now.date()
    assert freed == date(2026, 7, 2)
    assert timing.promised_due == REAL_CALENDAR.working_day_after(freed, 8)
    assert timing.statutory_due == REAL_CALENDAR.working_day_after(freed, 20)


def test_the_five_days_of_receipt_run_for_all() -> None:
    story = Story().taken_in().later(days=10)
    story.do(AcceptCase(), CLERK)
    assert story.case.deemed
    assert story.case.clock is ClockState.NOT_STARTED
    story.hears("land", Standing.GRANTED)
    due = timing_of(story.case, REAL_CALENDAR, story.now).promised_due
    assert due == REAL_CALENDAR.working_day_after(story.now.date(), 8)


def test_what_is_granted_before_acceptance_delays_nothing() -> None:
    story = Story().taken_in().hears("land", Standing.GRANTED).later(days=2)
    story.do(AcceptCase(), CLERK)
    due = timing_of(story.case, REAL_CALENDAR, story.now).promised_due
    assert due == REAL_CALENDAR.working_day_after(story.now.date(), 8)


def test_a_refusal_holds_what_depends_on_it_until_it_is_asked_for_anew_and_granted() -> None:
    story = Story().taken_in().do(AcceptCase(), CLERK)
    story.hears("land", Standing.FAILED)
    assert [one.item for one in story.case.held_by] == ["land"]
    story.hears("land", Standing.OPEN)
    assert story.case.held_by == ()
    story.hears("land", Standing.GRANTED)
    assert story.case.waits_for == ()
    assert story.case.clock is ClockState.RUNNING


def test_a_department_finds_that_something_is_not_needed() -> None:
    story = Story().taken_in().do(AcceptCase(), CLERK)
    assert story.refused(Waive(item="land", reason="已有"), HANDLER) == "claim.none"
    story.claims(HANDLER)
    assert story.refused(Waive(item="relics", reason="已有"), HANDLER) == "bundle.not_awaited"
    assert story.refused(Waive(item="land", reason=" "), HANDLER) == "reason.missing"
    story.do(Waive(item="land", reason="2024年已取得"), HANDLER)
    assert story.case.waits_for == ()
    assert story.case.clock is ClockState.RUNNING


def other(story: Story, item: str) -> Story:
    """A case of another item of the same application."""
    story.item = replace(story.item, id=item)
    story.do(replace(receive_command(), item=item), CLERK)
    return story


def test_a_limit_that_runs_is_never_stopped_by_another_item() -> None:
    story = Story().taken_in().hears("land", Standing.GRANTED).do(AcceptCase(), CLERK)
    late = other(Story(), "relics").case
    assert tell_of(story.case, late, Standing.OPEN, CLOCK_ACTOR, story.now) is None
    early = Story().taken_in()
    assert tell_of(early.case, late, Standing.OPEN, CLOCK_ACTOR, early.now) is not None
    assert tell_of(story.case, late, Standing.GRANTED, CLOCK_ACTOR, story.now) is not None


def test_only_news_is_told_and_only_to_who_waits() -> None:
    waiting = Story().taken_in()
    land, stranger = other(Story(), "land").case, other(Story(), "water").case
    assert tell_of(waiting.case, stranger, Standing.OPEN, CLOCK_ACTOR, waiting.now) is None
    waiting.hears("land", Standing.OPEN)
    assert tell_of(waiting.case, land, Standing.OPEN, CLOCK_ACTOR, waiting.now) is None
    waiting.hears("land", Standing.WAIVED)
    assert tell_of(waiting.case, land, Standing.FAILED, CLOCK_ACTOR, waiting.now) is None
    waiting.do(WithdrawCase(reason="不办了"), CLERK)
    assert tell_of(waiting.case, land, Standing.GRANTED, CLOCK_ACTOR, waiting.now) is None


def test_what_a_case_means_for_others() -> None:
    story = other(Story(), "land")
    assert standing_of(story.case) is Standing.OPEN
    declined = replace(DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符"))
    assert standing_of(other(Story(), "land").do(declined, CLERK).case) is Standing.FAILED
    gone = other(Story(), "land").do(WithdrawCase(reason="不办了"), CLERK)
    assert standing_of(gone.case) is Standing.FAILED


@given(st.dictionaries(st.sampled_from(["land", "relics"]), st.sampled_from(list(Standing))))
def test_main_items_are_waited_for_before_they_are_asked_for(before: dict[str, Standing]) -> None:
    waiting = {one.item for one in waits_for(PLACE, before)}
    done = {Standing.GRANTED, Standing.WAIVED}
    assert ("land" in waiting) == (before.get("land") not in done)
    idle = {None, Standing.NOT_ASKED, *done}
    assert ("relics" in waiting) == (before.get("relics") not in idle)


@given(st.lists(st.sampled_from([Standing.OPEN, Standing.GRANTED, Standing.FAILED])))
def test_of_an_items_cases_the_best_counts(standings: list[Standing]) -> None:
    best = best_of(standings)
    assert best in {*standings, Standing.NOT_ASKED}
    assert (best is Standing.GRANTED) == (Standing.GRANTED in standings)
    assert (best is Standing.FAILED) == ({*standings} == {Standing.FAILED})


def test_a_place_names_what_it_waits_for() -> None:
    bundle = bundle_of({"a": (), "b": ("a",), "c": ("b",)})
    project = DraftProject(id="p", title="楼", bundle=bundle, together=True)
    place = place_of(project, "b")
    assert place is not None
    assert place.after == (Awaited("a", "a", main=True),)
    assert (place.stage_name, place.together, place.version) == ("第一阶段", True, 1)
    assert place_of(project, "x") is None
    assert dependents_of(bundle, "a") == {"b"}


def test_a_case_without_a_bundle_waits_for_nothing() -> None:
    story = CaseStory().accepted()
    assert story.case.waits_for == ()
    assert story.case.decision_runs
    assert story.now - story.case.received_at == timedelta()
