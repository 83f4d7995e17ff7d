"""Choosing what a supplement notice asks for: lines first, then what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from clerk.contract.case import SupplementLine
from clerk.locale import _, mark, on_paper
from clerk.rules.case import Case
from clerk.rules.case.form import lacking_fields
from clerk.rules.form import lines_of
from screens.case.handing_in import name_field
from screens.case.performer import ANY_TEXT, Performer
from screens.dialogs import Line, MarkLines, Question
from services.counter import Done

Send = Callable[[str, tuple[SupplementLine, ...]], Done]


def ask_lines(performer: Performer, case: Case, send: Send) -> None:
    """Ask which lines, what is missing marked already, and go on to the reasons."""
    names = _names(case)
    if not names:
        performer.screen.app.warn(_("This item asks for no paper and no field: nothing lacks."))
        return
    lacking = reasons_of(case, performer.screen.desk.today)
    lines = [_line(key, name, lacks=key in lacking) for key, name in names.items()]
    performer.screen.app.push_screen(
        MarkLines(_("What is missing or wrong? The applicant is told once, everything."), lines),
        partial(_ask_reasons, performer, case, send),
    )


def any_lines(case: Case) -> tuple[SupplementLine, ...]:
    """All that could be asked for, to find out whether asking is allowed at all."""
    return tuple(SupplementLine(key, name, ANY_TEXT) for key, name in _names(case).items())


def lines_lacking(case: Case, today: date) -> tuple[SupplementLine, ...]:
    """What the case lacks for sure, as a notice tells it."""
    printed = _names(case, on_paper)
    reasons = reasons_of(case, today)
    return tuple(SupplementLine(key, printed[key], reason) for key, reason in reasons.items())


def reasons_of(case: Case, today: date) -> dict[str, str]:
    """What lacks for sure, with the words that its line begins with; Chinese, as papers are."""
    papers = dict.fromkeys((one.key for one in case.missing), on_paper(mark("Not handed in")))
    fields = {
        one.key: on_paper(mark("Not filled in, or not as the form asks"))
        for one in lacking_fields(case, today)
    }
    return papers | fields


def _line(key: str, name: str, *, lacks: bool) -> Line:
    """What lacks for sure stays on the notice (行政许可法 Art. 32(4))."""
    told = _("“{name}” lacks: a notice tells everything, and there is only one.")
    return Line(key, name, lacks, told.format(name=name) if lacks else "")


def _ask_reasons(performer: Performer, case: Case, send: Send, keys: Sequence[str] | None) -> None:
    if keys is None:
        return
    if not keys:
        performer.screen.app.warn(_("Nothing was chosen."))
        return
    names = _names(case)
    printed = _names(case, on_paper)
    lacking = reasons_of(case, performer.screen.desk.today)
    questions = [
        Question(str(place), names[key], lacking.get(key, "")) for place, key in enumerate(keys)
    ]

    def act(answers: Mapping[str, str]) -> Done:
        lines = tuple(
            SupplementLine(key, printed[key], answers[str(place)]) for place, key in enumerate(keys)
        )
        return send(case.id, lines)

    performer.ask(
        "supplement " + " ".join(keys),
        _("What is wrong with each?"),
        questions,
        act,
        _("The supplement notice is given."),
    )


def _names(case: Case, say: Callable[[str], str] = _) -> dict[str, str]:
    """Only what the item itself asks for can be demanded (行政许可法 Art. 31)."""
    applicable = {one.key for one in case.materials}
    materials = {one.key: one.name for one in case.terms.materials if one.key in applicable}
    lines = lines_of(case.terms.fields, case.answers)
    fields = {one.key: name_field(one.field, say) for one in lines}
    return materials | fields
