"""Choosing what a supplement notice asks for: lines first, then what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from clerk.contract.case import MaterialState, SupplementLine
from clerk.locale import _, mark, on_paper
from clerk.rules.case import Case
from screens.case.performer import Performer
from screens.dialogs import Line, MarkLines, Question
from services.counter import Done

Send = Callable[[str, tuple[SupplementLine, ...]], Done]


def ask_lines(performer: Performer, case: Case, send: Send) -> None:
    """Ask which lines, what is missing marked already, and go on to the reasons."""
    missing = {one.key for one in case.materials if one.state is MaterialState.MISSING}
    lines = [Line(key, name, key in missing) for key, name in _names(case).items()]
    performer.screen.app.push_screen(
        MarkLines(_("What is missing or wrong? The applicant is told once, everything."), lines),
        partial(_ask_reasons, performer, case, send),
    )


def _ask_reasons(performer: Performer, case: Case, send: Send, keys: Sequence[str] | None) -> None:
    if keys is None:
        return
    if not keys:
        performer.screen.app.warn(_("Nothing was chosen."))
        return
    names = _names(case)
    missing = {one.key for one in case.missing}
    questions = [
        Question(str(place), names[key], on_paper(mark("Not handed in")) if key in missing else "")
        for place, key in enumerate(keys)
    ]

    def act(answers: Mapping[str, str]) -> Done:
        lines = tuple(
            SupplementLine(key, names[key], answers[str(place)]) for place, key in enumerate(keys)
        )
        return send(case.id, lines)

    performer.ask(
        "supplement " + " ".join(keys),
        _("What is wrong with each?"),
        questions,
        act,
        _("The supplement notice is given."),
    )


def _names(case: Case) -> dict[str, str]:
    """Only what the item itself asks for can be demanded (行政许可法 Art. 31)."""
    applicable = {one.key for one in case.materials}
    materials = {one.key: one.name for one in case.terms.materials if one.key in applicable}
    fields = {one.key: _("Form: {label}").format(label=one.label) for one in case.terms.fields}
    return materials | fields
