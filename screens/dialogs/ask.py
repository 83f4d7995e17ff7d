"""Asks for a few words: an opinion, a reason, a collector."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from clerk.locale import _
from clerk.rules.scanned import ScanKind
from screens.dialog import Dialog
from screens.widgets.hint import Hint
from screens.widgets.line_box import LineBox

_unfinished: WeakKeyDictionary[Screen[object], dict[str, dict[str, str]]] = WeakKeyDictionary()
"""What was typed and left by Escape, by the screen below and the heading: it is offered again."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Question:
    """One line to type, or several `lines`. `check` says what is wrong with it, or nothing.

    `scans` are the kinds of scans that belong into it (`clerk.rules.scanned.ScanKind`).
    """

    key: str
    label: str
    value: str = ""
    required: bool = True
    password: bool = False
    check: Callable[[str], str] | None = None
    scans: tuple[ScanKind, ...] = ()
    lines: int = 1


class AskText(Dialog[dict[str, str] | None]):
    """Answers the texts by their keys, or nothing; what is wrong is said beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("ctrl+y", "finish", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        questions: Sequence[Question],
        *,
        remembers: bool = False,
        begins: str = "",
        told: str = "",
    ) -> None:
        """Ask these, in order, or beginning with one by its key, under what is told first.

        Over a screen about one case what was left is remembered.
        """
        super().__init__()
        self._begins = begins
        self._remembers = remembers
        self.heading = title
        self._told = told
        self.questions = tuple(questions)
        # Keys of materials and fields may hold what no widget's id can.
        self._ids = [
            f"ask-{one.key if _IDENTIFIER.fullmatch(one.key) else place}"
            for place, one in enumerate(self.questions)
        ]

    def compose(self) -> ComposeResult:
        """A line per question and one for what is wrong."""
        begun = self._begun()
        with Vertical(classes="dialog wide"):
            yield Label(self.heading, classes="dialog-title", markup=False)
            if self._told:
                yield Static(self._told, id="ask-told", markup=False)
            with VerticalScroll(classes="dialog-scroll", can_focus=False):
                for place, one in zip(self._ids, self.questions, strict=True):
                    with Vertical(classes="dialog-question"):
                        yield Static(one.label, markup=False)
                        yield _box_for(one, begun.get(one.key, one.value), place)
            yield Static("", id="ask-wrong", markup=False)
            yield self._hint()

    def on_mount(self) -> None:
        """Asked again for one thing alone, the cursor stands there."""
        for place, one in zip(self._ids, self.questions, strict=True):
            if one.key == self._begins:
                self.query_one(f"#{place}").focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What is asked stays in sight above where it is typed, once all is laid out."""
        self.call_after_refresh(self.scroll_to_center, event.widget)

    def scroll_to_center(self, widget: Widget, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - the base's own
        """At once, and with the question: gliding goes to where the typing alone is in sight."""
        asked = widget.parent
        whole = asked if isinstance(asked, Vertical) else widget
        whole.scroll_visible(animate=False, immediate=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the next line; after the last one, done."""
        place = self._ids.index(event.input.id or "")
        if place + 1 < len(self._ids):
            self.query_one(f"#{self._ids[place + 1]}").focus()
        else:
            self.action_finish()

    def action_finish(self) -> None:
        """Close with the answers, if they will do."""
        answers = self._answers()
        for place, one in zip(self._ids, self.questions, strict=True):
            wrong = self._wrong(one, answers[one.key].strip())
            if wrong:
                self.query_one("#ask-wrong", Static).update(wrong)
                self.query_one(f"#{place}").focus()
                return
        self._all_begun().pop(self.heading, None)
        self.dismiss({key: text.strip() for key, text in answers.items()})

    def action_close(self) -> None:
        """Close without an answer; what was typed may be there when it is asked again."""
        if self._remembers:
            secret = {one.key for one in self.questions if one.password}
            told = {key: text for key, text in self._answers().items() if key not in secret}
            self._all_begun()[self.heading] = told
        self.dismiss(None)

    def _answers(self) -> dict[str, str]:
        asked = zip(self._ids, self.questions, strict=True)
        return {one.key: _text_in(self.query_one(f"#{place}")) for place, one in asked}

    def _hint(self) -> Hint:
        if any(one.lines > 1 for one in self.questions):
            return Hint(_("Tab: next · Ctrl+Y: done · Escape: back"), "tab", "ctrl+y", "escape")
        if len(self.questions) == 1:
            return Hint(_("Enter: done · Escape: back"), "enter", "escape")
        return Hint(_("Enter: next · Ctrl+Y: done · Escape: back"), "enter", "ctrl+y", "escape")

    def _begun(self) -> dict[str, str]:
        return self._all_begun().get(self.heading, {})

    def _all_begun(self) -> dict[str, dict[str, str]]:
        below = self.app.screen_stack[-2]
        return _unfinished.setdefault(below, {})

    def _wrong(self, question: Question, text: str) -> str:
        if question.required and not text:
            return _("“{label}” is needed.").format(label=question.label)
        return question.check(text) if question.check and text else ""


def _box_for(question: Question, text: str, place: str) -> Widget:
    if question.lines > 1:
        from textual.widgets import TextArea  # not before somebody writes at length

        area = TextArea(text, id=place, tab_behavior="focus")
        area.styles.height = question.lines + 2
        return area
    return LineBox(
        text,
        id=place,
        password=question.password,
        select_on_focus=False,
        classes=" ".join(f"scan-{kind.value}" for kind in question.scans),
    )


def _text_in(box: Widget) -> str:
    return box.value if isinstance(box, Input) else str(getattr(box, "text", ""))
