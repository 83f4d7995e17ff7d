"""The looks of all screens, each read once: docs/adr/0030-a-sheet-is-read-once.md."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from screens.failing import DiscreetApp

_SOURCES = 1024
"""Sheets and classes that the whole program has, and many more; Textual keeps 64 in mind."""


class Sheet(Stylesheet):
    """Reads only what is new, where Textual reads all anew with each screen and at each start."""

    def __init__(self) -> None:
        """Begin without colours: the window is dressed before anything is read."""
        super().__init__()
        self._parse_cache = LRUCache(_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forget what was read only where it would be read differently."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what is new, and put all of it together."""
        self.parse()


class SheetApp(DiscreetApp[None]):
    """An application with such a sheet."""

    def __init__(self) -> None:
        """Textual begins with a sheet of its own, which nothing was read into yet."""
        self._has_sheet = False
        super().__init__()
        self.stylesheet = Sheet()
        self._has_sheet = True

    def get_css_variables(self) -> dict[str, str]:
        """The colours it wears; none for a sheet that is not kept, as they are mixed each time."""
        return super().get_css_variables() if self._has_sheet else {}
