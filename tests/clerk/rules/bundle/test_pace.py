"""The second figure of a bundle: medians in place of limits, for what is to come and what runs."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clerk.contract.bundle import Standing
from clerk.contract.case import ClockState, Delivery, Outcome, Stage
from clerk.contract.limits import Limit
from clerk.contract.project import Project, ProjectCase, ProjectItem
from clerk.contract.usual_time import UsualTime
from clerk.rules.bundle.whole import plan_at_usual_pace, plan_project
from tests.support.bundles import bundle_of
from tests.support.work_calendar import REAL_CALENDAR

TODAY = date(2026, 6, 1)
CASE = ProjectCase(
    id="c",
    number="1",
    stage=Stage.HANDLING,
    clock=ClockState.RUNNING,
    outcome=Outcome.NONE,
    delivery=Delivery.NONE,
    received_on=date(2026, 5, 29),
    accepted_on=date(2026, 5, 29),
    due_on=date(2026, 6, 12),
)


def item(name: str, after: tuple[str, ...] = (), case: ProjectCase | None = None) -> ProjectItem:
    return ProjectItem(
        item=name,
        name=name,
        stage="s1",
        main=True,
        department_name="d",
        limit=Limit(10),
        after=after,
        standing=Standing.OPEN if case else Standing.NOT_ASKED,
        case=case,
    )


def project(case: ProjectCase | None, then: ProjectCase | None = None) -> Project:
    """Two items, one behind the other."""
    return Project(
        id="p",
        title="项目",
        bundle=bundle_of({"first": (), "second": ("first",)}),
        together=False,
        opened_on=TODAY,
        items=(item("first", case=case), item("second", ("first",), then)),
    )


def usual(name: str, median: int | None) -> dict[str, UsualTime]:
    return {
        name: UsualTime(
            item=name, decided=9, counted_on=TODAY, median_days=median, slow_days=median
        )
    }


def finish(case: ProjectCase | None, known: dict[str, UsualTime]) -> date | None:
    plan = plan_at_usual_pace(project(case), known, REAL_CALENDAR, TODAY)
    return plan.finish if plan else None


def test_medians_stand_in_place_of_limits() -> None:
    assert plan_project(project(None), REAL_CALENDAR, TODAY).finish == date(2026, 6, 30)
    # 2 days to Wednesday the 3rd, then 10 by the limit, for of the second nothing is known.
    assert finish(None, usual("first", 2)) == date(2026, 6, 17)
    assert finish(None, usual("first", 2) | usual("second", 1)) == date(2026, 6, 4)


def test_nothing_known_is_no_second_figure() -> None:
    assert finish(None, {}) is None
    assert finish(None, usual("first", None)) is None


def test_what_runs_is_expected_its_median_after_acceptance() -> None:
    known = usual("first", 2) | usual("second", 1)
    assert finish(CASE, known) == date(2026, 6, 3)
    assert finish(CASE, usual("first", 0) | usual("second", 1)) == date(2026, 6, 2)
    stopped = replace(CASE, clock=ClockState.STOPPED)
    assert finish(stopped, known) == date(2026, 6, 15), "until then its limit is all that is known"


def test_what_waited_is_expected_its_median_after_it_was_freed() -> None:
    granted = replace(CASE, decided_on=date(2026, 6, 8), due_on=None)
    waited = replace(CASE, id="d", due_on=date(2026, 6, 23))
    whole = project(granted, waited)
    first, second = whole.items
    whole = replace(whole, items=(replace(first, standing=Standing.GRANTED), second))
    known = usual("first", 2) | usual("second", 3)
    plan = plan_at_usual_pace(whole, known, REAL_CALENDAR, date(2026, 6, 9))
    assert plan is not None
    assert plan.finish == date(2026, 6, 11), "not three days after its early acceptance"
