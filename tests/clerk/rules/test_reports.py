"""The figures of a report against definitions written a second time, by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
import pytest

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import Outcome, Stage
from clerk.contract.report import CaseFact, Period
from clerk.locale import _, use_language
from clerk.rules.reports.counting import tally
from clerk.rules.reports.lateness import days_over, find_due, is_early, is_overdue
from clerk.rules.reports.listing import LIMITS, REPORTS, WORKLOAD
from clerk.rules.reports.parts import Kind, Report
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
    total = tally(WORKLOAD, [fact], MARCH, NOW).total
    return {
        figure.key
        for figure in WORKLOAD.figures
        if not (figure.is_share or figure.adds) and total[figure.key]
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
    counted = tally(WORKLOAD, facts, MARCH, NOW)
    assert sum(BY_HAND["overdue_open"](fact) for fact in facts) > 10, "the sample has all kinds"
    names: dict[str, Callable[[CaseFact], str]] = {
        "department": lambda fact: fact.department_name,
        "window": lambda fact: fact.window_name,
        "clerk": lambda fact: fact.clerk_name,
        "item": lambda fact: f"{fact.item_name} · {fact.department_name}",
        "channel": lambda fact: fact.channel,
        "time_kind": lambda fact: fact.time_kind.value,
    }
    assert list(counted.groups) == list(names)
    for key, test in BY_HAND.items():
        assert counted.total[key] == sum(map(test, facts))
        for dimension, name_of in names.items():
            wanted = Counter({name_of(fact): 0 for fact in facts})
            wanted.update(name_of(fact) for fact in facts if test(fact))
            told = {name: values[key] for name, values in counted.groups[dimension].items()}
            assert told == dict(wanted)
            assert list(told) == sorted(told)


def test_papers_saved_are_summed_up_by_department_and_by_item() -> None:
    facts = invent_facts(random.Random(7), 3_000, TODAY)
    counted = tally(WORKLOAD, facts, MARCH, NOW)

    saved = sum(one.papers_saved for one in facts if within(one.received_on))
    assert counted.total["papers_saved"] == saved > 0
    for name, group in counted.groups["department"].items():
        own = [one for one in facts if one.department_name == name]
        assert group["papers_saved"] == tally(WORKLOAD, own, MARCH, NOW).total["papers_saved"]


def test_every_decided_case_is_on_time_or_overdue_and_early_ones_are_on_time() -> None:
    total = tally(LIMITS, invent_facts(random.Random(8), 2_000, TODAY), MARCH, NOW).total
    decided, on_time, early, late = (
        total[key] or 0 for key in ("decided", "on_time", "early", "overdue_decided")
    )
    assert on_time + late == decided
    assert 0 < early <= on_time
    assert total["on_time_rate"] == on_time / decided


def test_rate_of_nothing_is_none() -> None:
    total = tally(WORKLOAD, [], MARCH, NOW).total
    assert total["on_time_rate"] is None
    assert total["received"] == 0


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_each_report_is_told_in_words_and_is_of_one_piece(report: Report) -> None:
    columns = {column.key: column for column in report.subject.columns}
    figures = {figure.key: figure for figure in report.figures}
    assert len(figures) == len(report.figures)
    assert report.subject.lit in columns
    assert set(report.charted) <= set(figures)
    for figure in report.figures:
        assert figure.label
        assert figure.definition.endswith(".")
        assert bool(figure.criteria) is not figure.is_share
        for part in (figure.part, figure.whole):
            assert not part or not figures[part].is_share
        for criterion in figure.criteria:
            assert columns[criterion.column].kind in {Kind.DATE, Kind.FLAG}
        assert not figure.adds or columns[figure.adds].kind is Kind.COUNT


def test_a_table_is_headed_by_what_it_was_counted_by() -> None:
    """In Chinese, where one word of English is told as many."""
    use_language("zh_CN")
    named = {"按事项": "事项和部门", "按原因": "所缺内容", "按阶段": "阶段"}
    for report in REPORTS.values():
        for one in report.dimensions:
            title = _(one.title)
            assert named.get(title, title.removeprefix("按")) in _(one.heading), report.key


def test_early_is_a_day_before_and_days_over_are_calendar_days() -> None:
    done = replace(stage=Stage.DECIDED, decided_on=TODAY, promised_due=TODAY + timedelta(1))
    assert is_early(done)
    assert not is_early(msgspec.structs.replace(done, promised_due=TODAY))
    assert days_over(done, NOW) == 0
    assert days_over(replace(stage=Stage.HANDLING, statutory_due=TODAY - timedelta(3)), NOW) == 3


def test_decided_on_the_due_date_is_on_time() -> None:
    fact = replace(stage=Stage.DECIDED, decided_on=TODAY, promised_due=TODAY)
    assert not is_overdue(fact, NOW + timedelta(99))
    assert find_due(replace(statutory_due=TODAY)) == TODAY


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
