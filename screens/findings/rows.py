"""What the list of findings says, and all that is known of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from clerk.clock import OFFICE_ZONE
from clerk.contract.item import Window
from clerk.contract.supervision import Finding, Look
from clerk.locale import _, mark
from clerk.locale.suspicions import name_rule
from clerk.rules.numbers import spaced
from clerk.rules.supervision.patterns import OF_NO_CASE
from clerk.rules.supervision.recording import AFTER, BEFORE, link
from screens.arrangement import Weigh
from screens.home.lists import Counted
from screens.widgets.column import Column
from services.findings import Listed, Shown
from services.queues import Queue

TABS: dict[Shown, str] = {
    Shown.OPEN: mark("To look into"),
    Shown.LOOKED_INTO: mark("Looked into"),
    Shown.ALL: mark("All findings"),
}
"""The lists beside each other."""

_WIDE = 100
"""Cells from which the list tells what else stands below it."""


def count_tabs(found: Sequence[Listed]) -> tuple[Counted, ...]:
    """The lists with what they hold."""
    return tuple(
        Counted(Queue(key=key.value, title=title), sum(one.is_in(key) for one in found))
        for key, title in TABS.items()
    )


def columns() -> list[Column]:
    """The rule, its reason, and the case; a wide list tells who and when too."""
    return [
        Column(mark("Rule"), 6, groups=True),
        Column(mark("Reason"), share=3),
        Column(mark("Person"), 12, 60, groups=True),
        Column(mark("Number"), 18, groups=True),
        Column(mark("Item"), 0, _WIDE, share=2, groups=True, most=36),
        Column(mark("When"), 13),
    ]


def weigh() -> Weigh[Listed]:
    """The year is not written: findings are sorted by the moment itself."""
    return {_("When"): lambda one: one.finding.at.timestamp()}


def cells(listed: Listed) -> list[str]:
    """The line of a finding."""
    one = listed.finding
    return [
        f"{'… ' if listed.waiting else ''}{one.rule}",
        listed.reason,
        one.actor_name,
        _number(one) or (_("of no case") if one.rule in OF_NO_CASE else _("several cases")),
        one.item_name,
        f"{one.at.astimezone(OFFICE_ZONE):%m-%d %H:%M}",
    ]


def identify(listed: Listed) -> str:
    """What a finding is, whatever came of it meanwhile."""
    return listed.finding.id


def colour(listed: Listed) -> str:
    """What waits for an answer, and what was looked into, is quiet."""
    if listed.waiting:
        return "listing--waiting"
    return "listing--grey" if listed.finding.looks else ""


def describe(listed: Listed, places: dict[str, str]) -> Content:
    """All that is known of a finding: its rule and reason, where it belongs, who looked into it."""
    one = listed.finding
    where = (places.get(one.window, one.window), places.get(one.department, one.department))
    about = (_number(one), one.item_name, one.actor_name, *where, _moment(one.at))
    lines = [
        Content.assemble((f"{one.rule}  {name_rule(one.rule)}", "bold")),
        Content(listed.reason),
        Content.styled(" · ".join(part for part in about if part), "$text-muted"),
        *map(_tell_look, one.looks),
    ]
    return Content("\n").join(lines)


def recording_of(one: Finding, windows: dict[str, Window]) -> str:
    """The link to the recording of the minutes that it is about; nothing without a template."""
    window = windows.get(one.window)
    if window is None or not window.recording:
        return ""
    return link(window.recording, window.id, one.at - BEFORE, one.at + AFTER)


def _tell_look(look: Look) -> Content:
    told = _("Looked into by {name}, {day}: {note}")
    return Content(told.format(name=look.by.name, day=_moment(look.at), note=look.note))


def _number(one: Finding) -> str:
    return spaced(one.case_number) if one.case_number else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
