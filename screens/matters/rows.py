"""What the list of matters says, and all that is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from clerk.contract.matter import (
    AnyMatterEvent,
    AppealDecided,
    Brought,
    MatterAnswered,
    MatterAppealed,
    MatterClosed,
    MatterContacted,
    MatterPassed,
    MatterTaken,
    MatterTold,
)
from clerk.contract.user import Actor
from clerk.locale import _, mark
from clerk.rules.clock import Light
from clerk.rules.matter import MatterStage
from clerk.rules.numbers import spaced
from screens.arrangement import Weigh
from screens.home.lists import Counted
from screens.lights import class_of, name_day, name_light, name_moment, name_short_day
from screens.widgets.column import Column
from screens.words import word
from services.matters import ListedMatter
from services.queues import Queue

TABS = (mark("For me"), mark("Awaiting an answer"), mark("Answer to tell"), mark("All matters"))
TO_DO, OPEN, TO_TELL, ALL = range(4)

_OF_RATING = "rating"
"""The actor of a follow-up: nobody of the office (central.acts.mattering)."""

_Plain = MatterAnswered | MatterContacted | MatterTold | MatterClosed | MatterAppealed

_HAPPENED: dict[type[_Plain], str] = {
    MatterContacted: mark("Contacted"),
    MatterAnswered: mark("Answered"),
    MatterTold: mark("Answer told"),
    MatterClosed: mark("Closed"),
    MatterAppealed: mark("Appealed"),
}

_PRESSING = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY, Light.NONE)

Names = Mapping[str, str]
"""Departments and windows by their ids."""


def is_in(one: ListedMatter, tab: int) -> bool:
    """Whether a matter stands in a list."""
    match tab:
        case 0:
            return one.to_do
        case 1:
            return one.matter.is_open
        case 2:
            return one.to_tell
        case _:
            return True


def count_tabs(found: Sequence[ListedMatter]) -> tuple[Counted, ...]:
    """The lists with what they hold."""
    return tuple(
        Counted(Queue(key=str(place), title=title), sum(is_in(one, place) for one in found))
        for place, title in enumerate(TABS)
    )


def words(one: ListedMatter, names: Names) -> Sequence[str]:
    """What else is typed for a matter, whether or not the list has room to show it."""
    brought, answered = one.matter.brought, one.matter.answered
    return (
        *(one.number, word(brought.way), brought.name, brought.case_number, brought.item_name),
        *(name_department(one.matter.department, names), one.matter.taken_by.name),
        answered.text if answered else "",
    )


def columns() -> list[Column]:
    """The light, what it is, and whose; a wide list tells when it came and by which way."""
    return [
        Column(mark("Light"), 12),
        Column(mark("Answer due"), 10),
        Column(mark("Matter"), 10, groups=True),
        Column(mark("What is brought"), share=3),
        Column(mark("Department"), 10, groups=True),
        Column(mark("Where it stands"), 15, 96, groups=True),
        Column(mark("Matter no."), 13, 120),
        Column(mark("Way"), 20, 140, groups=True),
        Column(mark("Taken in"), 16, 140),
    ]


def weigh() -> Weigh[ListedMatter]:
    """What matters are sorted by where the text would mislead: how pressing, and real days."""
    return {
        _("Light"): lambda one: _PRESSING.index(one.light),
        _("Answer due"): lambda one: (
            one.dates.answer_due.toordinal() if one.matter.is_open else None
        ),
        _("Taken in"): lambda one: one.matter.taken_at.timestamp(),
    }


def cells(one: ListedMatter, names: Names, today: date) -> list[str]:
    """The line of a matter."""
    matter = one.matter
    due = name_short_day(one.dates.answer_due, today) if matter.is_open else ""
    stands = _("Appeal waits") if matter.appeal_waits else word(matter.stage)
    return [
        f"{'… ' if one.waiting else ''}{name_light(one.light)}",
        due,
        word(matter.kind),
        " ".join(matter.brought.text.split()),
        name_department(matter.department, names),
        stands,
        one.number,
        word(matter.brought.way),
        name_moment(matter.taken_at),
    ]


def identify(one: ListedMatter) -> str:
    """What a matter is, whatever happens to it meanwhile."""
    return one.matter.id


def colour(one: ListedMatter) -> str:
    """By its light; what waits for central stands out, what is over is quiet."""
    if one.waiting:
        return "listing--waiting"
    over = {MatterStage.TOLD, MatterStage.CLOSED, MatterStage.EXCLUDED}
    return "listing--grey" if one.matter.stage in over else class_of(one.light)


def describe(one: ListedMatter, names: Names, whole: str = "") -> Content:
    """All that is known of a matter: who brought what, its limits, and all that happened to it.

    `whole` is the telephone number, where somebody has asked for it.
    """
    matter = one.matter
    head = f"{one.number}  {word(matter.kind)} · {word(matter.brought.way)}"
    stands = _("Appeal waits") if matter.appeal_waits else word(matter.stage)
    lines = [
        Content.assemble((head, "bold"), f"  {stands}"),
        Content(matter.brought.text),
        *_about(one, names, whole),
        *(_tell(event, names) for event in one.record.events),
    ]
    return Content("\n").join(line for line in lines if line.plain)


def name_department(department: str, names: Names) -> str:
    """Whose it is; the centre's where it is no department's."""
    return names.get(department, department) if department else _("the centre")


def _about(one: ListedMatter, names: Names, whole: str) -> list[Content]:
    brought, dates = one.matter.brought, one.dates
    number = spaced(brought.case_number) if brought.case_number else ""
    limits = [_("Answer due {day}").format(day=name_day(dates.answer_due))]
    if dates.contact_due:
        limits.insert(0, _("contact due {day}").format(day=name_day(dates.contact_due)))
    if dates.overdue or dates.contact_overdue:
        limits.append(_("late"))
    parts = (_who(brought, whole), number, brought.item_name)
    with_whom = _("With: {department}").format(
        department=name_department(one.matter.department, names)
    )
    return [
        Content.styled(" · ".join(part for part in parts if part), "$text-muted"),
        Content.styled(" · ".join((with_whom, *limits)), "$text-muted"),
    ]


def _who(brought: Brought, whole: str) -> str:
    told = " ".join(part for part in (brought.name, whole or brought.phone) if part)
    return told or _("anonymous")


def _tell(event: AnyMatterEvent, names: Names) -> Content:
    """One thing that happened: when, what, by whom, and what was said."""
    what, said = _name(event, names)
    by = _name_actor(event.by)
    head = f"{name_moment(event.at)}  {what}" + (f"  {by}" if by else "")
    return Content.assemble((head, "$text-muted"), f"  {said}" if said else "")


def _name(event: AnyMatterEvent, names: Names) -> tuple[str, str]:
    """What happened, and what was said."""
    match event:
        case MatterTaken(window=window):
            return _("Taken in"), names.get(window, window)
        case MatterPassed(to=to, reason=reason):
            told = _("Handed on to {department}")
            return told.format(department=name_department(to, names)), reason
        case AppealDecided(excluded=excluded, reason=reason):
            return _("Rating excluded") if excluded else _("Rating upheld"), reason
        case _:
            return _(_HAPPENED[type(event)]), _said(event)


def _said(event: _Plain) -> str:
    match event:
        case MatterAnswered(text=text):
            return text
        case MatterContacted(note=note) | MatterTold(note=note):
            return note
        case MatterClosed(reason=reason) | MatterAppealed(reason=reason):
            return reason


def _name_actor(by: Actor) -> str:
    return "" if by.user == _OF_RATING else by.name
