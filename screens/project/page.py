"""What the page of a bundle application says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clerk.contract.bundle import Standing
from clerk.contract.project import ProjectItem
from clerk.drawing import AUXILIARY, MAIN
from clerk.locale import _, listed
from clerk.rules.bundle.graph import in_order
from clerk.rules.clock import Light
from screens.case.events import name_handover
from screens.lights import class_of, name_day, name_light
from screens.widgets.facts import Fact
from screens.words import name_limit, word
from services.projects import Whole

_SIGNS = {
    Standing.GRANTED: "✓",
    Standing.OPEN: "…",
    Standing.FAILED: "✗",
    Standing.WAIVED: "–",
    Standing.NOT_ASKED: "",
}
CRITICAL = "★"
"""The sign of an item on the critical path."""


class Row(NamedTuple):
    """A line of the page: a stage's head, or an item of it."""

    cells: Sequence[str]
    colour: str = ""
    case_id: str = ""
    item: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it is no item, but begins a stage."""
        return not self.item


def facts(whole: Whole) -> list[Fact]:
    """The whole in a few words."""
    project = whole.project
    asked = [one for one in project.items if one.case]
    granted = sum(one.standing is Standing.GRANTED for one in asked)
    told = _("{granted} of {asked} granted").format(granted=granted, asked=len(asked))
    return [
        Fact(_("Project"), project.title, "bold"),
        Fact(_("Bundle"), f"{project.bundle.name} · v{project.bundle.version}"),
        Fact(_("Opened"), name_day(project.opened_on)),
        Fact(_("Items"), told),
        Fact(_("Earliest finish"), _finish(whole), "bold"),
        Fact(_("Handover"), name_handover(together=project.together)),
    ]


def critical_path(whole: Whole) -> str:
    """The chain of items that decides the finish."""
    names = {one.item: one.name for one in whole.project.items}
    way = " → ".join(names[item] for item in whole.plan.critical)
    return _("Critical path {sign}: {way}").format(sign=CRITICAL, way=way) if way else ""


def rows(whole: Whole) -> list[Row]:
    """Stage by stage, each item below what it waits for."""
    order = in_order({one.item: one.after for one in whole.project.items})
    places = {item: at for at, item in enumerate(order)}
    told = []
    for number, stage in enumerate(whole.project.bundle.stages, 1):
        told.append(Row(("", f"── {number} {stage.label}", "", "", "", "")))
        mine = [one for one in whole.project.items if one.stage == stage.key]
        told += [_row(whole, one) for one in sorted(mine, key=lambda one: places[one.item])]
    return told


def _row(whole: Whole, item: ProjectItem) -> Row:
    planned = next((one for one in whole.plan.planned if one.item == item.item), None)
    sign = MAIN if item.main else AUXILIARY
    critical = CRITICAL if planned and planned.critical else ""
    light = Light(item.case.light) if item.case else Light.NONE
    return Row(
        cells=(
            f"{critical}{_SIGNS[item.standing]}",
            f"{sign} {item.name}",
            _state(item, light),
            name_day(planned.finish) if planned else "",
            _waits(whole, item),
            item.department_name,
        ),
        colour=class_of(light) or ("listing--red" if item.case and item.case.held_by else ""),
        case_id=item.case.id if item.case else "",
        item=item.item,
    )


def _state(item: ProjectItem, light: Light) -> str:
    """Where it stands; what is not asked for yet says how long it takes."""
    if item.case is None:
        return f"{word(item.standing)} · {name_limit(item.limit)}"
    if item.case.held_by:
        return _("held up by a refusal")
    if item.standing is Standing.OPEN:
        return name_light(light) or word(item.case.stage)
    return word(item.case.outcome if item.case.decided_on else item.case.stage)


def _waits(whole: Whole, item: ProjectItem) -> str:
    if item.case is not None:
        return listed(item.case.held_by or item.case.waits_for)
    names = {one.item: one.name for one in whole.project.items}
    open_ones = {one.item for one in whole.project.items if one.standing is not Standing.GRANTED}
    return listed(names[one] for one in item.after if one in open_ones)


def _finish(whole: Whole) -> str:
    if whole.plan.finish is None:
        return _("never, as things are: see what came to nothing")
    day = name_day(whole.plan.finish)
    if whole.usual is None or whole.usual.finish is None:
        return day
    pace = _("at the usual pace {day}").format(day=name_day(whole.usual.finish))
    return f"{day} · {pace}"
