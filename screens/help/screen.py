"""The keys of a screen, each with what it does."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widgets import Label, Static

from clerk.locale import _
from screens.dialog import Dialog
from screens.help.parts import explain_part
from screens.keymap import VERBS, name_key
from screens.widgets.hanging import Hanging
from screens.widgets.hint import Hint
from screens.widgets.key_bar import is_offered, place_of
from screens.widgets.pointing import place_at

_KEY_WIDTH = 11


class HelpScreen(Dialog[None]):
    """Lies over the screen that it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1", "close", show=False)]
    CSS_PATH = "screen.tcss"

    def __init__(self, explained: Screen[object]) -> None:
        """Explain this screen's keys, and the part that the cursor stands in."""
        super().__init__()
        explained_keys = [*_explain(explained)]
        self._keys = [key for key, _line in explained_keys]
        self._lines = [line for _key, line in explained_keys]
        self._part = explain_part(explained.focused)

    def compose(self) -> ComposeResult:
        """The part, then a line for each key."""
        with Vertical(classes="dialog wide"):
            yield Label(_("Keys of this screen"), classes="dialog-title")
            if self._part:
                yield Static(self._part, id="help-part", markup=False)
            with VerticalScroll(id="help-keys"):
                lines = Hanging(self._lines, _KEY_WIDTH, id="help-lines")
                yield lines.with_tooltip(_("A click is the key."))
            text = _("Arrows and Enter move and open. Ctrl+P finds every act by name.")
            yield Static(text, classes="dialog-hint")
            yield Hint(_("Escape: back"), "escape")

    def on_click(self, event: Click) -> None:
        """A click on a line is its key, pressed on the screen below."""
        place = place_at(event)
        if place is not None:
            self.dismiss(None)
            if self._keys[place] != VERBS["help"].key:
                self.app.call_later(self.app.simulate_key, self._keys[place])

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)


def _explain(screen: Screen[object]) -> list[tuple[str, Content]]:
    found = []
    actives = screen.active_bindings.values()
    for active in sorted(actives, key=lambda one: place_of(one, screen)):
        verb = VERBS.get(active.binding.id or "")
        if verb is None or not active.enabled or not is_offered(active, screen):
            continue
        key = name_key(active.binding.key).ljust(_KEY_WIDTH)
        line = Content.assemble(
            (key, "bold $primary"),
            (active.binding.description, "bold"),
            ("  " + active.binding.tooltip, "$text-muted"),
        )
        found.append((active.binding.key, line))
    return found
