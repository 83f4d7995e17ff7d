"""What is done to drafts from the list of them: thrown away, those that are marked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clerk.locale import _, mark_n
from screens.base import DeskScreen
from screens.home.lists import Entry
from screens.together import SharedAct, Together

VERBS = ("discard",)
"""What can be done to drafts without opening them."""


def discard_drafts(
    screen: DeskScreen, entries: Sequence[Entry], finished: Callable[[], None]
) -> None:
    """Throw these away, once asked; a case is never thrown away."""
    drafts = [one for one in entries if one.is_draft]
    if not drafts:
        screen.app.warn(_("Only drafts are thrown away; they stand in the list of drafts."))
        return
    discard = screen.desk.drafts.discard
    act = SharedAct[Entry](
        title=mark_n("Throw {count} draft away", "Throw {count} drafts away"),
        act=lambda one, _told: discard(one.id),
        name=lambda one: (one.cells[1], one.cells[2]),
        confirm=mark_n(
            "Throw {count} draft away? What was typed in it will be gone.",
            "Throw {count} drafts away? What was typed in them will be gone.",
        ),
    )
    Together(screen, act, drafts, finished).begin({})
