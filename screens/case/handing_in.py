"""Taking in what lacks or was asked for: papers are marked, fields of the form are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import HandInSupplement
from clerk.contract.item import Field, FieldKind
from clerk.locale import _, mark
from clerk.locale.punctuation import bracketed, labelled
from clerk.rules.case import Case
from clerk.rules.case.form import wanted_fields
from clerk.rules.case.handing_in import fields_to_come, papers_to_come
from clerk.rules.checklist import FieldLine
from clerk.rules.form import check_field
from screens.case.performer import Performer, Read
from screens.dialogs import Line, MarkLines, Question
from screens.words import explain_field
from services.bootstrap import Desk
from services.counter import Done

_FIELD = "field:"
"""Before the key of a field, since a paper may have the same."""


class HandingIn:
    """First what came in, then the values of the fields among it."""

    def __init__(self, performer: Performer, desk: Desk) -> None:
        """Act through this performer."""
        self._performer = performer
        self._desk = desk

    def begin(self) -> None:
        """Offer what is still to come, or say that nothing is."""
        read = self._performer.read
        if read is None:
            return
        papers, fields = papers_to_come(read.case), _wanted(read)
        app = self._performer.screen.app
        if not papers and not fields:
            app.warn(_("Nothing of this case is still to come in."))
            return
        if papers and not self._performer.may(
            HandInSupplement(materials=_ticks(read.case, [*papers]))
        ):
            return
        lines = [Line(one.key, one.name) for one in papers.values()]
        lines += [Line(_FIELD + one.key, name_field(one.field)) for one in fields.values()]
        app.push_screen(MarkLines(_("What came in?"), lines), partial(self._take, read))

    def _take(self, read: Read, keys: Sequence[str] | None) -> None:
        if not keys:
            return
        ticks = _ticks(read.case, [key for key in keys if not key.startswith(_FIELD)])
        wanted = _wanted(read)
        fields = [wanted[key.removeprefix(_FIELD)] for key in keys if key.startswith(_FIELD)]
        said = _("What came in is taken in.")
        if not fields:
            self._performer.run(partial(self._hand_in, read.case.id, ticks, {}), said)
            return
        today = self._desk.today
        self._performer.ask(
            "hand in " + " ".join(keys),
            _("The form: what is to stand in it"),
            [_question(one, read.case, today) for one in fields],
            lambda answers: self._hand_in(read.case.id, ticks, _values(fields, answers)),
            said,
        )

    def _hand_in(self, case_id: str, ticks: tuple[Ticked, ...], fields: Mapping[str, str]) -> Done:
        return self._desk.counter.hand_in(case_id, ticks, fields)


def lacking_keys(case: Case, today: date) -> frozenset[str]:
    """The papers and fields that keep a case from being complete."""
    papers = {one.key for one in case.missing}
    return frozenset(papers | {one.key for one in wanted_fields(case, today)})


def name_field(field: Field, say: Callable[[str], str] = _) -> str:
    """A field among papers."""
    return say(mark("Form: {label}")).format(label=field.label)


def _wanted(read: Read) -> dict[str, FieldLine]:
    return fields_to_come(read.case, read.context.today)


def _question(line: FieldLine, case: Case, today: date) -> Question:
    """The field with its options to choose from by number; what is there already is shown."""
    field = line.field
    options = [f"{place} {one.label}" for place, one in enumerate(field.options, 1)]
    label = bracketed(field.label, " · ".join(options)) if options else field.label
    present = case.fields.get(line.key, "")
    return Question(
        line.key,
        label,
        "" if "*" in present else _shown(field, present),
        check=lambda text: _say_wrong(line, text, today),
    )


def _say_wrong(line: FieldLine, text: str, today: date) -> str:
    wrong = check_field(line, _value(line.field, text), today)
    return labelled(line.field.label, explain_field(wrong)) if wrong else ""


def _values(lines: Sequence[FieldLine], answers: Mapping[str, str]) -> dict[str, str]:
    return {one.key: _value(one.field, answers[one.key]) for one in lines}


def _shown(field: Field, value: str) -> str:
    return next((one.label for one in field.options if one.key == value), value)


def _value(field: Field, text: str) -> str:
    """What was typed; of a choice the option by its number or its label."""
    if field.kind is not FieldKind.CHOICE:
        return text
    numbered = {str(place): one.key for place, one in enumerate(field.options, 1)}
    labelled = {one.label: one.key for one in field.options}
    return numbered.get(text) or labelled.get(text) or text


def _ticks(case: Case, keys: Sequence[str]) -> tuple[Ticked, ...]:
    """These materials as handed in whole, in the numbers that the item asks for."""
    wanted = {one.key: one for one in case.terms.materials}
    return tuple(
        Ticked(
            key=key,
            name=wanted[key].name,
            state=MaterialState.PROVIDED,
            originals=wanted[key].originals,
            copies=wanted[key].copies,
        )
        for key in keys
        if key in wanted
    )
