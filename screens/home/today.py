"""The day in a line or two of the first screen: one's own figures, and the lights one watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from clerk.clock import OFFICE_ZONE
from clerk.contract.supervision import Board
from clerk.errors import ClerkError
from clerk.locale import _, mark
from clerk.rules.clock import Light
from clerk.rules.supervision.tallying import Row, tally_board
from screens.base import DeskScreen
from screens.lights import colour_of, name_light
from screens.widgets.facts import Fact, Facts
from services.bootstrap import Desk
from services.today import OwnDay

_WORDS = {
    "taken_in": mark("taken in"),
    "accepted": mark("accepted"),
    "supplements": mark("supplements"),
    "handed_out": mark("handed out"),
    "passed_on": mark("passed on"),
    "decided": mark("decided"),
    "opinions": mark("opinions"),
    "approved": mark("approved"),
    "produced": mark("results made"),
}
_ONLY_IF_ANY = frozenset({"opinions", "approved", "produced"})
"""What many never do is told once they have done it."""

_PRESSING = (Light.RED, Light.YELLOW)
_MOST_DEPARTMENTS = 3


class DayLines:
    """Asks for both again whenever the screen does; without the line there are no lights."""

    def __init__(self, screen: DeskScreen) -> None:
        """Show them on this screen."""
        self._screen = screen
        self._board: Board | None = None

    def reload(self) -> None:
        """Count what one did, and where one watches ask central for the lights."""
        desk = self._screen.desk
        self._screen.load(desk.own_day.count, self._show_own, group="own-day")
        if desk.supervision.is_open:
            ask = partial(_ask_board, desk, self._board)
            self._screen.load(ask, self._show_board, group="lights", failed=self._show_none)

    def forget(self) -> None:
        """The screen is drawn anew: what was shown is gone."""
        self._board = None

    def _show_own(self, day: OwnDay | None) -> None:
        self._screen.query_one("#own-day", Facts).show([*tell_own_day(day)])

    def _show_board(self, board: Board | None) -> None:
        if board is None or board.changed:
            self._board = board
            told = tell_board(board) if board else ()
            self._screen.query_one("#lights", Facts).show([*told])

    def _show_none(self, _problem: ClerkError) -> None:
        """The bar at the top tells that the line is down; old lights would be taken for new."""
        self._show_board(None)


def _ask_board(desk: Desk, known: Board | None) -> Board | None:
    """What changed since; counted from the beginning on another day."""
    if not desk.sync.status().online:
        return None
    same_day = known is not None and known.at.astimezone(OFFICE_ZONE).date() == desk.today
    return desk.supervision.board(known.mark if known is not None and same_day else -1)


def tell_own_day(day: OwnDay | None) -> Iterator[Fact]:
    """Each figure with its word; what is still to be sent stands last and out."""
    if day is None:
        return
    told = [
        (_(_WORDS[name]), count)
        for name, count in day.figures.items()
        if count or name not in _ONLY_IF_ANY
    ]
    for place, (word, count) in enumerate(told):
        label = word if place else _("Today: {figure}").format(figure=word)
        yield Fact(label, str(count))
    style = "bold $text-warning" if day.unsent else "bold $foreground"
    yield Fact(_("to be sent"), str(day.unsent), style)


def tell_board(board: Board) -> Iterator[Fact]:
    """What came in and was decided today, the lights, and who is pressed most."""
    tally = tally_board(board.counts)
    yield Fact(_("All today: {figure}").format(figure=_("taken in")), f"{board.received:,}")
    yield Fact(_("decided"), f"{board.decided:,}")
    yield Fact(_("open"), f"{tally.total.total:,}")
    for light in _PRESSING:
        count = tally.total.promised[light]
        style = f"bold {colour_of(light)}" if count else "bold $foreground"
        yield Fact(name_light(light), f"{count:,}", style)
    if len(tally.by_department) > 1:
        yield from _tell_departments(tally.by_department, board.names)


def _tell_departments(rows: dict[str, Row], names: dict[str, str]) -> Iterator[Fact]:
    pressed = [(one, row) for one, row in rows.items() if any(_pressing(row))]
    for department, row in pressed[:_MOST_DEPARTMENTS]:
        told = " ".join(
            f"{name_light(light)[:1]}{count:,}"
            for light, count in zip(_PRESSING, _pressing(row), strict=True)
            if count
        )
        yield Fact(names.get(department, department), told)


def _pressing(row: Row) -> Sequence[int]:
    return [row.promised[light] for light in _PRESSING]
