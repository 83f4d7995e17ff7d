"""How the window is dressed: the colours somebody chose, in frames or plain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand

from clerk.locale import LANGUAGES, _, language, use_language
from screens.breaking import keep_numbers_whole
from screens.themes import NAMES, THEMES

if TYPE_CHECKING:
    from services.looks import Looks

PLAIN = "-plain"
"""The class of every screen that draws no frames."""

_PLAIN_SHEET = Path(__file__).with_name("plain.tcss")


def dress(app: App[Any], looks: Looks | None = None, *, plain: bool = False) -> None:
    """Put on what this desk wears: its colours, and plain where somebody wants it so.

    At its load, so that the first frame is drawn in them and nothing is drawn twice.
    """
    # Whoever turns a page wants to read it, not to see it pass by.
    app.animation_level = "none"
    keep_numbers_whole()
    for theme in THEMES:
        app.register_theme(theme)
    chosen = looks.colours if looks else ""
    _begin_in(app, chosen if chosen in NAMES else THEMES[0].name)
    if plain or (looks and looks.plain):
        _mark_plain(app, plain=True)


def _begin_in(app: App[Any], colours: str) -> None:
    """As a choice of colours, but for the second drawing of what is not drawn yet."""
    app.set_reactive(App.theme, colours)
    dark = app.current_theme.dark
    app.set_class(dark, "-dark-mode").set_class(not dark, "-light-mode")
    app.add_class(f"-theme-{colours}")
    app.stylesheet.set_variables(app.get_css_variables())


def _mark_plain(app: App[Any], *, plain: bool) -> None:
    """No frames, one thing below the other: a screen reader finds words.

    The sheet of it is for whoever wants one; nobody else waits for it.
    """
    app.set_class(plain, PLAIN)
    if plain and not app.stylesheet.has_source(str(_PLAIN_SHEET)):
        app.stylesheet.read(_PLAIN_SHEET)


def change_plain(app: App[Any], looks: Looks | None) -> None:
    """Plain from now on, or with frames again; kept for the next start.

    What the screen in front draws with characters is no matter of style sheets: it draws anew.
    """
    from screens.base import DeskScreen

    plain = not app.has_class(PLAIN)
    _mark_plain(app, plain=plain)
    app.refresh_css(animate=False)
    if isinstance(app.screen, DeskScreen):
        app.screen.reload()
    if looks is not None:
        looks.keep_plain(plain=plain)


def speak_next(looks: Looks | None) -> None:
    """Speak the next language; kept for the next start."""
    spoken = LANGUAGES.index(language())
    use_language(LANGUAGES[(spoken + 1) % len(LANGUAGES)])
    if looks is not None:
        looks.keep_language(language())


def offered_looks(app: App[Any], looks: Looks | None) -> Iterator[SystemCommand]:
    """What the palette offers about looks."""
    told = _("Choose other colours")
    yield SystemCommand(_("Colours"), told, partial(choose_colours, app, looks))
    told = _("Draw no frames, for a screen reader; once more draws them again")
    yield SystemCommand(_("Plain screen"), told, partial(change_plain, app, looks))


def choose_colours(app: App[Any], looks: Looks | None) -> None:
    """Offer the colours by their names; the choice is kept for the next start."""
    from screens.dialogs.choose import Choose

    def take(name: str | None) -> None:
        if name is not None:
            app.theme = name
            if looks is not None:
                looks.keep_colours(name)

    options = [(name, _(told)) for name, told in NAMES.items()]
    app.push_screen(Choose(_("Choose other colours"), options), take)
