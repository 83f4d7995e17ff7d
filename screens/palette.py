"""The command palette: every act of the screen in front, found by Chinese, pinyin or English."""

from __future__ import annotations

from typing import cast

from textual.app import App
from textual.command import CommandList, CommandPalette, Provider

from clerk.locale import _


class Palette(CommandPalette):
    """Textual's; in a window without room for what it found, no key moves among that."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


def open_palette(app: App[None]) -> None:
    """Open it, unless it is open; Textual's own speaks English only."""
    if not CommandPalette.is_open(cast("App[object]", app)):
        palette = Palette(placeholder=_("Search for an act"))
        app.push_screen(palette)


def find_acts() -> type[Provider]:
    """What it looks through; read when it is opened, and not before the first frame."""
    from screens.acts import Acts

    return Acts
