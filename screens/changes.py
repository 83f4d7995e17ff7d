"""Only what changed goes to the terminal: docs/adr/0025-send-what-changed.md.

Textual sends all of a widget that is drawn anew, of every widget that a layout moved, and the whole
screen where it cannot know better. Most of it stands there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from screens.calm import CalmScreen
from screens.sheet import SheetApp

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from textual.geometry import Size
    from textual.screen import Screen

Piece = tuple[int, int, Strip]
"""A column, a line, and what stands there."""


class Changes(CompositorUpdate):
    """Pieces of lines that are not on the terminal yet."""

    def __init__(self, pieces: list[Piece]) -> None:
        """Send these."""
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What a terminal is sent."""
        return "".join(
            Control.move_to(x, y).segment.text + strip.render(console)
            for x, y, strip in self.pieces
        )

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        """The same for Rich, as every update of Textual's has it."""
        for x, y, strip in self.pieces:
            yield Control.move_to(x, y).segment
            yield from strip


class Sent:
    """What stands on the terminal, by line and column."""

    def __init__(self) -> None:
        """Nothing is known to stand there."""
        self._lines: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Whatever stands there, it is sent anew."""
        self._lines.clear()

    def take(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Those that do not stand there yet; from now on they do."""
        return [piece for piece in pieces if self._put(*piece)]

    def _put(self, x: int, y: int, strip: Strip) -> bool:
        """Put one piece in its place, over what it covers; whether that is any change."""
        line = self._lines.setdefault(y, {})
        if line.get(x) == strip:
            return False
        end = x + strip.cell_length
        for start in [one for one in line if one < end and one + line[one].cell_length > x]:
            del line[start]
        line[x] = strip
        return True


class FrugalApp(SheetApp):
    """Sends a frame's changes. Whoever goes to another screen gets all of it, whatever stood there.

    So a terminal that something else wrote to is whole again with the next screen.
    """

    def __init__(self) -> None:
        """Nothing was sent yet."""
        super().__init__()
        self._sent = Sent()
        self._sent_of: tuple[Screen[Any], Size] | None = None

    def get_default_screen(self) -> Screen[None]:
        """The blank one below all others, which is styled once as they are."""
        return CalmScreen(id="_default")

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send what changed; a frame without any change is none."""
        if self._batch_count or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            return
        if self._sent_of != (screen, self.size):
            self._sent_of = screen, self.size
            self._sent.forget()
        changed = self._sent.take(pieces_of(renderable))
        if changed or self.cursor_position != self._previous_cursor_position:
            super()._display(screen, Changes(changed))

    def _end_batch(self) -> None:
        """Have the screen draw what it held back while changes gathered."""
        super()._end_batch()
        if self.screen_stack:
            self.screen.check_idle()

    def draw_whole(self) -> None:
        """Send all that the screen shows, for a terminal that something else wrote to."""
        self._sent.forget()
        self.screen.refresh()

    def on_resize(self) -> None:
        """A terminal of another size may have moved all that it showed."""
        self._sent.forget()


def pieces_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[Piece]:
    """All that Textual would send."""
    return _of_layout(update) if isinstance(update, LayoutUpdate) else _of_chops(update)


def _of_layout(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield x, y, strip
            x += strip.cell_length


def _of_chops(update: ChopsUpdate) -> Iterator[Piece]:
    """As Textual cuts them: whole where they lie within a span, else up to its end."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if strip is None or x > last or end <= first:
                continue
            whole = first <= x < last and end <= last
            yield x, y, strip if whole else _up_to(strip, min(end, last) - x)


def _up_to(strip: Strip, cells: int) -> Strip:
    """The beginning of a strip; a wide character that lies across its end stays whole.

    Textual sends a blank for its half: the character stayed away where a dialog had ended on it
    and became smaller.
    """
    reached = 0
    for character in strip.text:
        if reached >= cells:
            break
        reached += cell_len(character)
    return strip.crop(0, max(cells, reached))
