"""The sixth part: the form's fields, each typed once for all items that ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.widget import AwaitMount

from clerk.contract.answer import Refusal
from clerk.contract.draft import Draft
from clerk.contract.item import FieldKind
from clerk.locale import _, mark
from clerk.rules.checklist import FieldLine
from clerk.rules.form import value_of
from clerk.rules.typed import fold_width, tidy_date
from clerk.rules.verdict import Visit, facts_of
from screens.intake.choices import Choices
from screens.intake.part import Part
from screens.intake.row import FieldRow, LabelledRow
from screens.words import explain_field

PLACE = "field:"
_TIDYING: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.NUMBER: fold_width,
    FieldKind.MONEY: fold_width,
    FieldKind.PHONE: fold_width,
    FieldKind.IDENTIFIER: fold_width,
    FieldKind.DATE: tidy_date,
}


class ChoiceRow(LabelledRow):
    """A field whose value is chosen: its label, its options, and what is wrong."""

    def __init__(self, place: str, label: str, options: list[tuple[str, str]]) -> None:
        """Offer these."""
        self.choices = Choices(place, options)
        super().__init__(label, self.choices)


class FieldsPart(Part):
    """Values come from the card where it knows them; what is typed wins."""

    title = mark("6 · Form")

    @dataclass
    class Edited(Message):
        """The value of a field changed."""

        key: str
        text: str

    def __init__(self) -> None:
        """Begin without fields."""
        super().__init__(id="fields")
        self._rows: dict[str, FieldRow | ChoiceRow] = {}
        self._lines: dict[str, FieldLine] = {}
        self._mounts: list[AwaitMount] = []
        self._onward = ""

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the fields with their values, and beside them what is wrong."""
        wanted = {one.key: one for one in visit.fields}
        if wanted != self._lines:
            self._lay_out(wanted)
        facts = facts_of(draft)
        wrong = {one.field: one for one in visit.verdict.wrong_fields}
        for key, line in wanted.items():
            value = value_of(line, draft.fields, facts)
            prefilled = bool(value) and key not in draft.fields
            self._show_value(self._rows[key], value)
            self._explain(key, wrong.get(key), typed=key in draft.fields, prefilled=prefilled)
        self.display = bool(wanted)
        if self._onward:
            self.call_after_refresh(self._go_on)

    def is_done(self, _draft: Draft, visit: Visit) -> bool:
        """Whether all are as they should be."""
        return bool(visit.items) and not visit.verdict.wrong_fields

    def is_needed(self, visit: Visit) -> bool:
        """Whether there is a field."""
        return bool(visit.fields)

    def enter(self) -> None:
        """To the first field that is wrong or empty; where none is, to the first."""
        rows = list(self._rows.values())
        open_ones = [row for row in rows if not self._value(row)]
        if rows:
            _target(open_ones[0] if open_ones else rows[0]).focus()

    def on_field_row_typed(self, event: FieldRow.Typed) -> None:
        """Tell upward."""
        event.stop()
        self.post_message(self.Edited(event.row.place_name.removeprefix(PLACE), event.text))

    def on_field_row_entered(self, event: FieldRow.Entered) -> None:
        """To the next field."""
        event.stop()
        self._onward = event.row.place_name.removeprefix(PLACE)
        self.call_after_refresh(self._go_on)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Tell upward, then to the next field."""
        event.stop()
        key = event.choices.place.removeprefix(PLACE)
        self._onward = key if event.onward else ""
        self.post_message(self.Edited(key, event.key))

    def on_choices_passed(self, event: Choices.Passed) -> None:
        """To the next field; what is empty is said below."""
        event.stop()
        self._onward = event.choices.place.removeprefix(PLACE)
        self.call_after_refresh(self._go_on)

    async def _go_on(self) -> None:
        while self._mounts:
            await self._mounts.pop()
        keys = list(self._rows)
        if self._onward not in keys:
            return
        place = keys.index(self._onward) + 1
        self._onward = ""
        if place < len(keys):
            _target(self._rows[keys[place]]).focus()
        else:
            self.post_message(self.Finished(self))

    def _lay_out(self, wanted: dict[str, FieldLine]) -> None:
        """Mount the rows that are new in their places; a row that stays keeps its cursor."""
        for key in list(self._rows):
            if wanted.get(key) != self._lines[key]:
                self._rows.pop(key).remove()
        ordered: dict[str, FieldRow | ChoiceRow] = {}
        before: FieldRow | ChoiceRow | None = None
        for key, line in wanted.items():
            row = self._rows.get(key)
            if row is None:
                row = _make_row(line)
                self._mounts.append(self._mount_after(row, before))
            ordered[key] = before = row
        self._rows, self._lines = ordered, wanted

    def _mount_after(
        self, row: FieldRow | ChoiceRow, before: FieldRow | ChoiceRow | None
    ) -> AwaitMount:
        if before is not None:
            return self.mount(row, after=before)
        return self.mount(row, before=0) if self.children else self.mount(row)

    def _show_value(self, row: FieldRow | ChoiceRow, value: str) -> None:
        if isinstance(row, FieldRow):
            row.box.show_value(value)
        else:
            row.choices.value = value

    def _value(self, row: FieldRow | ChoiceRow) -> str:
        return row.box.value if isinstance(row, FieldRow) else row.choices.value

    def _explain(self, key: str, wrong: Refusal | None, *, typed: bool, prefilled: bool) -> None:
        """What is wrong is said once something was typed; before, a hint will do."""
        note, field = self._rows[key].note, self._lines[key].field
        if wrong is not None and (typed or prefilled):
            note.say(explain_field(wrong), "wrong")
        elif wrong is not None:
            note.say("* " + (field.note or _hint(field.kind)))
        elif prefilled:
            note.say(_("Known already"))
        else:
            note.say(field.note if not typed else "")


def _make_row(line: FieldLine) -> FieldRow | ChoiceRow:
    field, place = line.field, PLACE + line.key
    if field.kind is FieldKind.CHOICE:
        return ChoiceRow(place, field.label, [(one.key, one.label) for one in field.options])
    row = FieldRow(place, field.label, _TIDYING.get(field.kind, str))
    row.box.set_class(field.kind is FieldKind.IDENTIFIER, "scan-identifier")
    return row


def _target(row: FieldRow | ChoiceRow) -> Choices | FieldRow:
    return row.box if isinstance(row, FieldRow) else row.choices  # type: ignore[return-value]


def _hint(kind: FieldKind) -> str:
    return _("year-month-day") if kind is FieldKind.DATE else _("needed")
