"""Whole cases through decide and fold against the clock's slow oracle: the same dates and lights.

What the oracle lives through is an account of what was allowed, kept beside the rules.
"""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace

from clerk.rules.case.explaining import explain_case
from clerk.rules.case.timing import timing_of
from clerk.rules.clock import Deadline, Light
from tests.support.case_histories import CaseHistory
from tests.support.clock_histories import STEP
from tests.support.clock_oracle import Lived, know_days, live
from tests.support.work_calendar import REAL_DATA

KNOWN_DAYS = know_days(REAL_DATA)


@pytest.mark.parametrize("seed", range(4))
def test_the_dates_of_whole_cases_are_the_oracles(seed: int) -> None:
    compare_cases(seed, 250)


@pytest.mark.sim
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 120))
def test_the_dates_of_many_whole_cases_are_the_oracles(seed: int) -> None:
    compare_cases(seed, 5_000)


def compare_cases(seed: int, count: int) -> None:
    random = Random(seed)
    stopped = extended = overdue = 0
    for number in range(count):
        history = CaseHistory(random)
        history.play(random.randrange(0, 9))
        where = f"seed {seed}, case {number}: {history.facts} at {history.story.now}"
        compare_case(history, where)
        stopped += bool(history.stops)
        extended += bool(history.extensions)
        timing = timing_of(history.case, history.calendar, history.story.now)
        overdue += bool(timing.statutory and timing.statutory.overdue)
    assert min(stopped, extended, overdue) > count // 20, "what is compared does occur"


def compare_case(history: CaseHistory, where: str) -> None:
    facts, now = history.facts, history.story.now
    timing = timing_of(history.case, history.calendar, now)
    statutory = live(facts, KNOWN_DAYS, now, STEP)
    assert timing.statutory is not None, where
    compare_deadline(timing.statutory, statutory, where)
    promise = history.story.item.promised
    assert promise is not None
    assert timing.promised is not None, where
    promised = live(
        replace(
            facts,
            limit=promise,
            extensions=tuple(statutory.taken_extensions),
            stops=facts.stops if facts.settings.stops_pause_promised else (),
        ),
        KNOWN_DAYS,
        now,
        STEP,
    )
    compare_deadline(timing.promised, promised, where)
    if timing.promised.overdue:
        assert timing.light(now) is Light.RED, where
    elif promised.standing_now:
        assert timing.light(now) is Light.GREY, where
    compare_days(history, promised, where)


def compare_deadline(deadline: Deadline, lived: Lived, where: str) -> None:
    assert deadline.due_at == lived.due_at, where
    assert deadline.stopped == lived.standing_now, where
    used = lived.total if lived.used_now is None else lived.used_now
    assert deadline.left == lived.total - used, where


def compare_days(history: CaseHistory, promised: Lived, where: str) -> None:
    explained = explain_case(history.case, history.calendar, history.story.now)
    (days,) = (one.days for one in explained if one.kind == "promised")
    for told in days:
        day = promised.days.get(told.day)
        assert told.counted == (day is not None and day.counted), f"{told} of {where}"
