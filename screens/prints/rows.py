"""What the lists of the print queue say."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.contract.printing import PrintJob, PrintState, Reprint
from clerk.locale import _, mark
from clerk.locale.printing import name_state, tell_papers
from clerk.rules.numbers import spaced
from screens.home.lists import Counted
from screens.lights import name_moment
from screens.widgets.column import Column
from screens.words import word
from services.due_papers import DuePaper
from services.queues import Queue

TABS = (mark("To hand over"), mark("Print queue"), mark("Reprints"))
DUE, JOBS, REPRINTS = range(3)


def count_tabs(counts: Sequence[int]) -> tuple[Counted, ...]:
    """The three lists with what they hold."""
    return tuple(
        Counted(Queue(key=str(place), title=title), count)
        for place, (title, count) in enumerate(zip(TABS, counts, strict=True))
    )


def due_columns() -> list[Column]:
    """Notices that nobody has printed, or that are still to be handed over."""
    return [
        Column(mark("Number"), 18),
        Column(mark("Paper"), most=60),
        Column(mark("State"), 14, groups=True),
        Column(mark("Applicant"), 12, 100, groups=True, wide=24),
        Column(mark("When"), 16),
    ]


def due_cells(one: DuePaper) -> list[str]:
    """One of them."""
    paper = f"{word(one.kind)}  {one.number}"
    state = _("to deliver") if one.printed else _("to print")
    return [spaced(one.case_number), paper, state, one.applicant, name_moment(one.at)]


def identify_due(one: DuePaper) -> str:
    """What one of them is, printed or not."""
    return " ".join(one.key)


def job_columns() -> list[Column]:
    """The jobs, newest first."""
    return [
        Column(mark("Job"), 5),
        Column(mark("State"), 10, groups=True),
        Column(mark("Paper"), share=2),
        Column(mark("Where"), 0, 90, share=1, groups=True),
        Column(mark("Printed by"), 10, 70, groups=True),
        Column(mark("When"), 16),
    ]


def job_cells(job: PrintJob) -> list[str]:
    """One of them."""
    where = job.outlet
    at = name_moment(job.at)
    return [str(job.n), name_state(job.state), tell_papers(job), where, job.by, at]


def name_job(job: PrintJob) -> tuple[str, str]:
    """A job by its number and its papers."""
    return str(job.n), tell_papers(job)


def job_colour(job: PrintJob) -> str:
    """What failed is red, what has ended is quiet."""
    if job.state is PrintState.FAILED:
        return "listing--red"
    ended = job.state in {PrintState.PRINTED, PrintState.CANCELLED}
    return "listing--grey" if ended else "listing--waiting"


def reprint_columns() -> list[Column]:
    """What was printed once more."""
    return [
        Column(mark("Paper"), most=60),
        Column(mark("Reprint"), 8),
        Column(mark("Printed by"), 12, groups=True),
        Column(mark("When"), 16),
    ]


def reprint_cells(one: Reprint) -> list[str]:
    """One of them."""
    return [one.paper, str(one.nth), one.by, name_moment(one.at)]
