"""The figures of a report against definitions written a second time, by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
import pytest

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import Outcome, Stage
from clerk.contract.report import CaseFact, Period
from clerk.rules import figures
from clerk.rules.figures import FIGURES, Figures, counts, is_overdue, tally
from tests.support.facts import invent_facts

NOW = datetime(2026, 4, 15, 9, 30, tzinfo=OFFICE_ZONE)
TODAY = NOW.date()
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
CASE = CaseFact(
    number="260305101000121",
    item="i",
    item_name="食品经营许可",
    department_name="市场监督管理局",
    window_name="101",
    received_on=date(2026, 3, 5),
    stage=Stage.RECEIVED,
)


def replace(**changes: object) -> CaseFact:
    return msgspec.structs.replace(CASE, **changes)


def met(fact: CaseFact) -> set[str]:
    return {
        figure.key
        for figure in FIGURES
        if not (figure.is_rate or figure.adds) and counts(figure, fact, MARCH, NOW)
    }


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (CASE, {"received", "in_hand"}),
        (replace(received_on=date(2026, 2, 28)), {"in_hand"}),
        (replace(received_on=date(2026, 3, 31)), {"received", "in_hand"}),
        (replace(received_on=date(2026, 4, 1)), set()),
        (replace(stage=Stage.DRAFT), {"received"}),
        (replace(stage=Stage.WITHDRAWN, promised_due=date(2026, 3, 6)), {"received"}),
        (
            replace(stage=Stage.SUPPLEMENTING, supplement_asked_on=date(2026, 3, 6)),
            {"received", "supplemented", "in_hand"},
        ),
        (
            replace(stage=Stage.DECLINED, declined_on=date(2026, 3, 31)),
            {"received", "declined"},
        ),
        (
            replace(stage=Stage.HANDLING, accepted_on=date(2026, 3, 5), promised_due=TODAY),
            {"received", "accepted", "in_hand"},
        ),
        (
            replace(
                stage=Stage.HANDLING,
                accepted_on=date(2026, 3, 5),
                promised_due=TODAY - timedelta(1),
                statutory_due=TODAY + timedelta(20),
            ),
            {"received", "accepted", "in_hand", "overdue_open"},
        ),
        (
            replace(
                stage=Stage.DECIDED,
                outcome=Outcome.GRANTED,
                accepted_on=date(2026, 3, 5),
                decided_on=date(2026, 3, 12),
                promised_due=date(2026, 3, 12),
            ),
            {"received", "accepted", "decided", "on_time"},
        ),
        (
            replace(
                stage=Stage.DECIDED,
                received_on=date(2026, 1, 5),
                decided_on=date(2026, 3, 13),
                statutory_due=date(2026, 3, 12),
            ),
            {"decided", "overdue_decided"},
        ),
        (replace(stage=Stage.DECIDED, decided_on=date(2026, 4, 1)), {"received"}),
    ],
)
def test_what_a_case_counts_for(fact: CaseFact, expected: set[str]) -> None:
    assert met(fact) == expected


def within(day: date | None) -> bool:
    return day is not None and MARCH.first <= day <= MARCH.last


def late(fact: CaseFact) -> bool:
    due = fact.promised_due if fact.promised_due is not None else fact.statutory_due
    return due is not None and (fact.decided_on or TODAY) > due


def is_open(fact: CaseFact) -> bool:
    return fact.received_on <= MARCH.last and fact.stage in {
        Stage.RECEIVED, Stage.SUPPLEMENTING, Stage.ACCEPTED, Stage.HANDLING
    }  # fmt: skip


BY_HAND: dict[str, Callable[[CaseFact], bool]] = {
    "received": lambda fact: within(fact.received_on),
    "accepted": lambda fact: within(fact.accepted_on),
    "supplemented": lambda fact: within(fact.supplement_asked_on),
    "declined": lambda fact: within(fact.declined_on),
    "decided": lambda fact: within(fact.decided_on),
    "in_hand": is_open,
    "on_time": lambda fact: within(fact.decided_on) and not late(fact),
    "overdue_open": lambda fact: is_open(fact) and late(fact),
    "overdue_decided": lambda fact: within(fact.decided_on) and late(fact),
}


def test_tally_equals_counting_by_hand() -> None:
    facts = invent_facts(random.Random(7), 3_000, TODAY)
    counted = tally(facts, MARCH, NOW)
    assert sum(BY_HAND["overdue_open"](fact) for fact in facts) > 10, "the sample has all kinds"
    for key, test in BY_HAND.items():
        assert getattr(counted.total, key) == sum(map(test, facts))
        for name, group in counted.by_department.items():
            wanted = sum(test(fact) for fact in facts if fact.department_name == name)
            assert getattr(group, key) == wanted
        for name, group in counted.by_window.items():
            assert getattr(group, key) == sum(test(f) for f in facts if f.window_name == name)
    assert set(counted.by_department) == {fact.department_name for fact in facts}
    assert list(counted.by_window) == sorted({fact.window_name for fact in facts})


def test_papers_saved_are_summed_up_by_department_and_by_item() -> None:
    facts = invent_facts(random.Random(7), 3_000, TODAY)
    counted = tally(facts, MARCH, NOW)

    saved = sum(one.papers_saved for one in facts if within(one.received_on))
    assert counted.total.papers_saved == saved > 0
    for name, group in counted.by_department.items():
        own = [one for one in facts if one.department_name == name]
        assert group.papers_saved == tally(own, MARCH, NOW).total.papers_saved
    assert set(counted.by_item) == {f"{one.item_name} · {one.department_name}" for one in facts}
    assert sum(group.papers_saved for group in counted.by_item.values()) == saved


def test_every_decided_case_is_on_time_or_overdue() -> None:
    counted = tally(invent_facts(random.Random(8), 2_000, TODAY), MARCH, NOW).total
    assert counted.on_time + counted.overdue_decided == counted.decided


def test_rate_of_nothing_is_none() -> None:
    assert Figures().on_time_rate is None
    assert Figures(decided=4, on_time=3).on_time_rate == 0.75
    assert tally([], MARCH, NOW).total == Figures()


def test_each_figure_is_told_in_words_and_has_a_value() -> None:
    assert [figure.key for figure in FIGURES] == [*BY_HAND, "papers_saved", "on_time_rate"]
    for figure in FIGURES:
        assert figure.label
        assert figure.definition.endswith(".")
        assert Figures(decided=1, on_time=1).value_of(figure) is not None


def test_decided_on_the_due_date_is_on_time() -> None:
    fact = replace(stage=Stage.DECIDED, decided_on=TODAY, promised_due=TODAY)
    assert not is_overdue(fact, NOW + timedelta(99))
    assert figures.find_due(replace(statutory_due=TODAY)) == TODAY


@pytest.mark.parametrize(
    ("fact", "at", "late_then"),
    [
        (replace(stage=Stage.HANDLING, due_at=NOW), NOW, False),
        (replace(stage=Stage.HANDLING, due_at=NOW), NOW + timedelta(minutes=1), True),
        (replace(stage=Stage.WITHDRAWN, due_at=NOW), NOW + timedelta(days=1), False),
        (
            replace(stage=Stage.DECIDED, decided_on=TODAY, decided_at=NOW, due_at=NOW),
            NOW + timedelta(days=9),
            False,
        ),
        (
            replace(
                stage=Stage.DECIDED,
                decided_on=TODAY,
                decided_at=NOW,
                promised_due=TODAY,
                due_at=NOW - timedelta(minutes=1),
            ),
            NOW,
            True,
        ),
    ],
)
def test_a_limit_in_hours_is_met_to_the_moment(
    fact: CaseFact, at: datetime, *, late_then: bool
) -> None:
    assert is_overdue(fact, at) is late_then
