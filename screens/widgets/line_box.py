"""A box of one line to type into."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class LineBox(Input):
    """Textual's own, which lays out the whole screen for each letter that is typed into it."""

    # A longer text scrolls within the box, which keeps its size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
