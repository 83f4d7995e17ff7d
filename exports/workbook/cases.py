"""The sheet of the cases that the figures count, with a name for each range that is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname

from clerk.clock import OFFICE_ZONE
from clerk.contract.report import CaseFact
from clerk.errand import Errand, Phase
from clerk.locale import mark
from clerk.rules.figures import Column, Tally, is_in_hand, is_overdue, name_item
from exports.workbook import look
from exports.workbook.cells import fit_width, write_text
from exports.workbook.summary import name_range
from exports.workbook.words import OUTCOMES, STAGES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DEPARTMENT_NUMBERS = "case_department_no"
WINDOW_NUMBERS = "case_window_no"
ITEM_NUMBERS = "case_item_no"
_DATE_WIDTH = 12.0
_FLAG_WIDTH = 11.0
_MOMENT_WIDTH = 17.0

Value: TypeAlias = Cell | str | date | int | None


class Places(msgspec.Struct, frozen=True):
    """The numbers of departments, windows and items on their own sheets."""

    departments: dict[str, int]
    windows: dict[str, int]
    items: dict[str, int]

    @classmethod
    def of(cls, counted: Tally) -> Places:
        """As the rows of the sheets of figures are numbered."""
        return cls(
            {name: place for place, name in enumerate(counted.by_department, 1)},
            {name: place for place, name in enumerate(counted.by_window, 1)},
            {name: place for place, name in enumerate(counted.by_item, 1)},
        )


class _Heading(msgspec.Struct, frozen=True):
    """A column of the sheet: its label, the name of its range if it is counted, its width."""

    label: str
    range_name: str = ""
    width: float = _DATE_WIDTH


_HEADINGS: tuple[_Heading, ...] = (
    _Heading(mark("Case number"), width=20.0),
    _Heading(mark("Item"), width=0.0),
    _Heading(mark("Item code"), width=24.0),
    _Heading(mark("Department"), width=0.0),
    _Heading(mark("Window"), width=0.0),
    _Heading(mark("Received"), name_range(Column.RECEIVED_ON)),
    _Heading(mark("Accepted"), name_range(Column.ACCEPTED_ON)),
    _Heading(mark("Deemed accepted"), width=_FLAG_WIDTH),
    _Heading(mark("Supplement asked"), name_range(Column.SUPPLEMENT_ASKED_ON)),
    _Heading(mark("Declined"), name_range(Column.DECLINED_ON)),
    _Heading(mark("Decided"), name_range(Column.DECIDED_ON)),
    _Heading(mark("Outcome")),
    _Heading(mark("Released")),
    _Heading(mark("Promised due date"), width=_MOMENT_WIDTH),
    _Heading(mark("Statutory due date"), width=_MOMENT_WIDTH),
    _Heading(mark("Stage")),
    _Heading(mark("In hand"), name_range(Column.IN_HAND), _FLAG_WIDTH),
    _Heading(mark("Overdue"), name_range(Column.OVERDUE), _FLAG_WIDTH),
    _Heading(mark("Papers saved"), name_range(Column.PAPERS_SAVED), _FLAG_WIDTH),
    _Heading(mark("Department no."), DEPARTMENT_NUMBERS, _FLAG_WIDTH),
    _Heading(mark("Window no."), WINDOW_NUMBERS, _FLAG_WIDTH),
    _Heading(mark("Item no."), ITEM_NUMBERS, _FLAG_WIDTH),
)
_LAST = get_column_letter(len(_HEADINGS))
_OVERDUE = get_column_letter(
    1 + [heading.range_name for heading in _HEADINGS].index(name_range(Column.OVERDUE))
)


def fill_sheet(  # noqa: PLR0917 - what the sheet is made of
    sheet: Worksheet,
    facts: Sequence[CaseFact],
    places: Places,
    made_at: datetime,
    say: Callable[[str], str],
    errand: Errand,
) -> dict[str, str]:
    """Write one row for each case; the names of the counted ranges are returned."""
    last_row = max(2, 1 + len(facts))
    _set_up(sheet, facts, places, last_row)
    sheet.append(look.make_head(sheet, [say(heading.label) for heading in _HEADINGS]))
    row = _RowWriter(sheet, places, made_at, say)
    for fact in errand.follow(Phase.WRITING, facts, len(facts)):
        sheet.append(row.make(fact))
    title = quote_sheetname(sheet.title)
    return {
        heading.range_name: f"{title}!${letter}$2:${letter}${last_row}"
        for letter, heading in zip(_letters(), _HEADINGS, strict=True)
        if heading.range_name
    }


class _RowWriter:
    """Makes the row of a case. Words and flags are made once.

    A flag is 1 or 0, so that it can be counted, and is shown as a word.
    """

    def __init__(
        self, sheet: Worksheet, places: Places, made_at: datetime, say: Callable[[str], str]
    ) -> None:
        self._sheet = sheet
        self._places = places
        self._made_at = made_at
        self._stages = {stage: say(word) for stage, word in STAGES.items()}
        self._outcomes = {outcome: word and say(word) for outcome, word in OUTCOMES.items()}
        yes, no = say(mark("yes")), say(mark("no"))
        words = f'[=1]"{yes}";[=0]"{no}"'
        self._flags = [look.style_cell(sheet, value, number_format=words) for value in (0, 1)]

    def make(self, fact: CaseFact) -> list[Value]:
        """In the order of the headings."""
        return [
            write_text(self._sheet, fact.number),
            write_text(self._sheet, fact.item_name),
            write_text(self._sheet, fact.item),
            write_text(self._sheet, fact.department_name),
            write_text(self._sheet, fact.window_name),
            fact.received_on,
            fact.accepted_on,
            self._flags[fact.deemed] if fact.accepted_on else None,
            fact.supplement_asked_on,
            fact.declined_on,
            fact.decided_on,
            self._outcomes[fact.outcome],
            fact.released_on,
            *self._due(fact),
            self._stages[fact.stage],
            self._flags[is_in_hand(fact)],
            self._flags[is_overdue(fact, self._made_at)],
            fact.papers_saved,
            self._places.departments[fact.department_name],
            self._places.windows[fact.window_name],
            self._places.items[name_item(fact)],
        ]

    def _due(self, fact: CaseFact) -> tuple[Value, Value]:
        """Promised and statutory; the one that is watched with its time, if it is in hours."""
        if fact.due_at is None:
            return fact.promised_due, fact.statutory_due
        local = fact.due_at.astimezone(OFFICE_ZONE).replace(tzinfo=None)
        moment = look.style_cell(self._sheet, local, number_format=look.MOMENT)
        if fact.promised_due is None:
            return None, moment
        return moment, fact.statutory_due


def _set_up(sheet: Worksheet, facts: Sequence[CaseFact], places: Places, last_row: int) -> None:
    """What a streamed sheet must know before its first row."""
    names = (
        {fact.item_name for fact in facts},
        set(places.departments),
        set(places.windows),
    )
    fitted = iter([fit_width(sorted(found)) for found in names])
    look.set_widths(sheet, [heading.width or next(fitted) for heading in _HEADINGS])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{_LAST}{last_row}"
    look.warn(sheet, f"A2:{_LAST}{last_row}", f"${_OVERDUE}2=1")
    look.set_print(sheet, 1)


def _letters() -> list[str]:
    return [get_column_letter(place) for place in range(1, 1 + len(_HEADINGS))]
