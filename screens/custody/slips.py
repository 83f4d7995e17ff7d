"""The keys of slips: taken back and printed, one or several that are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from clerk.errand import Errand
from clerk.locale import Plural, mark_n
from screens.together import SharedAct, Together, printed
from services.counter import Done
from services.custody import Handed
from services.paper_lists import OpenSlip

if TYPE_CHECKING:
    from pathlib import Path

    from screens.custody.screen import CustodyScreen


class SlipKeys:
    """Tells of several slip by slip what came of it; each is counted by itself."""

    def __init__(
        self,
        screen: CustodyScreen,
        hand: Callable[[Callable[[Errand], Handed]], None],
        say_paper: Callable[[Path], None],
    ) -> None:
        """Act in the name of this screen, which does to one what the others do."""
        self._screen = screen
        self._hand = hand
        self._say_paper = say_paper

    def take_back(self, slips: Sequence[OpenSlip]) -> None:
        """Those that nobody has confirmed."""
        recall = self._screen.desk.custody.recall
        if len(slips) == 1:
            self._hand(partial(recall, slips[0]))
            return

        def act(slip: OpenSlip) -> None:
            failed = recall(slip).failed
            if failed:
                raise failed[0][1]

        self._begin(slips, mark_n("Take {count} slip back", "Take {count} slips back"), act)

    def print_again(self, slips: Sequence[OpenSlip]) -> None:
        """Each once more."""
        press = self._screen.desk.custody.print_again
        if len(slips) == 1:
            self._screen.do(press, slips[0], done=self._say_paper)
            return

        def act(slip: OpenSlip) -> Done:
            return printed(press(slip))

        self._begin(
            slips, mark_n("Print {count} slip once more", "Print {count} slips once more"), act
        )

    def _begin(
        self, slips: Sequence[OpenSlip], title: Plural, act: Callable[[OpenSlip], Done | None]
    ) -> None:
        if slips:
            shared = SharedAct[OpenSlip](title, lambda one, _told: act(one), _name)
            Together(self._screen, shared, slips, self._screen.end_several).begin({})


def _name(slip: OpenSlip) -> tuple[str, str]:
    return slip.number, slip.first.by.name
