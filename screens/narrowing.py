"""A list that is in memory, with a box over it: what is typed narrows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import getters
from textual.events import Key
from textual.widgets import Input

from clerk.rules.typed import is_meant
from screens.arrangement import Weigh
from screens.sorting import SortedScreen
from screens.widgets.column import Column
from screens.widgets.rows import Rows
from services.saved_lists import SavedList

T = TypeVar("T")


class NarrowedScreen(SortedScreen):
    """A screen with a box to type into, and one list below it."""

    OWN_SIGNS: ClassVar[str] = " *"
    """What is typed over the list and yet means something else there."""

    typing = getters.query_one("#filter", Input)

    @property
    def takes_typing(self) -> bool:
        """Whether what is typed belongs into the box: where the cursor is in the list."""
        return self.listing.has_focus

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return self.typing.value

    def show_kept(self, one: SavedList | None) -> None:
        """With what was typed when it was kept; the box is empty for another list."""
        if one is not None or self.kept.is_chosen:
            self.typing.value = one.text if one is not None else ""
        super().show_kept(one)

    def narrow(self) -> None:
        """Something else was typed."""
        self.show_list(keep_cursor=False)

    def rows_of(
        self,
        things: Sequence[T],
        columns: Sequence[Column],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        *,
        weigh: Weigh[T] | None = None,
        identify: Callable[[T], str] | None = None,
        also: Callable[[T], Sequence[str]] = lambda _thing: (),
    ) -> Rows[T]:
        """Those of the things that are meant, in order, as the list shows them."""
        meant = self.meant(things, write, also)
        return self.arranged(meant, columns, write, colour, weigh=weigh, identify=identify)

    def meant(
        self,
        things: Sequence[T],
        write: Callable[[T], Sequence[str]],
        also: Callable[[T], Sequence[str]] = lambda _thing: (),
    ) -> list[T]:
        """Those that what was typed means, by their row and by what else is known of them."""
        if not self.typed.strip():
            return list(things)
        return [one for one in things if self.is_meant((*write(one), *also(one)))]

    def is_meant(self, cells: Sequence[str]) -> bool:
        """Whether each word that was typed stands somewhere in a row."""
        return is_meant(cells, self.typing.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        if event.input is self.typing:
            self.narrow()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To what was found."""
        if event.input is self.typing:
            self.listing.focus()

    def on_key(self, event: Key) -> None:
        """What is typed over the list goes into the box; down leads back."""
        typed = event.character if event.is_printable else None
        if event.key == "down" and self.typing.has_focus:
            self.listing.focus()
        elif self.takes_typing and typed and typed not in self.OWN_SIGNS:
            event.stop()
            self.typing.focus()
            self.typing.insert_text_at_cursor(typed)
