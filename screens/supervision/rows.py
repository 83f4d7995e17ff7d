"""What the board's lists say: groups with their lights, tabs, cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from rich.cells import cell_len

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import Delivery, Stage
from clerk.contract.supervision import Board, WatchedCase
from clerk.locale import _, mark
from clerk.rules.clock import Light
from clerk.rules.numbers import spaced
from clerk.rules.supervision.tallying import BoardTally, Place, Row
from screens.home.lists import Counted, Entry
from screens.lights import class_of, name_light, name_short_day
from screens.widgets.column import Column
from screens.widgets.facts import Fact
from screens.words import word
from services.queues import Queue
from services.supervision import BoardQuery

_SHOWN = (Light.RED, Light.YELLOW, Light.GREY, Light.GREEN)
_COUNT_WIDTH = 6
_FULL = 96
"""Cells from which a list shows what it can do without."""


@dataclass(frozen=True)
class Group:
    """One line of the groups: what it narrows the cases to, and its counts. A head has none."""

    title: str
    row: Row | None = None
    query: BoardQuery = field(default_factory=BoardQuery)


TABS: dict[str, tuple[str, BoardQuery]] = {
    "all": (mark("All cases"), BoardQuery()),
    "red": (mark("Overdue"), BoardQuery(light=Light.RED.value)),
    "yellow": (mark("Due soon"), BoardQuery(light=Light.YELLOW.value)),
    "law": (mark("Past the law's limit"), BoardQuery(statutory_light=Light.RED.value)),
    "grey": (mark("Stopped"), BoardQuery(light=Light.GREY.value)),
    "urge": (mark("Urged"), BoardQuery(asked="urge")),
    "supervise": (mark("Supervised"), BoardQuery(asked="supervise")),
    "renewal": (mark("Renewals"), BoardQuery(asked="renewal")),
    "approve": (mark("To approve"), BoardQuery(asked="approve")),
    "escalated": (mark("Gone up"), BoardQuery(asked="escalated")),
}
"""The lists beside each other: a name, and what it asks for."""


def list_groups(tally: BoardTally, names: dict[str, str]) -> list[Group]:
    """All cases, then departments, then steps; the most pressing of each first."""
    groups = [Group(_("All"), tally.total), Group(_("— by department —"))]
    for department, row in tally.by_department.items():
        query = BoardQuery(department=department)
        groups.append(Group(names.get(department, department), row, query))
    groups.append(Group(_("— by step —")))
    for place, row in tally.by_place.items():
        groups.append(Group(name_place(place), row, _query_of(place)))
    return groups


def identify_group(group: Group) -> str:
    """What a group is, wherever it stands; a head is none."""
    query = group.query
    return f"group {query.department} {query.step} {query.stage}" if group.row is not None else ""


def name_place(place: Place) -> str:
    """A step by its name, the stage of what has none yet, or where a result is."""
    if place.stage == Stage.DECIDED.value and place.step:
        return word(Delivery(place.step))
    return place.step or word(Stage(place.stage))


def count_tabs(tally: BoardTally | None, board: Board | None) -> tuple[Counted, ...]:
    """The tabs with what they hold."""
    counts: dict[str, int] = dict(board.asked) if board else {}
    if tally is not None:
        counts |= {light.value: n for light, n in tally.total.promised.items()}
        counts |= {"all": tally.total.total, "law": tally.total.statutory[Light.RED]}
    return tuple(
        Counted(Queue(key=key, title=title), counts.get(key, 0))
        for key, (title, _query) in TABS.items()
    )


def total_facts(row: Row) -> list[Fact]:
    """Both limits in a line each; the first says in words what the shapes mean here."""
    return [
        Fact(_("Open"), f"{row.total:,}"),
        Fact(_("Promised"), _lights(row.promised, name_light)),
        Fact(_("Statutory"), _lights(row.statutory, _shape)),
    ]


def group_columns() -> list[Column]:
    """A name, the number of cases, and those under each light; the law's own at the end."""
    lights = [Column(_number(_shape(one)), _COUNT_WIDTH) for one in _SHOWN]
    law = Column(_number(_("Law ■")), _COUNT_WIDTH)
    return [
        Column(mark("Department or step")),
        Column(_number(_("Open")), _COUNT_WIDTH),
        *lights,
        law,
    ]


def group_cells(group: Group) -> list[str]:
    """The line of a group."""
    row = group.row
    if row is None:
        return [group.title, *("" for _column in range(len(_SHOWN) + 2))]
    counts = [row.total, *(row.promised[one] for one in _SHOWN), row.statutory[Light.RED]]
    return [group.title, *(_number(f"{one:,}" if one else "·") for one in counts)]


def group_colour(group: Group) -> str:
    """Red where something is overdue; heads are quiet."""
    if group.row is None:
        return "listing--grey"
    return "listing--red" if group.row.promised[Light.RED] else ""


def case_columns() -> list[Column]:
    """What is told of a case; a narrow list leaves out what the page of the case tells."""
    return [
        Column(mark("Number"), 18, order="number"),
        Column(mark("Item"), share=3, order="item_name", groups=True),
        Column(mark("Stands at"), 12, wide=14, order="step", groups=True),
        Column(mark("Who holds it"), 20, 84, order="department", groups=True),
        Column(mark("Promised"), 9, order="promised_due", groups=True),
        Column(mark("Statutory"), 9, _FULL, order="statutory_due"),
        Column(mark("Light"), 10),
        Column(mark("Asked"), 12, _FULL + 8),
    ]


def case_entry(case: WatchedCase, board: Board, now: datetime) -> Entry:
    """The line of a case."""
    today = now.astimezone(OFFICE_ZONE).date()
    light = Light(case.light)
    cells = (
        spaced(case.number),
        case.item_name,
        name_place(Place(case.step, case.stage.value)),
        _name_holder(case, board, now),
        name_short_day(case.promised_due, today),
        name_short_day(case.statutory_due, today),
        name_light(light),
        _asked(case, today),
    )
    return Entry(case.id, is_draft=False, cells=cells, colour=class_of(light))


def _name_holder(case: WatchedCase, board: Board, now: datetime) -> str:
    """The window until there is a step, then the department, and who has claimed it.

    A result is with the department until it lies at the window.
    """
    if not case.step or case.step == Delivery.AT_WINDOW.value:
        return board.windows.get(case.window, case.window)
    live = case.holder_until is not None and case.holder_until > now
    department = board.names.get(case.department, case.department)
    return " · ".join(part for part in (department, case.holder if live else "") if part)


def _asked(case: WatchedCase, today: date) -> str:
    """What waits for an answer and until when; an arrow where something has gone up."""
    arrow = "↑ " if case.escalated_to else ""
    if not case.asked:
        return arrow.strip()
    if "supervise" in case.asked:
        name = _("formal")
    else:
        name = _("urged") if "urge" in case.asked else _("To approve")
    return f"{arrow}{name} {name_short_day(case.ask_due, today)}".rstrip()


def _query_of(place: Place) -> BoardQuery:
    return BoardQuery(step=place.step, stage=place.stage)


def _lights(counts: dict[Light, int], name: Callable[[Light], str]) -> str:
    return "  ".join(f"{name(one)} {counts[one]:,}" for one in _SHOWN)


def _shape(light: Light) -> str:
    return name_light(light)[:1]


def _number(text: str) -> str:
    return " " * (_COUNT_WIDTH - 1 - cell_len(text)) + text
