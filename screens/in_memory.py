"""Several lists beside each other that are in memory: narrowed, arranged and copied alike."""

from __future__ import annotations

from textual import getters

from screens.home.queue_bar import QueueBar
from screens.narrowing import NarrowedScreen
from screens.widgets.filter_box import FilterBox
from screens.widgets.listing import Listing


class InMemoryScreen(NarrowedScreen):
    """A screen with tabs, a box to type into, and one list below them."""

    tabs = getters.query_one(QueueBar)

    def on_filter_box_sideways(self, event: FilterBox.Sideways) -> None:
        """In the empty box left and right go to the other lists."""
        self.tabs.action_move(event.way)

    def on_listing_sideways(self, event: Listing.Sideways) -> None:
        """And so in the list."""
        self.tabs.action_move(event.way)

    def on_queue_bar_chosen(self, event: QueueBar.Chosen) -> None:
        """Another list is wanted."""
        self.tabs.shown = event.index
        self.show_list(keep_cursor=False)
