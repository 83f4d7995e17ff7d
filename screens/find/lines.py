"""What was found, line by line: its section, what is told of it, and what Enter does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import DocumentKind
from clerk.contract.draft import Draft
from clerk.contract.finding import FoundCase
from clerk.locale import _, _n, mark
from clerk.rules.clock import Light
from clerk.rules.identifiers import mask_identifier
from clerk.rules.numbers import spaced
from screens.find.kinds import name_kind
from screens.find.opening import Opening
from screens.home.lists import name_due, name_standing
from screens.lights import class_of, name_light, name_moment, name_short_day
from screens.widgets.column import Column
from screens.words import word
from services.cases import ListedCase
from services.finding import Found, PaperHit

_WIDE = 110
_CASES = mark("Cases")
_CENTRAL = mark("At central")


@dataclass(frozen=True)
class Line:
    """One line. `key` tells it from the others, so that the cursor stays on it."""

    key: str
    section: str
    cells: tuple[str, str, str, str]
    does: str
    go: Callable[[], None]
    colour: str = ""


def columns() -> list[Column]:
    """The section, the thing, more about it, where it stands, and its due date."""
    return [
        Column("", 9),
        Column(mark("Found"), share=4, most=56),
        Column(mark("What it is"), share=3),
        Column(mark("Stands at"), 12),
        Column(mark("Promised"), 18, _WIDE),
    ]


def lines_of(found: Found, opening: Opening, now: datetime) -> list[Line]:
    """All that was found, in the order of sections; what fits a number best comes first."""
    lines = [*_person(found, opening), *_licence(found, opening)]
    cases = [_case(one, opening, now) for one in found.cases]
    papers = [_paper(one, opening, now) for one in found.papers]
    lines += [*cases, *papers] if _begins_with_case(found) else [*papers, *cases]
    lines += [_paper(one, opening, now) for one in found.named]
    lines += [_draft(one, opening) for one in found.drafts]
    does = opening.tell_item()
    for item in found.items:
        cells = (item.name, f"{item.department_name} · {item.code}", "", "")
        go = opening.item(item.id, item.version)
        lines.append(Line(f"item/{item.id}", _("Items"), cells, does, go))
    for bundle in found.bundles:
        count = _n("{count} item", "{count} items", len(bundle.nodes)).format(
            count=len(bundle.nodes)
        )
        cells = (bundle.name, count, "", "")
        go = opening.bundle(bundle.id)
        lines.append(Line(f"bundle/{bundle.id}", _("Bundles"), cells, opening.tell_bundle(), go))
    return lines


def central_lines(cases: tuple[FoundCase, ...], opening: Opening, today: date) -> list[Line]:
    """What central adds, in a section of its own below."""
    return [
        Line(
            one.id,
            _(_CENTRAL),
            (
                f"{spaced(one.number)}  {one.applicant_name}",
                one.item_name,
                one.step_name or _name_place(one),
                name_short_day(one.promised_due, today),
            ),
            _("opens the case"),
            opening.case(one.id),
        )
        for one in cases
    ]


def _name_place(case: FoundCase) -> str:
    return word(case.delivery) if case.delivery.value != "none" else word(case.stage)


def _begins_with_case(found: Found) -> bool:
    """A paper's own number is asked for with its year; digits alone are a case number's first."""
    return found.text.replace(" ", "").isdecimal() or not found.papers


def _person(found: Found, opening: Opening) -> Iterator[Line]:
    reading = found.person
    if reading is not None and reading.valid:
        cells = (mask_identifier(reading.number), word(reading.kind), "", "")
        yield Line("person", _("Person"), cells, opening.tell_person(), opening.person(reading))


def _licence(found: Found, opening: Opening) -> Iterator[Line]:
    if found.licence:
        cells = (_("QR code of a licence"), found.licence, "", "")
        go = opening.licence(found.licence)
        yield Line("licence", _("Licence"), cells, _("verifies it"), go)


def _case(row: ListedCase, opening: Opening, now: datetime) -> Line:
    light = row.light(now)
    return Line(
        row.id,
        _(_CASES),
        (
            f"{spaced(row.number)}  {row.applicant_name}",
            row.item_name,
            name_standing(row),
            _tell_due(row, now),
        ),
        _("opens the case"),
        opening.case(row.id),
        _colour(row, light),
    )


def _paper(hit: PaperHit, opening: Opening, now: datetime) -> Line:
    kind = name_kind(DocumentKind(hit.kind) if hit.kind else None)
    told = f"{kind} · {_('void')}" if hit.void else kind
    # A receipt bears the number of its case.
    number = spaced(hit.number) if hit.number == hit.case.number else hit.number
    return Line(
        f"{hit.case.id}/{hit.number}/{hit.kind}",
        _("Papers"),
        (
            number,
            f"{told} · {hit.case.applicant_name}",
            name_standing(hit.case),
            "",
        ),
        _("opens its case; Ctrl+L there prints it again"),
        opening.case(hit.case.id),
        _colour(hit.case, hit.case.light(now)),
    )


def _draft(draft: Draft, opening: Opening) -> Line:
    name = draft.name or (draft.card.name if draft.card else "")
    told = _("Parked") if draft.parked else _("Draft")
    cells = (name, name_moment(draft.updated_at), told, "")
    return Line(draft.id, _("Drafts"), cells, _("goes on with it"), opening.draft(draft.id))


def _tell_due(row: ListedCase, now: datetime) -> str:
    due = name_due(row, now.astimezone(OFFICE_ZONE).date())
    return "  ".join(part for part in (due, name_light(row.light(now))) if part)


def _colour(row: ListedCase, light: Light) -> str:
    return "listing--waiting" if row.waiting else class_of(light)
