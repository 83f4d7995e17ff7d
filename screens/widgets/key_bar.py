"""The keys of the screen in front, at its foot, always in one order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.events import Click, MouseEvent, MouseMove
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from clerk.locale import _
from screens.keymap import SPARE, VERBS, name_key
from screens.widgets.drawing import draw_anew
from screens.widgets.flow import flow, set_in_lines

_GAP = 2
_PADDING = 1
_MOST_LINES = 2


@runtime_checkable
class Offering(Protocol):
    """A screen that shows each person the verbs that are for them."""

    def offers(self, verb: str) -> bool:
        """Whether a verb is shown."""


class ShownKey(NamedTuple):
    """A verb with its key, what it is called, and what it does in a sentence."""

    verb: str
    key: str
    label: str
    tip: str


class KeyBar(Widget):
    """Shows keys with their verbs; those of the screen first, those of the program after them.

    On a small terminal the work needs the lines: what can be spared is told by F1 alone.
    """

    DEFAULT_CSS = """
    KeyBar { height: auto; dock: bottom; padding: 0 1; background: $panel; }
    """

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()
        self._keys: list[ShownKey] = []
        self._fitted: dict[int, list[ShownKey]] = {}

    def on_mount(self) -> None:
        """Follow the keys as they change."""
        self.screen.bindings_updated_signal.subscribe(self, self.read_keys)
        self.read_keys(self.screen)

    def read_keys(self, screen: Screen[object]) -> None:
        """Take the keys that are to be shown."""
        shown = [one for one in screen.active_bindings.values() if _is_shown(one, screen)]
        shown.sort(key=lambda one: place_of(one, screen))
        keys = [
            ShownKey(
                one.binding.id or "", one.binding.key, one.binding.description, one.binding.tooltip
            )
            for one in shown
        ]
        if keys != self._keys:
            self._keys = keys
            self._fitted.clear()
            draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as the keys need."""
        return max(1, len(flow(_pieces(self._fitting(width)), width, _GAP)))

    def render(self) -> Content:
        """The keys in their lines."""
        pieces = _pieces(self.shown)
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

    def _find(self, event: MouseEvent) -> ShownKey | None:
        """What lies under the mouse."""
        keys = self.shown
        pieces = _pieces(keys)
        lines = flow(pieces, self.content_size.width, _GAP)
        if not 0 <= event.y < len(lines):
            return None
        for index, column in lines[int(event.y)]:
            if column <= event.x - _PADDING < column + pieces[index].cell_length:
                return keys[index]
        return None

    @property
    def shown(self) -> list[ShownKey]:
        """What stands there now."""
        return self._fitting(self.content_size.width)

    def _fitting(self, width: int) -> list[ShownKey]:
        """Laid out once for each width: it is asked for with each drawing and each mouse move."""
        if width not in self._fitted:
            self._fitted[width] = self._fit(width)
        return self._fitted[width]

    def _fit(self, width: int) -> list[ShownKey]:
        """All keys; beyond two lines without some that can be spared, if that saves a line."""

        def lines(keys: Sequence[ShownKey]) -> int:
            return max(_MOST_LINES, len(flow(_pieces(keys), width, _GAP)))

        less = (SPARE[:many] for many in range(len(SPARE) + 1))
        fewer = ([one for one in self._keys if not _is_one_of(one, spared)] for spared in less)
        return min(fewer, key=lines)


def _is_one_of(one: ShownKey, verbs: Sequence[str]) -> bool:
    """Whether it is one of these and nothing else here: what a screen calls otherwise it needs."""
    return one.verb in verbs and one.label == _(VERBS[one.verb].label)


def _pieces(keys: Sequence[ShownKey]) -> list[Content]:
    return [
        Content.assemble((name_key(one.key), "bold $primary"), " ", (one.label, "$foreground"))
        for one in keys
    ]


def is_offered(active: ActiveBinding, screen: Screen[object]) -> bool:
    """Whether whoever is here is shown this key."""
    return not isinstance(screen, Offering) or screen.offers(active.binding.id or "")


def place_of(active: ActiveBinding, screen: Screen[object]) -> tuple[bool, int]:
    """Where a key stands among all: the screen's own as it declares them, the program's last.

    Wherever the cursor is, each key keeps its place; Textual's order follows the focus.
    """
    own = [one.id for one in type(screen).BINDINGS if isinstance(one, Binding)]
    place = own.index(active.binding.id) if active.binding.id in own else len(own)
    return active.node is not screen, place


def _is_shown(active: ActiveBinding, screen: Screen[object]) -> bool:
    return active.binding.show and active.enabled and is_offered(active, screen)
