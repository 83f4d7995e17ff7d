"""The command palette: every verb of the screen in front, found by its name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import App, SystemCommand
from textual.command import CommandPalette

from clerk.locale import _
from screens.looks import offered_looks
from screens.widgets.key_bar import is_offered

if TYPE_CHECKING:
    from textual.screen import Screen

    from services.looks import Looks


def open_palette(app: App[None]) -> None:
    """Open it, unless it is open; Textual's own speaks English only."""
    if not CommandPalette.is_open(cast("App[object]", app)):
        palette = CommandPalette(placeholder=_("Search for an act"), id="--command-palette")
        app.push_screen(palette)


def commands_of(
    app: App[None], screen: Screen[object], looks: Looks | None
) -> Iterable[SystemCommand]:
    """What it offers: every verb of the screen in front, and how the window looks."""
    for active in screen.active_bindings.values():
        if active.binding.id and active.enabled and is_offered(active, screen):
            yield SystemCommand(
                active.binding.description,
                active.binding.tooltip,
                partial(app.simulate_key, active.binding.key),
            )
    yield from offered_looks(app, looks)
