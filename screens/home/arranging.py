"""How a list is arranged: sorted, grouped, kept under a name of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from clerk.locale import _, mark
from screens.base import DeskScreen
from screens.case.offer import Offer, offer
from screens.dialogs import AskText
from screens.home.lists import DRAFTS, SAVED
from screens.kept import name_question
from services.cases import Order
from services.queues import Queue
from services.saved_lists import SavedList


class Arranged(NamedTuple):
    """In which order a list is shown, and whether each group has its heading."""

    order: Order | None = None
    grouped: bool = False


AS_IT_IS = Arranged()

_WAYS: tuple[tuple[str, Arranged], ...] = (
    (mark("Sort: as the list is"), AS_IT_IS),
    (mark("Sort: the newest first"), Arranged(Order.NEWEST)),
    (mark("Sort: the oldest first"), Arranged(Order.OLDEST)),
    (mark("Sort: by promised day"), Arranged(Order.DUE)),
    (mark("Sort: by applicant"), Arranged(Order.APPLICANT)),
    (mark("Group: by item"), Arranged(Order.ITEM, grouped=True)),
    (mark("Group: by applicant"), Arranged(Order.APPLICANT, grouped=True)),
    (mark("Group: by department"), Arranged(Order.DEPARTMENT, grouped=True)),
)


_OF_CASES = (Order.DUE, Order.DEPARTMENT)
"""What drafts have none of; they are gone with the day, and so is what would be kept of them."""


def by_heading(order: str, now: Arranged) -> Arranged:
    """What a click on a heading asks for; a second one turns it round, or takes it back."""
    if Order(order) is not Order.NEWEST:
        return AS_IT_IS if now.order == order else Arranged(Order(order))
    return Arranged(Order.OLDEST if now.order is Order.NEWEST else Order.NEWEST)


class Arranging:
    """What Shift+F7 offers over a list."""

    def __init__(self, screen: DeskScreen, arrange: Callable[[Arranged], None]) -> None:
        """Show the list anew by `arrange`."""
        self._screen = screen
        self._arrange = arrange

    def begin(self, queue: Queue, text: str, now: Arranged) -> None:
        """Offer the ways, to keep the list as it is shown, and to forget one that was kept."""
        drafts = queue.key == DRAFTS.key
        ways = [one for one in _WAYS if not drafts or one[1].order not in _OF_CASES]
        offers = [Offer(_(label), partial(self._arrange, way)) for label, way in ways]
        if not drafts:
            keep = partial(self._ask, queue, text, now)
            offers.append(Offer(_("Keep this list under a name…"), keep))
        if queue.key.startswith(SAVED):
            name = queue.key.removeprefix(SAVED)
            told = _("Forget the list “{name}”").format(name=name)
            offers.append(Offer(told, partial(self._forget, name)))
        offer(self._screen, _("Arrange the list"), offers)

    def of(self, queue: Queue) -> Arranged:
        """How a list begins: as it was kept."""
        name = queue.key.removeprefix(SAVED)
        for one in self._screen.desk.saved_lists.all():
            if queue.key != name and one.name == name:
                return Arranged(one.order, one.grouped)
        return AS_IT_IS

    def _ask(self, queue: Queue, text: str, now: Arranged) -> None:
        keep = partial(self._keep, queue, text, now)
        self._screen.app.push_screen(AskText(_("Keep this list"), [name_question()]), keep)

    def _keep(self, queue: Queue, text: str, now: Arranged, answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        saved, base = self._screen.desk.saved_lists, queue.key
        if queue.key.startswith(SAVED):
            name = queue.key.removeprefix(SAVED)
            base = next((one.queue for one in saved.all() if one.name == name), "all")
        kept = SavedList(
            name=answers["name"],
            queue=base,
            text=text or queue.query.text,
            order=now.order or queue.query.order,
            grouped=now.grouped,
        )
        told = _("Kept: “{name}” stands beside the other lists.").format(name=kept.name)
        self._screen.do(saved.keep, kept, done=lambda _kept: self._screen.app.say(told))

    def _forget(self, name: str) -> None:
        told = _("The list “{name}” is forgotten; its cases are not touched.").format(name=name)
        forget = self._screen.desk.saved_lists.forget
        self._screen.do(forget, name, done=lambda _gone: self._screen.app.say(told))
