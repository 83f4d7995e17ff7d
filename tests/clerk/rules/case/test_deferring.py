"""Deferred material has its day: warned of before, overdue after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState, Outcome, Stage, Ticked
from clerk.contract.command import AcceptCase, HandInSupplement, WithdrawCase
from clerk.rules.case.deferring import deferred_due, deferred_light
from clerk.rules.clock import Light
from tests.support.cases import CLERK, DUE, CaseStory, all_provided, with_states


def deferred() -> CaseStory:
    return CaseStory().received(with_states(m3=MaterialState.DEFERRED)).do(AcceptCase(), CLERK)


def test_what_is_to_come_first_has_the_say_until_it_came() -> None:
    story = deferred()
    assert deferred_due(story.case) == DUE
    sooner = Ticked(
        key="m2", name="身份证", state=MaterialState.DEFERRED, due=DUE - timedelta(days=2)
    )
    both = replace(story.case, materials=(*story.case.materials[::2], sooner))
    assert deferred_due(both) == DUE - timedelta(days=2)
    story.do(HandInSupplement(materials=all_provided()[2:]), CLERK)
    assert deferred_due(story.case) is None


def test_of_what_came_to_nothing_nothing_is_to_come() -> None:
    case = deferred().do(WithdrawCase(reason="放弃"), CLERK).case
    assert deferred_due(case) is None
    refused = replace(deferred().case, stage=Stage.DECIDED, outcome=Outcome.REFUSED)
    assert deferred_due(refused) is None
    granted = replace(refused, outcome=Outcome.GRANTED_DEFERRED)
    assert deferred_due(granted) == DUE


@pytest.mark.parametrize(
    ("days", "light"),
    [(-4, Light.GREEN), (-3, Light.YELLOW), (0, Light.YELLOW), (1, Light.RED)],
)
def test_warned_of_before_and_overdue_after_its_day(days: int, light: Light) -> None:
    assert deferred_light(DUE, DUE + timedelta(days=days)) is light
    assert deferred_light(None, DUE) is Light.NONE
