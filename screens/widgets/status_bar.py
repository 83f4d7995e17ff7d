"""The line at the top: who works where, and whether central hears us."""

from __future__ import annotations

import msgspec
from rich.cells import cell_len
from textual.reactive import reactive
from textual.widget import Widget

from clerk.locale import _
from screens.keymap import VERBS, name_key


class Standing(msgspec.Struct, frozen=True):
    """What the bar shows. `problems` counts refused commands that a person must deal with.

    `clock_off_min` is by how many minutes this machine's clock is wrong.
    """

    place: str = ""
    person: str = ""
    online: bool = False
    waiting: int = 0
    problems: int = 0
    clock_off_min: int = 0


class StatusBar(Widget):
    """Place and person at the left, the line at the right; shape and word, not only colour."""

    DEFAULT_CSS = """
    StatusBar { height: 1; dock: top; background: $panel; padding: 0 1; }
    StatusBar.problem { background: $error-muted; }
    """

    standing: reactive[Standing] = reactive(Standing())
    busy: reactive[bool] = reactive(default=False)

    def on_mount(self) -> None:
        """Say what the signs at the right mean, and where to look."""
        self.tooltip = _(
            "Online: central hears this desk. Waiting: sent by itself. "
            "Refused: {key} opens the sync centre."
        ).format(key=name_key(VERBS["sync"].key))

    def render(self) -> str:
        """One line, the right part kept whole."""
        right = self.line_words()
        left = "  ".join(part for part in (self.standing.place, self.standing.person) if part)
        space = self.size.width - cell_len(left) - cell_len(right)
        return left + " " * max(2, space) + right

    def line_words(self) -> str:
        """The line's state in words."""
        parts = [_("… one moment")] if self.busy else []
        parts.append(_("● online") if self.standing.online else _("○ line down"))
        if self.standing.waiting:
            parts.append(_("{count} waiting").format(count=self.standing.waiting))
        if self.standing.clock_off_min:
            minutes = self.standing.clock_off_min
            parts.append(_("! clock {count} min off").format(count=minutes))
        if self.standing.problems:
            parts.append(_("! {count} refused").format(count=self.standing.problems))
        return "  ".join(parts)

    def watch_standing(self, standing: Standing) -> None:
        """Colour the bar where somebody must look."""
        self.set_class(bool(standing.problems or standing.clock_off_min), "problem")
