"""The fourth part: the questions whose answers decide what is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import AwaitMount

from clerk.contract.draft import Draft
from clerk.locale import _, mark
from clerk.rules.verdict import Asked, Visit
from screens.intake.choices import Choices
from screens.intake.lit import light
from screens.intake.part import Part
from screens.widgets.told import Told

PLACE = "answer:"


class Question(Vertical):
    """A situation with its options."""

    DEFAULT_CSS = """
    Question { height: auto; }
    """

    def __init__(self, asked: Asked) -> None:
        """Ask this."""
        super().__init__()
        self.asked = asked
        options = [(one.key, one.label) for one in asked.situation.options]
        self.choices = Choices(PLACE + asked.key, options)
        self._text = Told(classes="question")

    def compose(self) -> ComposeResult:
        """The question above its options."""
        yield self._text
        yield self.choices

    def light(self, *, lit: bool) -> None:
        """Its text is lit."""
        light(self._text, lit=lit)

    def show(self, answer: str, *, several: bool) -> None:
        """Show the answer; the item is named where there are several."""
        self.choices.value = answer
        question = self.asked.situation.question
        told = _("{item}: {question}").format(item=self.asked.item.name, question=question)
        self._text.tell(told if several else question)


class SituationsPart(Part):
    """Asks only what the answers so far leave open."""

    title = mark("4 · Situations")

    @dataclass
    class Answered(Message):
        """A situation was answered."""

        key: str
        option: str

    def __init__(self) -> None:
        """Begin without questions."""
        super().__init__(id="situations")
        self._questions: dict[str, Question] = {}
        self._mounts: list[AwaitMount] = []
        self._onward = ""

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the open questions and their answers; only what changed is mounted anew."""
        if [one.key for one in visit.situations] != list(self._questions):
            self._ask(visit)
        for key, question in self._questions.items():
            question.show(draft.answers.get(key, ""), several=len(visit.items) > 1)
        self.display = bool(visit.situations)
        if self._onward:
            self.call_after_refresh(self._go_on)

    def is_done(self, draft: Draft, visit: Visit) -> bool:
        """Whether all are answered."""
        return bool(visit.items) and all(draft.answers.get(one.key) for one in visit.situations)

    def is_needed(self, visit: Visit) -> bool:
        """Whether there is a question."""
        return bool(visit.situations)

    def enter(self) -> None:
        """To the first question without an answer; where none is, to the first."""
        questions = list(self._questions.values())
        open_ones = [one for one in questions if not one.choices.value]
        if questions:
            (open_ones or questions)[0].choices.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Tell upward; then on to the next question, which this answer may have opened."""
        event.stop()
        key = event.choices.place.removeprefix(PLACE)
        self._onward = key if event.onward else ""
        self.post_message(self.Answered(key, event.key))

    def on_choices_passed(self, event: Choices.Passed) -> None:
        """On to the next question; what is not answered is said below."""
        event.stop()
        self._onward = event.choices.place.removeprefix(PLACE)
        self.call_after_refresh(self._go_on)

    def _ask(self, visit: Visit) -> None:
        """Mount the questions that are new in their places, take away those not asked now."""
        wanted = {one.key: one for one in visit.situations}
        for key in [key for key in self._questions if key not in wanted]:
            self._questions.pop(key).remove()
        ordered: dict[str, Question] = {}
        for key, asked in wanted.items():
            ordered[key] = self._questions.get(key) or Question(asked)
            if key not in self._questions:
                before = list(ordered.values())[-2] if len(ordered) > 1 else None
                mount = (
                    self.mount(ordered[key], after=before)
                    if before
                    else self._mount_first(ordered[key])
                )
                self._mounts.append(mount)
        self._questions = ordered

    def _mount_first(self, question: Question) -> AwaitMount:
        return self.mount(question, before=0) if self.children else self.mount(question)

    async def _go_on(self) -> None:
        """To the question after the one just answered, or to the next part."""
        while self._mounts:
            await self._mounts.pop()
        keys = list(self._questions)
        place = keys.index(self._onward) + 1 if self._onward in keys else len(keys)
        self._onward = ""
        if place < len(keys):
            self._questions[keys[place]].choices.focus()
        else:
            self.post_message(self.Finished(self))
