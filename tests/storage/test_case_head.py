"""The head of a case comes out of the store as it went in, whatever the case has seen."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from clerk.contract.bundle import Standing
from clerk.contract.case import CaseRecord, MaterialState, Outcome, Preceded
from clerk.contract.command import (
    AcceptCase,
    Approve,
    ClaimCase,
    DecideOnSpot,
    Propose,
    SuperviseCase,
    UrgeCase,
    WithdrawCase,
)
from clerk.contract.proposal import ExtendPlan
from clerk.contract.setting import ClockChoice, ClockChoices
from clerk.contract.user import CLOCK_ACTOR
from clerk.rules.calendar import WorkCalendar
from clerk.rules.exemption import Flaw
from storage import cases
from storage.case_head import head_of
from storage.case_query import CaseRow
from storage.store import Store
from tests.support.cases import (
    APPROVER,
    CLERK,
    HANDLER,
    MONDAY,
    CaseStory,
    receive_command,
    with_states,
)
from tests.support.custody import FORM, PLAN, taken, to_market, to_window
from tests.support.rare_clashes import INSTANT, JOINT, MANAGER, PLACE, stop_plan
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

STAYING = WorkCalendar(
    REAL_DATA, ClockChoices(versions=(ClockChoice(since=MONDAY, stay_stopped=True),))
)
"""Where only a person ends a stop: a light that never turns by itself."""


def full() -> CaseRecord:
    """Of a bundle, urged at the window, in joint review, claimed, stopped, proposed, supervised."""
    story = CaseStory(JOINT).do(replace(receive_command(), place=PLACE), CLERK)
    granted = Preceded(
        at=story.now, by=CLOCK_ACTOR, item="land", name="用地", standing=Standing.GRANTED
    )
    story.take(granted).do(UrgeCase(note="请抓紧"), MANAGER)
    story.do(AcceptCase(), CLERK).do(ClaimCase(), HANDLER)
    story.do(Propose(plan=stop_plan(10)), HANDLER)
    story.do(Approve(proposal=story.case.proposals[0].n), APPROVER)
    story.do(Propose(plan=ExtendPlan(days=5, reason="复杂")), HANDLER)
    story.do(SuperviseCase(reason="临期", demand="说明"), MANAGER)
    story.do(to_market(), CLERK).do(taken(1, PLAN), HANDLER).do(to_window(2, (FORM,)), HANDLER)
    return recorded(story)


def held() -> CaseRecord:
    """Waiting in vain for an item of its bundle that was refused."""
    story = CaseStory().do(replace(receive_command(), place=PLACE), CLERK)
    failed = Preceded(
        at=story.now, by=CLOCK_ACTOR, item="land", name="用地", standing=Standing.FAILED
    )
    story.take(failed)
    return recorded(story.do(AcceptCase(), CLERK))


def decided() -> CaseRecord:
    """Decided on the spot, its result at the window."""
    story = CaseStory(INSTANT).received()
    return recorded(story.do(DecideOnSpot(outcome=Outcome.GRANTED, opinion="准予"), CLERK))


def deferred() -> CaseRecord:
    """A paper of it is promised for later."""
    return recorded(CaseStory().received(with_states(m3=MaterialState.DEFERRED)))


def asked_after_all() -> CaseRecord:
    """Central found that a licence does not hold which the desk had taken for a paper."""
    command = receive_command(with_states(m3=MaterialState.MISSING))
    ticks = tuple(
        replace(one, note=Flaw.REVOKED) if one.state is MaterialState.MISSING else one
        for one in command.materials
    )
    return recorded(CaseStory().do(replace(command, materials=ticks), CLERK))


def withdrawn() -> CaseRecord:
    """Taken back, without a date."""
    return recorded(CaseStory().received().do(WithdrawCase(reason="放弃"), CLERK))


def recorded(story: CaseStory) -> CaseRecord:
    assert story.record is not None
    return story.record


RECORDS = {
    one.__name__: one() for one in (full, held, decided, deferred, asked_after_all, withdrawn)
}


@pytest.mark.parametrize("calendar", [None, REAL_CALENDAR, STAYING], ids=["none", "real", "stays"])
@pytest.mark.parametrize("name", RECORDS)
def test_a_row_is_read_as_it_was_written(
    store: Store, name: str, calendar: WorkCalendar | None
) -> None:
    record = RECORDS[name]
    row = head_of(record, calendar, MONDAY)
    with store.begin() as connection:
        cases.upsert(connection, [record], calendar, MONDAY)
        assert cases.find_row(connection, record.id) == row


def test_every_column_is_filled_in_one_of_these() -> None:
    """A column that nobody fills would be missed by nobody."""
    rows = [head_of(one, REAL_CALENDAR, MONDAY) for one in RECORDS.values()]
    for field in msgspec.structs.fields(CaseRow):
        filled = [getattr(one, field.name) for one in rows]
        assert any(value not in (field.default, "") for value in filled), field.name


def test_no_two_columns_of_the_full_case_could_be_taken_for_each_other() -> None:
    row = head_of(RECORDS["full"], STAYING, MONDAY)
    texts = [value for value in msgspec.structs.astuple(row) if type(value) is str and value]
    days = [row.promised_due, row.statutory_due, row.asked_due]
    assert len(set(days)) == len(days)
    same = {one for one in texts if texts.count(one) > 1}
    assert same <= {row.department}, "it is the step's department too"
