"""What is done to several refused acts at once: done once more as they were typed, cleared away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clerk.contract.command import ReceiveCase
from clerk.errors import ClerkError, StoreError
from clerk.locale import _, mark_n
from clerk.rules.numbers import spaced
from screens.base import DeskScreen
from screens.commands import name_command
from screens.lights import name_moment
from screens.together import Refused, SharedAct, Together
from services.sync import OutboxEntry


class SeveralActs:
    """Tells first what cannot be done with each of them, and why."""

    def __init__(self, screen: DeskScreen, finished: Callable[[], None]) -> None:
        """Act in the name of this screen; tell `finished` once all have their answer."""
        self._screen = screen
        self._finished = finished

    def once_more(self, entries: Sequence[OutboxEntry]) -> None:
        """Send them again as they were typed, the oldest first; receipts become drafts again.

        Whoever sends acts on several cases signs for them; a draft needs no signature yet.
        """
        entries = sorted(entries, key=lambda one: one.n)
        repeating, reopened = self._screen.desk.repeating, set[str]()

        def tell() -> None:
            self._finished()
            if reopened:
                self._tell_reopened()

        act = SharedAct[OutboxEntry](
            title=mark_n("Do {count} refused act once more", "Do {count} refused acts once more"),
            act=lambda one, _told: repeating.repeat(one, reopened),
            name=_name,
            signs=not all(isinstance(one.command, ReceiveCase) for one in entries),
            confirm=mark_n(
                "Make {count} refused receipt a draft again, with all that was typed?",
                "Make {count} refused receipts drafts again, with all that was typed?",
            ),
        )
        together = Together(self._screen, act, entries, tell)
        self._screen.do(lambda: _refused(entries, repeating.demand), done=together.begin)

    def let_go(self, entries: Sequence[OutboxEntry]) -> None:
        """Leave the cases as they are, and forget the acts."""
        dismiss = self._screen.desk.sync.dismiss
        act = SharedAct[OutboxEntry](
            title=mark_n("Clear {count} refused act away", "Clear {count} refused acts away"),
            act=lambda one, _told: dismiss(one.n),
            name=_name,
            confirm=mark_n(
                "Clear {count} refused act away? The case stays as it is now; what was typed is"
                " gone.",
                "Clear {count} refused acts away? The cases stay as they are now; what was typed is"
                " gone.",
            ),
        )
        Together(self._screen, act, entries, self._finished).begin(_refused(entries, _demand))

    def _tell_reopened(self) -> None:
        told = _(
            "The receipts are drafts again, in the list of drafts. Receiving gives new numbers and"
            " new receipts; the old ones hold no more."
        )
        self._screen.app.notify(told, timeout=20, markup=False)


def _refused(entries: Sequence[OutboxEntry], demand: Callable[[OutboxEntry], object]) -> Refused:
    refused: dict[int, ClerkError] = {}
    for place, entry in enumerate(entries):
        try:
            demand(entry)
        except ClerkError as problem:
            refused[place] = problem
    return refused


def _demand(entry: OutboxEntry) -> None:
    if not entry.is_refused:
        raise StoreError("outbox.not_refused", n=entry.n)


def _name(entry: OutboxEntry) -> tuple[str, str]:
    """The act, and the receipt's number or when it was typed."""
    command = entry.command
    number = spaced(command.number) if isinstance(command, ReceiveCase) else ""
    return name_command(command), number or name_moment(entry.at)
