"""The lists that somebody keeps under a name: what was typed over one, and how it was arranged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clerk.locale import _
from screens.case.offer import Offer
from screens.dialogs import AskText, Question
from services.saved_lists import MOST_NAME, SavedList

if TYPE_CHECKING:
    from screens.sorting import SortedScreen


def name_question() -> Question:
    """What a list is to be called."""
    label = _("Name of the list, at most {most} characters").format(most=MOST_NAME)
    return Question("name", label)


class KeptLists:
    """Knows those of one screen, offers to keep and to forget, and which of them is shown."""

    def __init__(self, screen: SortedScreen) -> None:
        """Begin with none."""
        self._screen = screen
        self._known: tuple[SavedList, ...] = ()
        self._chosen: SavedList | None = None
        self.beside = False
        """Whether they stand beside the other lists, and need no line of their own to be shown."""

    @property
    def known(self) -> tuple[SavedList, ...]:
        """All of this screen."""
        return self._known

    @property
    def shown(self) -> SavedList | None:
        """The one that is shown; none once another list is."""
        one = self._chosen
        return one if one is not None and one.queue == self._screen.list_key else None

    @property
    def is_chosen(self) -> bool:
        """Whether one was chosen, and the whole list not again."""
        return self._chosen is not None

    def read(self) -> None:
        """Read those of whoever is here now."""
        app = self._screen.app
        somebody = app.is_open and app.desk.present is not None
        self._known = app.desk.saved_lists.all(self._of) if somebody else ()
        if self._chosen not in self._known:
            self._chosen = None

    def choose(self, one: SavedList | None) -> None:
        """Show this one from now on."""
        self._chosen = one

    def offers(self) -> list[Offer]:
        """To show one of them, to keep the list as it is shown, and to forget the one shown."""
        offers = [] if self.beside else self._to_show()
        offers.append(Offer(_("Keep this list under a name…"), self._ask))
        if self.shown is not None:
            told = _("Forget the list “{name}”").format(name=self.shown.name)
            offers.append(Offer(told, partial(self._forget, self.shown)))
        return offers

    @property
    def _of(self) -> str:
        return self._screen.listing.id or ""

    def _to_show(self) -> list[Offer]:
        show, mine = self._screen.show_kept, self._screen.list_key
        offers = [
            Offer(_("Show the list “{name}”").format(name=one.name), partial(show, one))
            for one in self._known
            if one.queue == mine and one is not self.shown
        ]
        if self.shown is not None:
            offers.append(Offer(_("Show the whole list again"), partial(show, None)))
        return offers

    def _ask(self) -> None:
        dialog = AskText(_("Keep this list"), [name_question()])
        self._screen.app.push_screen(dialog, self._keep)

    def _keep(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        screen, how = self._screen, self._screen.arrangement
        one = SavedList(
            name=answers["name"].strip(),
            of=self._of,
            queue=screen.list_key,
            text=screen.typed,
            by=screen.sorted_by,
            backwards=how.backwards,
            grouped=how.grouped,
        )
        screen.do(screen.desk.saved_lists.keep, one, done=lambda _none: self._say_kept(one))

    def _say_kept(self, one: SavedList) -> None:
        self.read()
        self._screen.show_kept(one)
        if self.beside:
            told = _("Kept: “{name}” stands beside the other lists.")
        else:
            told = _("Kept: Shift+F7 shows “{name}” again.")
        self._screen.app.say(told.format(name=one.name))

    def _forget(self, one: SavedList) -> None:
        forget = self._screen.desk.saved_lists.forget
        self._screen.do(forget, one.name, self._of, done=lambda _none: self._say_forgotten(one))

    def _say_forgotten(self, one: SavedList) -> None:
        self.read()
        self._screen.show_kept(None)
        told = _("The list “{name}” is forgotten; what it showed is not touched.")
        self._screen.app.say(told.format(name=one.name))
