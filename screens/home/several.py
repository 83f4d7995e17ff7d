"""What is done to several rows of the first screen at once: marked, copied, acted on."""

from __future__ import annotations

from functools import partial

from textual import getters

from clerk.contract.user import Role
from clerk.locale import _, _n
from clerk.rules.identifiers.masking import scrub
from screens.base import DeskScreen
from screens.case.performer import Performer
from screens.case.verbs import may_ever
from screens.home import batch, drafts
from screens.home.lists import PAGE, Entry
from screens.home.long_list import LongList
from screens.home.marks import Marks, row_text
from screens.not_here import tell_not_here
from screens.supervision.asking import AskingKeys, may_urge
from screens.widgets.listing import Listing
from screens.widgets.paged import Paged
from services.counter import Done


class SeveralRows(DeskScreen):
    """A screen with a list of cases whose rows are marked and worked on together."""

    listing = getters.query_one("#cases", Listing)
    _long: LongList

    def __init__(self) -> None:
        """Begin with nothing marked."""
        super().__init__()
        self._marks = Marks()
        self._batch = batch.BatchKeys(self, self._unmark)

    @property
    def _entries(self) -> Paged[Entry]:
        """The lines that are shown."""
        return self._long.entries

    def offers(self, verb: str) -> bool:
        """What is done to marked cases is for those whose roles can."""
        user = self.desk.present
        if verb in batch.VERBS and (user is None or not may_ever(user, verb, None)):
            return False
        if verb == "ask" and (user is None or not may_urge(user)):
            return False
        if verb in drafts.VERBS and (user is None or not user.has(Role.COUNTER)):
            return False
        return super().offers(verb)

    def on_listing_marked(self, event: Listing.Marked) -> None:
        """Rows are marked with the mouse, too."""
        if event.listing is self.listing:
            by_id = {one.id: one for one in self._entries.held}
            self._marks.take(self.listing, by_id.get)

    def action_copy(self) -> None:
        """Copy the marked rows, or the one under the cursor, as they are shown."""
        entries = self._chosen
        if entries:
            self.app.copy_to_clipboard(scrub(row_text(entries)))
            self.app.say(
                _n("{count} row is copied.", "{count} rows are copied.", len(entries)).format(
                    count=len(entries)
                )
            )
        else:
            self.app.warn(_("There is no row under the cursor."))

    def action_agree(self) -> None:
        """Accept or grant all that are marked."""
        self._begin_batch("agree")

    def action_send_on(self) -> None:
        """Pass on all that are marked."""
        self._begin_batch("send_on")

    def action_claim(self) -> None:
        """Claim all that are marked."""
        self._begin_batch("claim")

    def action_produce(self) -> None:
        """The results of all that are marked are made."""
        self._begin_batch("produce")

    def action_ask(self) -> None:
        """Urge the holders of all that are marked, or supervise them."""
        marked = self._marks.entries
        if not self.offers("ask"):
            self.app.warn(tell_not_here("ask", self.desk.present))
        elif self._are_cases():
            refused = partial(batch.refused_of, self.desk, marked)
            AskingKeys(Performer(self, _nothing), self.desk).ask_several(
                marked, self._unmark, refused
            )

    def action_discard(self) -> None:
        """Throw the marked drafts away, or the one under the cursor."""
        if self.offers("discard"):
            drafts.discard_drafts(self, self._chosen, self._unmark)
        else:
            self.app.warn(tell_not_here("discard", self.desk.present))

    @property
    def _chosen(self) -> tuple[Entry, ...]:
        """What is marked, else what is under the cursor."""
        here = self._entries.find(self.listing.cursor)
        return self._marks.entries or ((here,) if here else ())

    def _mark(self) -> None:
        """Mark the row under the cursor or take its mark away, and go on to the next."""
        here = self._entries.find(self.listing.cursor)
        if here is None:
            self.app.warn(_("There is no row under the cursor."))
        else:
            self._marks.turn(self.listing, here)

    def _mark_all(self) -> None:
        """Mark all that are shown, or none; a list of many pages is not read for that."""
        shown = range(min(self.listing.length, PAGE + 1))
        found = [one for one in map(self._entries.find, shown) if one is not None]
        if not found:
            self.app.warn(_("There is no row under the cursor."))
        elif self.listing.length > len(found):
            told = _("At most {most} rows are marked at once. Narrow the list: type a name.")
            self.app.warn(told.format(most=PAGE))
        else:
            self._marks.turn_all(self.listing, found)

    def _unmark(self) -> None:
        self._marks.clear(self.listing)
        self.reload()

    def _begin_batch(self, verb: str) -> None:
        if not self.offers(verb):
            self.app.warn(tell_not_here(verb, self.desk.present))
        elif self._are_cases():
            self._batch.begin(verb, self._marks.entries)

    def _are_cases(self) -> bool:
        """Whether cases are marked; else it is said what to do."""
        told = ""
        if not self._marks.entries:
            told = _("Mark cases first, with Space; or open one with Enter.")
        elif any(one.is_draft for one in self._marks.entries):
            told = _("A draft is gone on with by Enter; Ctrl+D throws the marked ones away.")
        if told:
            self.app.warn(told)
        return not told


def _nothing(_said: str, _done: Done) -> None:
    """What is done to several has a summary of its own."""
