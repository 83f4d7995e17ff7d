"""A list that is in memory, with a box over it: what is typed narrows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import getters
from textual.events import Key
from textual.widgets import Input

from screens.sorting import SortedScreen, Weigh
from screens.widgets.listing import Column
from screens.widgets.rows import Rows

T = TypeVar("T")


class NarrowedScreen(SortedScreen):
    """A screen with a box to type into, and one list below it."""

    OWN_SIGNS: ClassVar[str] = " "
    """What is typed over the list and yet means something else there."""

    typing = getters.query_one("#filter", Input)

    def narrow(self) -> None:
        """Something else was typed."""
        self.show_list(keep_cursor=False)

    def rows_of(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        weigh: Weigh[T] | None = None,
    ) -> Rows[T]:
        """Those of the things that are meant, in order, as the list shows them."""
        meant = [one for one in things if self.is_meant(write(one))]
        return self.arranged(meant, columns, write, colour, weigh)

    def is_meant(self, cells: Sequence[str]) -> bool:
        """Whether each word that was typed stands somewhere in a row."""
        told = " ".join(cells).casefold()
        close = "".join(told.split())
        return all(word in told or word in close for word in self.typing.value.casefold().split())

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self.narrow()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """To what was found."""
        self.listing.focus()

    def on_key(self, event: Key) -> None:
        """What is typed over the list goes into the box; down leads back."""
        typed = event.character if event.is_printable else None
        if event.key == "down" and self.typing.has_focus:
            self.listing.focus()
        elif self.listing.has_focus and typed and typed not in self.OWN_SIGNS:
            event.stop()
            self.typing.focus()
            self.typing.insert_text_at_cursor(typed)
