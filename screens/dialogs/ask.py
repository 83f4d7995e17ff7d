"""Asks for a few words: an opinion, a reason, a collector."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from clerk.locale import _

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Question:
    """One line to type. `check` says what is wrong with it, or nothing."""

    key: str
    label: str
    value: str = ""
    required: bool = True
    password: bool = False
    check: Callable[[str], str] | None = None


class AskText(ModalScreen[dict[str, str] | None]):
    """Answers the texts by their keys, or nothing; what is wrong is said beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("ctrl+y", "finish", show=False, priority=True),
    ]

    def __init__(self, title: str, questions: Sequence[Question]) -> None:
        """Ask these, in order."""
        super().__init__()
        self.heading = title
        self.questions = tuple(questions)
        # Keys of materials and fields may hold what no widget's id can.
        self._ids = [
            f"ask-{one.key if _IDENTIFIER.fullmatch(one.key) else place}"
            for place, one in enumerate(self.questions)
        ]

    def compose(self) -> ComposeResult:
        """A line per question and one for what is wrong."""
        with Vertical(classes="dialog wide"):
            yield Label(self.heading, classes="dialog-title", markup=False)
            with VerticalScroll(classes="dialog-scroll", can_focus=False):
                for place, one in zip(self._ids, self.questions, strict=True):
                    yield Static(one.label, markup=False)
                    yield Input(
                        one.value,
                        id=place,
                        password=one.password,
                        select_on_focus=False,
                    )
            yield Static("", id="ask-wrong", markup=False)
            yield Label(_("Enter: next · Ctrl+Y: done · Escape: back"), classes="dialog-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the next line; after the last one, done."""
        place = self._ids.index(event.input.id or "")
        if place + 1 < len(self._ids):
            self.query_one(f"#{self._ids[place + 1]}", Input).focus()
        else:
            self.action_finish()

    def action_finish(self) -> None:
        """Close with the answers, if they will do."""
        asked = [*zip(self._ids, self.questions, strict=True)]
        answers = {one.key: self.query_one(f"#{place}", Input).value for place, one in asked}
        for place, one in asked:
            wrong = self._wrong(one, answers[one.key].strip())
            if wrong:
                self.query_one("#ask-wrong", Static).update(wrong)
                self.query_one(f"#{place}", Input).focus()
                return
        self.dismiss({key: text.strip() for key, text in answers.items()})

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def _wrong(self, question: Question, text: str) -> str:
        if question.required and not text:
            return _("“{label}” is needed.").format(label=question.label)
        return question.check(text) if question.check and text else ""
