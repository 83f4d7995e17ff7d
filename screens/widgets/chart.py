"""Bars for the eye, in the colours of the theme; kinds differ in their shading, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.color import Color
from textual.content import Content
from textual_plotext import PlotextPlot

_SHADES = ("█", "▒", "░", "▓")
_GAP = 0.1
_TICK_CELLS = 8
_FEWEST_PLACES = 7
_AXIS_CELLS = 8


@dataclass(frozen=True)
class Series:
    """One kind of bar: the theme's colour that it has, and a value for each place."""

    colour: str
    values: Sequence[int]


def shade(place: int) -> str:
    """The shading of a series."""
    return _SHADES[place % len(_SHADES)]


def shaded(words: str, colour: str, place: int, *, plain: bool) -> Content:
    """What a series is called, with its shading; a plain screen has no bars to tell apart."""
    if plain:
        return Content(words)
    return Content.assemble((shade(place), f"${colour}"), f" {words}")


class Chart(PlotextPlot):
    """Groups of bars over labels. Figures stand in words beside it: nobody has to read it."""

    DEFAULT_CSS = """
    Chart { height: 9; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id)
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()

    def on_mount(self) -> None:
        """Other colours, another drawing."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())

    def on_resize(self) -> None:
        """Another width has room for other labels."""
        self._draw()

    def show(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Draw these."""
        self._labels, self._series = labels, series
        self._draw()

    def _draw(self) -> None:
        plot = self.plt
        plot.clear_figure()
        count = len(self._series)
        if not self._labels or not count:
            self.refresh()
            return
        width = (1 - _GAP * 2) / count
        for place, one in enumerate(self._series):
            shift = (place - (count - 1) / 2) * width
            places = [at + shift for at in range(len(self._labels))]
            colour = self._rgb(one.colour)
            plot.bar(places, list(one.values), width=width, marker=shade(place), color=colour)
        room = max(1, (self.size.width - _AXIS_CELLS) // _TICK_CELLS)
        step = -(-len(self._labels) // room)
        shown = range(0, len(self._labels), step)
        plot.xticks(list(shown), [self._labels[at] for at in shown])
        highest = max(1, *(max(one.values, default=0) for one in self._series))
        plot.ylim(0, highest)
        # A bar alone would fill the whole width.
        plot.xlim(-0.5, max(len(self._labels), _FEWEST_PLACES) - 0.5)
        plot.yticks(sorted({0, highest // 2, highest}))
        self.refresh()

    def _rgb(self, name: str) -> tuple[int, int, int]:
        """A colour of the theme as the plot wants it."""
        return Color.parse(self.app.theme_variables[name]).rgb
