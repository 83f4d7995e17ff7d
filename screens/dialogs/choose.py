"""Offers a few things, one of which is chosen with a key press; many are narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from clerk.locale import _
from clerk.rules.narrowing import narrow
from screens.dialog import Dialog
from screens.widgets.hint import Hint
from screens.widgets.line_box import LineBox
from screens.widgets.options import Options

_AT_A_GLANCE = 9
"""So many are read faster than a letter is typed."""


class Choose(Dialog[str | None]):
    """Answers the key of what was chosen, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        """Offer these keys with their labels."""
        super().__init__()
        self.heading = title
        self.options = tuple(options)

    def compose(self) -> ComposeResult:
        """The list, with the first one under the cursor."""
        many = len(self.options) > _AT_A_GLANCE
        with Vertical(classes="dialog narrowed" if many else "dialog"):
            yield Label(self.heading, classes="dialog-title", markup=False)
            if many:
                yield LineBox(placeholder=_("Type to narrow: Chinese, pinyin or initials"))
            yield Options(*self._options(""), markup=False)
            yield Hint(_("Enter: choose · Escape: back"), "enter", "escape")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        self.dismiss(event.option.id)

    def on_mount(self) -> None:
        """Enter takes the first."""
        self.query_one(OptionList).action_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave what fits, the best under the cursor."""
        offered = self.query_one(OptionList)
        offered.clear_options().add_options(self._options(event.value))
        offered.highlighted = None if offered.get_option_at_index(0).disabled else 0

    def on_input_submitted(self) -> None:
        """Close with the one under the cursor."""
        self.query_one(OptionList).action_select()

    def action_move(self, where: str) -> None:
        """Move in the list while the box is typed into."""
        getattr(self.query_one(OptionList), f"action_{where}")()

    def _options(self, query: str) -> list[Option]:
        places = narrow(query, [label for _key, label in self.options])
        found = [Option(self.options[one][1], id=self.options[one][0]) for one in places]
        return found or [Option(_("Nothing like that. Take some letters away."), disabled=True)]

    def action_close(self) -> None:
        """Close without one."""
        self.dismiss(None)
