"""Several lists beside each other that are in memory: narrowed, arranged and copied alike."""

from __future__ import annotations

from textual import getters
from textual.widgets import Input

from screens.home.queue_bar import QueueBar
from screens.narrowing import NarrowedScreen
from screens.widgets.filter_box import FilterBox
from screens.widgets.listing import Listing
from services.saved_lists import SavedList


class InMemoryScreen(NarrowedScreen):
    """A screen with tabs, a box to type into, and one list below them.

    The lists that somebody keeps stand behind the others.
    """

    tabs = getters.query_one(QueueBar)

    def __init__(self) -> None:
        """Begin with none of them."""
        super().__init__()
        self.kept.beside = True

    @property
    def list_key(self) -> str:
        """The list that is shown, or that the one shown was kept from."""
        counted = self.tabs.counted
        return counted[self.tabs.shown].queue.key if self.tabs.shown < len(counted) else ""

    async def recompose(self) -> None:
        """In another language the same list is shown, as narrow, with the cursor on its row."""
        shown, typed, row = self.tabs.shown, self.typing.value, self.listing.cursor
        await super().recompose()
        self.tabs.shown = shown
        with self.prevent(Input.Changed):
            self.typing.value = typed
        self.listing.cursor = row

    def show_kept(self, one: SavedList | None) -> None:
        """Its list is shown, narrowed and arranged as it was kept."""
        keys = [counted.queue.key for counted in self.tabs.counted]
        if one is not None and one.queue in keys:
            self.tabs.shown = keys.index(one.queue)
        super().show_kept(one)

    def on_filter_box_sideways(self, event: FilterBox.Sideways) -> None:
        """In the empty box left and right go to the other lists."""
        self.tabs.action_move(event.way)

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """And so in the list."""
        self.tabs.action_move(event.way)

    def on_queue_bar_chosen(self, event: QueueBar.Chosen) -> None:
        """Another list is wanted."""
        first = len(self.tabs.counted)
        if event.index >= first:
            self.show_kept(self.kept.known[event.index - first])
        else:
            self.tabs.shown = event.index
            self.show_kept(None)

    def show_names(self) -> None:
        """The lists that are kept stand beside the others, the one shown among them."""
        known, shown = self.kept.known, self.kept.shown
        place = known.index(shown) if shown in known else None
        self.tabs.show_kept([one.name for one in known], place)
