"""All reports, in the order that they are offered."""

from __future__ import annotations

from clerk.contract.user import Role
from clerk.errors import InputError
from clerk.locale import mark
from clerk.rules.reports import (
    acts,
    asks,
    cases,
    causes,
    indicators,
    looks,
    matters,
    projects,
    ratings,
    stops,
)
from clerk.rules.reports.case_figures import FIGURES
from clerk.rules.reports.parts import Report, holds, pick

_EVERYBODY = (Role.COUNTER, Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD, Role.MANAGER)
_BY_WHOM = (cases.BY_DEPARTMENT, cases.BY_WINDOW)

WORKLOAD = Report(
    key="workload",
    title=mark("Workload"),
    about=mark("What came in, was accepted, declined and decided, and what is in hand."),
    subject=cases.CASES,
    dimensions=(
        *_BY_WHOM,
        cases.BY_CLERK,
        cases.BY_ITEM,
        cases.BY_CHANNEL,
        cases.BY_TIME_KIND,
    ),
    figures=pick(
        FIGURES,
        *("received", "accepted", "supplemented", "declined", "decided", "in_hand", "on_time"),
        *("overdue_open", "overdue_decided", "papers_saved", "on_time_rate"),
    ),
    charted=("received", "decided"),
)
LIMITS = Report(
    key="limits",
    title=mark("Time limits"),
    about=mark("Decided early, on time and overdue, and their rates."),
    subject=cases.CASES,
    dimensions=(*_BY_WHOM, cases.BY_ITEM, cases.BY_TIME_KIND),
    figures=pick(
        FIGURES,
        *("decided", "early", "on_time", "overdue_decided", "overdue_open"),
        *("early_rate", "on_time_rate", "overdue_rate"),
    ),
    charted=("on_time", "overdue_decided"),
)
PROCEDURES = Report(
    key="procedures",
    title=mark("Special procedures"),
    about=mark("What stopped the clock, for how long, and what was stopped again."),
    subject=stops.STOPS,
    dimensions=(stops.BY_PROCEDURE, cases.BY_DEPARTMENT, cases.BY_ITEM),
    figures=stops.STOP_FIGURES,
    charted=("began", "repeats"),
)
OVERDUE = Report(
    key="overdue",
    title=mark("Overdue in detail"),
    about=mark("Overdue cases alone: where they lie, and by how many days."),
    subject=cases.CASES,
    dimensions=(*_BY_WHOM, cases.BY_ITEM, cases.BY_STEP),
    figures=pick(
        FIGURES,
        *("overdue_open", "days_over_open", "overdue_decided", "days_over_decided"),
        "mean_over_decided",
    ),
    charted=("overdue_open", "overdue_decided"),
    only=(holds("overdue"),),
)
SUPPLEMENTS = Report(
    key="supplements",
    title=mark("Supplement causes"),
    about=mark("What lacked when papers were taken in, and who was asked for it."),
    subject=causes.CAUSES,
    dimensions=(causes.BY_CAUSE, *_BY_WHOM, cases.BY_ITEM),
    figures=causes.CAUSE_FIGURES,
    charted=("lines",),
)
TIMES = Report(
    key="times",
    title=mark("Waiting and service time"),
    about=mark("How long it took to accept, to decide, and to hand out."),
    subject=cases.CASES,
    dimensions=(*_BY_WHOM, cases.BY_ITEM, cases.BY_TIME_KIND),
    figures=pick(
        FIGURES,
        *("accepted", "wait_days", "mean_wait", "decided", "spent_days", "mean_spent"),
        *("released", "handover_days", "mean_handover"),
    ),
    charted=("wait_days", "spent_days"),
)
PAPERS = Report(
    key="papers",
    title=mark("Papers saved"),
    about=mark("Papers that nobody had to bring."),
    subject=cases.CASES,
    dimensions=(*_BY_WHOM, cases.BY_ITEM),
    figures=pick(FIGURES, "received", "saving", "papers_saved", "saved_each"),
    charted=("papers_saved",),
)
LOOKS = Report(
    key="looks",
    title=mark("Looks into registers"),
    about=mark("Who looked people up, what for, and how often the glass was broken."),
    subject=looks.LOOKS,
    dimensions=(looks.BY_PERSON, looks.BY_PURPOSE, cases.BY_DEPARTMENT),
    figures=looks.LOOK_FIGURES,
    charted=("looks", "glass"),
    roles=(Role.MANAGER, Role.AUDITOR),
)
URGES = Report(
    key="urges",
    title=mark("Urges and supervisions"),
    about=mark("Who was urged or supervised, and whether they answered in time."),
    subject=asks.ASKS,
    dimensions=(cases.BY_DEPARTMENT, asks.BY_KIND, asks.BY_ASKER, asks.BY_ITEM),
    figures=asks.ASK_FIGURES,
    charted=("urged", "supervised"),
)
RATINGS = Report(
    key="ratings",
    title=mark("Ratings"),
    about=mark("How applicants rated: levels, the rate of the satisfied, what was followed up."),
    subject=ratings.RATINGS,
    dimensions=(
        *_BY_WHOM,
        ratings.BY_RATED_CLERK,
        cases.BY_ITEM,
        ratings.BY_LEVEL,
        ratings.BY_RATING_WAY,
    ),
    figures=ratings.RATING_FIGURES,
    charted=("satisfied", "bad"),
    roles=(Role.MANAGER, Role.AUDITOR),
)
INDICATORS = Report(
    key="indicators",
    title=mark("Indicators of ratings"),
    about=mark("What good and bad ratings were given for."),
    subject=indicators.INDICATORS,
    dimensions=(
        indicators.BY_INDICATOR,
        ratings.BY_LEVEL,
        *_BY_WHOM,
        cases.BY_ITEM,
    ),
    figures=indicators.INDICATOR_FIGURES,
    charted=("good", "bad"),
    roles=(Role.MANAGER, Role.AUDITOR),
)
MATTERS = Report(
    key="matters",
    title=mark("Complaints and inquiries"),
    about=mark("What people brought, how soon it was answered, and what is open."),
    subject=matters.MATTERS,
    dimensions=(matters.BY_DEPARTMENT, matters.BY_KIND, matters.BY_WINDOW, matters.BY_WAY),
    figures=matters.MATTER_FIGURES,
    charted=("received", "answered"),
)
BUNDLES = Report(
    key="bundles",
    title=mark("Bundles by stage"),
    about=mark("Cases of bundle applications (一件事, 并联审批), by bundle and by stage."),
    subject=cases.CASES,
    dimensions=(cases.BY_BUNDLE, cases.BY_STAGE, cases.BY_ITEM, cases.BY_DEPARTMENT),
    figures=pick(
        FIGURES,
        *("received", "accepted", "supplemented", "declined", "decided", "in_hand", "on_time"),
        *("overdue_open", "overdue_decided", "papers_saved", "on_time_rate"),
    ),
    charted=("received", "decided"),
    only=(holds("bundled"),),
)
PROJECTS = Report(
    key="projects",
    title=mark("Construction projects"),
    about=mark("Projects with several stages: opened, running, finished, and where they stand."),
    subject=projects.PROJECTS,
    dimensions=(cases.BY_BUNDLE, projects.BY_REACHED, projects.BY_PROJECT),
    figures=projects.PROJECT_FIGURES,
    charted=("cases", "granted"),
)
OWN = Report(
    key="own",
    title=mark("My own work"),
    about=mark("What I did myself, by item and by day."),
    subject=acts.ACTS,
    dimensions=(cases.BY_ITEM, acts.BY_DAY),
    figures=acts.ACT_FIGURES,
    charted=("acts",),
    roles=_EVERYBODY,
)

REPORTS: dict[str, Report] = {
    one.key: one
    for one in (
        *(WORKLOAD, LIMITS, OVERDUE, PROCEDURES, SUPPLEMENTS, TIMES, PAPERS, LOOKS, URGES),
        *(RATINGS, INDICATORS, MATTERS, BUNDLES, PROJECTS, OWN),
    )
}


def get_report(key: str) -> Report:
    """A report by its key. Raises InputError `report.unknown`."""
    if key not in REPORTS:
        raise InputError("report.unknown", report=key, known=", ".join(REPORTS))
    return REPORTS[key]
