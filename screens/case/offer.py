"""Things to choose from with one key: what each is called, and what choosing it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from screens.base import DeskScreen
from screens.dialogs import Choose


class Offer(NamedTuple):
    """One thing to choose."""

    label: str
    choose: Callable[[], None]


def offer(screen: DeskScreen, title: str, offers: Sequence[Offer]) -> None:
    """Let one of them be chosen, and do it."""

    def chosen(place: str | None) -> None:
        if place is not None:
            offers[int(place)].choose()

    labels = [(str(place), one.label) for place, one in enumerate(offers)]
    screen.app.push_screen(Choose(title, labels), chosen)
