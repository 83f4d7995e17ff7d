"""The keys of the screen in front, at its foot: all of them, on as many lines as they need."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import Click, MouseEvent, MouseMove
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from screens.keymap import name_key
from screens.widgets.drawing import draw_anew
from screens.widgets.flow import flow, set_in_lines

_GAP = 2
_PADDING = 1


@runtime_checkable
class Offering(Protocol):
    """A screen that shows each person the verbs that are for them."""

    def offers(self, verb: str) -> bool:
        """Whether a verb is shown."""


class _Shown(NamedTuple):
    """A key, its verb, and what it does in a sentence."""

    key: str
    label: str
    tip: str


class KeyBar(Widget):
    """Shows keys with their verbs; those of the screen first, those of the program after them."""

    DEFAULT_CSS = """
    KeyBar { height: auto; dock: bottom; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()
        self._keys: list[_Shown] = []

    def on_mount(self) -> None:
        """Follow the keys as they change."""
        self.screen.bindings_updated_signal.subscribe(self, self.read_keys)
        self.read_keys(self.screen)

    def read_keys(self, screen: Screen[object]) -> None:
        """Take the keys that are to be shown."""
        shown = [one for one in screen.active_bindings.values() if _is_shown(one, screen)]
        shown.sort(key=lambda one: one.node is not screen)
        keys = [
            _Shown(one.binding.key, one.binding.description, one.binding.tooltip) for one in shown
        ]
        if keys != self._keys:
            self._keys = keys
            draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as the keys need."""
        return max(1, len(flow(self._pieces(), width, _GAP)))

    def render(self) -> Content:
        """The keys in their lines."""
        pieces = self._pieces()
        return set_in_lines(pieces, flow(pieces, self.content_size.width, _GAP), _GAP)

    def on_click(self, event: Click) -> None:
        """A click on a verb is its key."""
        shown = self._find(event)
        if shown is not None:
            self.app.simulate_key(shown.key)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say what the verb under the mouse does."""
        shown = self._find(event)
        self.tooltip = shown.tip if shown is not None else None

    def _find(self, event: MouseEvent) -> _Shown | None:
        """What lies under the mouse."""
        pieces = self._pieces()
        lines = flow(pieces, self.content_size.width, _GAP)
        if not 0 <= event.y < len(lines):
            return None
        for index, column in lines[int(event.y)]:
            if column <= event.x - _PADDING < column + pieces[index].cell_length:
                return self._keys[index]
        return None

    def _pieces(self) -> list[Content]:
        return [
            Content.assemble((name_key(key), "bold $primary"), " ", (label, "$foreground"))
            for key, label, _tip in self._keys
        ]


def is_offered(active: ActiveBinding, screen: Screen[object]) -> bool:
    """Whether whoever is here is shown this key."""
    return not isinstance(screen, Offering) or screen.offers(active.binding.id or "")


def _is_shown(active: ActiveBinding, screen: Screen[object]) -> bool:
    return active.binding.show and active.enabled and is_offered(active, screen)
