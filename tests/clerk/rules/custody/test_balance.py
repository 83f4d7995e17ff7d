"""The day's balance comes out for whatever happened, and fails where something is not right."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import MaterialState
from clerk.contract.command import (
    AnyCommand,
    Approve,
    HandInSupplement,
    RecallPapers,
    ReturnPapers,
)
from clerk.contract.custody import PaperForm, Remedy
from clerk.contract.journal import BalanceLine, DayBalance
from clerk.contract.journal_command import CloseDay
from clerk.contract.user import Actor, User
from clerk.rules.case import Context
from clerk.rules.custody.balance import balance_of
from clerk.rules.journal import write_journal
from tests.support.cases import CLERK, HANDLER, CaseStory, all_provided, with_states
from tests.support.central import MANAGER
from tests.support.custody import (
    ALL_PAPERS,
    FORM,
    ID_COPY,
    PLAN,
    WINDOW,
    a_slip,
    made_good,
    missed,
    taken,
    to_market,
    to_window,
)
from tests.support.work_calendar import REAL_CALENDAR

BY = Actor(user=CLERK.id, name=CLERK.name, window="w1")


def lines_of(story: CaseStory, before: DayBalance | None = None) -> dict[str, BalanceLine]:
    assert story.record is not None
    lines = balance_of(WINDOW, [story.record], before, story.now).lines
    return {one.material: one for one in lines}


def close(story: CaseStory, before: DayBalance | None = None) -> DayBalance:
    """The day's balance as the window signs it, everything counted as listed."""
    lines = tuple(lines_of(story, before).values())
    return DayBalance(
        id="d",
        version=1,
        window="w1",
        by=BY,
        at=story.now,
        since=before.at if before else None,
        lines=lines,
        counted=sum(one.held for one in lines),
    )


def test_received_is_sent_and_held() -> None:
    story = CaseStory().accepted().do(to_market(1, (FORM, PLAN)), CLERK).do(taken(1, PLAN), HANDLER)
    lines = lines_of(story)
    assert [(one.received, one.sent, one.held) for one in lines.values()] == [
        (1, 1, 0),
        (1, 0, 1),
        (1, 0, 1),
    ]
    assert not any(one.gap for one in lines.values())
    assert story.record is not None
    (missed,) = balance_of(WINDOW, [story.record], None, story.now).missed
    assert (missed.name, missed.reason) == ("布局图", "袋中没有")


def test_received_is_sent_and_held_and_lost() -> None:
    story = CaseStory().accepted().do(missed(PLAN), CLERK)
    story.do(Approve(proposal=story.case.proposals[0].n), MANAGER)
    plan = lines_of(story)["m3"]
    assert (plan.received, plan.lost, plan.held, plan.gap) == (1, 1, 0, 0)
    assert story.record is not None
    (loss,) = balance_of(WINDOW, [story.record], None, story.now).losses
    assert (loss.name, loss.count, loss.reason) == ("布局图", 1, "柜中找不到")
    first = close(story)
    story.later(days=1).do(made_good(PLAN, Remedy.FOUND), CLERK)
    plan = lines_of(story, first)["m3"]
    assert (plan.opening, plan.found, plan.held, plan.gap) == (0, 1, 1, 0)
    assert balance_of(WINDOW, [story.record], first, story.now).losses == ()


def test_the_next_day_begins_with_what_was_signed() -> None:
    story = CaseStory().accepted()
    first = close(story)
    story.later(days=1).do(to_market(), CLERK).do(taken(), HANDLER)
    story.do(to_window(2, (FORM,)), HANDLER).do(taken(2), CLERK)
    lines = lines_of(story, first)
    assert not any(one.gap for one in lines.values())
    form = lines["m1"]
    assert (form.opening, form.received, form.came, form.sent, form.held) == (1, 0, 1, 1, 1)


def test_the_first_balance_begins_with_what_the_days_before_left() -> None:
    story = CaseStory().accepted().do(to_market(1, (FORM,)), CLERK).do(taken(1), HANDLER)
    begins = story.later(days=1).now
    story.later(days=1).do(to_market(2, (PLAN,)), CLERK).do(taken(2), HANDLER)
    assert story.record is not None
    found = balance_of(WINDOW, [story.record], None, story.now, begins=begins)
    told = {one.material: (one.opening, one.received, one.sent, one.held) for one in found.lines}
    assert told == {"m2": (1, 0, 0, 1), "m3": (1, 0, 1, 0)}, "what had gone is not told again"
    assert not any(one.gap for one in found.lines)


def test_what_was_signed_wrongly_is_found() -> None:
    """A planted difference: yesterday somebody signed for two copies where one lay there."""
    story = CaseStory().accepted()
    signed = close(story)
    wrong = tuple(replace(one, held=2) if one.material == "m3" else one for one in signed.lines)
    story.later(days=1)
    lines = lines_of(story, replace(signed, lines=wrong))
    assert {one.name: one.gap for one in lines.values() if one.gap} == {"布局图": -1}


def test_what_came_in_late_with_an_earlier_time_is_found() -> None:
    """A return that was queued before the balance and reached it after: the sum says so."""
    story = CaseStory().accepted()
    signed = close(replace_now(story, hours=2))
    back = ReturnPapers(slip=a_slip(1), papers=(PLAN,), receiver="本人", signature="签")
    replace_now(story, hours=-1).do(back, CLERK)
    replace_now(story, hours=24)
    gaps = {key: one.gap for key, one in lines_of(story, signed).items() if one.gap}
    assert gaps == {"m3": -1}


def replace_now(story: CaseStory, *, hours: int) -> CaseStory:
    story.now += timedelta(hours=hours)
    return story


def test_a_difference_is_explained_or_the_day_stays_open() -> None:
    story = CaseStory().accepted()
    lines = tuple(lines_of(story).values())
    context = Context(now=story.now, calendar=REAL_CALENDAR, user=CLERK, window="w1")
    short = CloseDay(since=None, lines=lines, counted=2)
    refused = write_journal(None, "d", short, context)
    assert isinstance(refused, Refusal)
    assert refused.code == "journal.reason_missing"
    told = write_journal(None, "d", replace(short, reason="布局图在部门桌上"), context)
    assert isinstance(told, DayBalance)
    whole = write_journal(None, "d", replace(short, counted=3), context)
    assert isinstance(whole, DayBalance)


STEPS: st.SearchStrategy[tuple[AnyCommand, User]] = st.sampled_from([
    *((to_market(n, papers), CLERK) for n in (1, 2) for papers in (ALL_PAPERS, (FORM,), (PLAN,))),
    *((taken(n, *missing), HANDLER) for n in (1, 2) for missing in ((), (PLAN,), (FORM,))),
    *((to_window(n, (one,)), HANDLER) for n, one in ((3, FORM), (4, ID_COPY))),
    *((taken(n), CLERK) for n in (3, 4)),
    *((RecallPapers(slip=a_slip(n)), CLERK) for n in (1, 2)),
    (ReturnPapers(slip=a_slip(5), papers=(FORM,), receiver="本人", signature="签"), CLERK),
    (HandInSupplement(materials=all_provided()), CLERK),
    *((missed(one), CLERK) for one in (FORM, PLAN)),
    *((Approve(proposal=n), MANAGER) for n in range(2, 8)),
    *((made_good(FORM, remedy), user) for remedy in Remedy for user in (CLERK, HANDLER)),
])  # fmt: skip


@given(st.lists(STEPS, max_size=12), st.integers(0, 12))
def test_it_comes_out_for_whatever_happened(
    steps: list[tuple[AnyCommand, User]], day_ends: int
) -> None:
    story = CaseStory().received(with_states(m3=MaterialState.MISSING))
    before = None
    for n, (command, user) in enumerate(steps):
        if n == day_ends:
            before = close(story)
            story.later(days=1)
        if not isinstance(story.ask(command, user), Refusal):
            story.do(command, user)
    assert not any(one.gap for one in lines_of(story, before).values())


def test_forms_are_apart() -> None:
    """An original does not stand for a copy."""
    story = CaseStory().accepted()
    assert {(one.material, one.form) for one in lines_of(story).values()} == {
        ("m1", PaperForm.ORIGINAL),
        ("m2", PaperForm.COPY),
        ("m3", PaperForm.COPY),
    }
