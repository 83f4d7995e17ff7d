"""The first part: an ID number, typed or scanned, recognised while it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from clerk.locale import _, _n, mark
from clerk.rules.identifiers import Reading
from clerk.rules.identifiers.problem import ProblemCode
from clerk.rules.typed import fold_width
from clerk.rules.verdict import Visit
from screens.intake.choices import Choices
from screens.intake.part import Note, Part
from screens.intake.row import Box
from screens.trial import Trial
from screens.widgets.told import Told
from screens.words import explain_identifier, word

FULL_LENGTH = 18
_MAY_GO_AWAY = frozenset(
    {
        ProblemCode.EMPTY,
        ProblemCode.LENGTH,
        ProblemCode.FORM,
        ProblemCode.UNKNOWN,
        ProblemCode.AMBIGUOUS,
        ProblemCode.OLD_RESIDENT,
        ProblemCode.OLD_ORG_CODE,
        ProblemCode.OLD_REGISTRATION,
    }
)
"""Problems that the next typed character may do away with: a hint until Enter is pressed."""

_MOST_PROBLEMS = 2
"""A number with more is typed anew; a line for each wrong character pushes the form away."""


class IdentityPart(Part):
    """The box that a walk-in begins in, and what was understood of it."""

    title = mark("1 · ID number")

    @dataclass
    class Edited(Message):
        """The number changed."""

        text: str

    @dataclass
    class KindChosen(Message):
        """A person said which document it is."""

        kind: IdKind

    @dataclass
    class Confirmed(Message):
        """Enter was pressed on a number that can be used, or that could be used once."""

    def __init__(self, trial: Trial | None = None) -> None:
        """Begin with nothing typed; where nobody real comes, tell whom to serve."""
        super().__init__(id="identity")
        self._trial = trial
        self._box = Box("id_text", fold_width)
        self._box.add_class("scan-identifier", "scan-first")
        self._kinds = Choices("id_kind", enter_takes=True)
        self._reading: Reading | None = None
        self._entered = False

    def compose(self) -> ComposeResult:
        """The box with the kind beside it, what is wrong below, and the kinds to choose from."""
        with Horizontal(id="identity-line"):
            yield self._box
            yield Told(id="identity-kind")
        yield Note(id="identity-note")
        yield self._kinds

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the number and what it was read as."""
        self._reading = visit.reading
        self._box.show_value(draft.id_text)
        known = visit.reading.kind is not IdKind.UNKNOWN and bool(visit.reading.number)
        kind = self.query_one("#identity-kind", Told)
        kind.tell(word(visit.reading.kind) if known else "")
        kind.set_class(visit.reading.valid, "good")
        self._kinds.offer([(one.value, word(one)) for one in visit.reading.candidates])
        self._kinds.display = bool(visit.reading.candidates)
        self._explain(visit.reading)

    def is_done(self, _draft: Draft, visit: Visit) -> bool:
        """Whether the number can be used."""
        return visit.reading.valid

    def enter(self) -> None:
        """To the box."""
        self._box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed; a change makes earlier complaints go."""
        event.stop()
        self._entered = False
        self.post_message(self.Edited(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on with a good number, ask which document, or say all that is wrong."""
        event.stop()
        assert self._reading is not None, "a box is shown before it is typed in"
        self._entered = True
        self._explain(self._reading)
        if self._reading.valid or self._reading.is_old:
            self.post_message(self.Confirmed())
        elif self._reading.candidates:
            self._kinds.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Keep to the kind that was chosen."""
        event.stop()
        self._box.focus()
        self.post_message(self.KindChosen(IdKind(event.key)))

    def _explain(self, reading: Reading) -> None:
        note = self.query_one("#identity-note", Note)
        if reading.problems:
            hint = self._is_unfinished(reading)
            tone = "" if hint else "wrong"
            note.say(self._hint(reading) if hint else _first_words(reading), tone)
        elif reading.warnings:
            note.say("\n".join(explain_identifier(one) for one in reading.warnings), "odd")
        else:
            note.say("")

    def _is_unfinished(self, reading: Reading) -> bool:
        """Whether typing on may mend it; a scanned or entered number is finished."""
        if self._entered or len(reading.number) >= FULL_LENGTH:
            return not reading.number and not self._entered
        return all(one.code in _MAY_GO_AWAY for one in reading.problems)

    def _hint(self, reading: Reading) -> str:
        if not reading.number:
            asked = _("Type or scan: identity card, residence permit, passport, or credit code")
            return f"{asked}\n{self._trial.tell_applicants()}" if self._trial else asked
        if reading.candidates:
            return _("More than one document has such numbers: type on, or Enter to say which")
        have = len(reading.number)
        return _n("{have} character so far", "{have} characters so far", have).format(have=have)


def _first_words(reading: Reading) -> str:
    return "\n".join(explain_identifier(one) for one in reading.problems[:_MOST_PROBLEMS])
