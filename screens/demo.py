"""`clerk demo` in a terminal: take a seat of the demo city, leave it, take another."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from clerk.errors import InputError
from clerk.locale import LANGUAGES, _, language, listed, use_language
from screens.command import show
from screens.failing import DiscreetApp
from screens.looks import dress
from screens.terminal import forgive
from screens.trial import Trial
from screens.widgets.options import Options
from services.demo.city import WINDOW, City
from services.demo.command import play_in
from services.log_file import logging_of
from services.profile import demo_folder, practice_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.driver import Driver

DAY = "day"
"""What `SeatApp` answers where the day is to be played before anybody sits down."""


class SeatApp(DiscreetApp[str]):
    """Offers the seats and tells who works there; answers the seat, or nothing."""

    CSS_PATH = "demo.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "quit", show=False),
        Binding("f9", "language", show=False),
    ]

    def __init__(self, city: City, *, plain: bool = False) -> None:
        """Offer the seats of this city."""
        super().__init__()
        self.city = city
        self._plain = plain

    def get_driver_class(self) -> type[Driver]:
        """The desk's own."""
        return forgive(super().get_driver_class())

    def on_load(self) -> None:
        """Dress as the desk does."""
        dress(self, plain=self._plain)

    def on_mount(self) -> None:
        """The window is what most take first."""
        seats = self.query_one(OptionList)
        seats.highlighted = seats.get_option_index(WINDOW)

    def compose(self) -> ComposeResult:
        """The seats with their logins, and the one password."""
        with Vertical(id="seats"):
            yield Label(_("The demo city: take a seat"), id="seats-title")
            yield Options(*self._options(), markup=False)
            trial = trial_of(self.city)
            yield Static(trial.tell_password(), id="seats-password", markup=False)
            yield Static(trial.tell_applicants(), markup=False)
            yield Label(_("Enter: sit down · F9: 中文/English · Escape: leave"), id="seats-hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Sit down there."""
        self.exit(event.option.id)

    async def action_language(self) -> None:
        """Speak the next language."""
        use_language(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
        await self.recompose()

    def _options(self) -> Iterator[Option]:
        """The day needs a city in which nobody has done anything; then the seats."""
        if self.city.is_untouched:
            yield Option(_("★ Play one day first, so that every seat has cases"), id=DAY)
        for seat in self.city.seats():
            yield self._option(seat)

    def _option(self, seat: str) -> Option:
        logins = "  ".join(self.city.logins_of(seat))
        return Option(f"{self.city.name_of(seat)}  {logins}", id=seat)


def open_practice(*, plain: bool = False) -> int:
    """The same at the window of a city of its own, whose desks reach no other central."""
    return _open_city(WINDOW, practice=True, plain=plain)


def open_demo(seat: str, out: Path, *, plain: bool = False) -> int:
    """Found the city at the first time, then sit at one seat after the other.

    A day that is played first leaves its papers in `out`. Where `plain`, each seat is kept so.
    """
    return _open_city(seat, out=out, plain=plain)


def _open_city(
    seat: str, *, practice: bool = False, out: Path | None = None, plain: bool = False
) -> int:
    # The first time takes some ten seconds, and nobody should sit before a dark screen.
    preparing = (
        _("Preparing the practice city. One moment…")
        if practice
        else _("Preparing the demo city. One moment…")
    )
    sys.stdout.write(preparing + "\n")
    sys.stdout.flush()
    folder = practice_folder() if practice else demo_folder()
    with City(folder, practice=practice) as city:
        _leave_with_terminal(city)
        if seat and seat not in city.seats():
            raise InputError("demo.seat_unknown", seat=seat, seats=listed(city.seats()))
        taken = seat or SeatApp(city, plain=plain).run()
        while taken:
            if taken == DAY and out:
                _play(city, out)
            else:
                _sit(city, taken, plain=plain)
            taken = None if seat else SeatApp(city, plain=plain).run()
    return 0


def trial_of(city: City, seat: str = "") -> Trial:
    """What whoever takes a seat there is told: at the window a clerk and the manager will do."""
    told = city.told
    person, firm = told.people[0], told.organisations[0]
    window = (told.counter[0], told.manager)
    logins = window if seat == WINDOW else city.logins_of(seat) if seat else ()
    return Trial(logins, told.password, (person.id_number, person.name), (firm.uscc, firm.name))


def _sit(city: City, seat: str, *, plain: bool) -> None:
    desk = city.desk(seat)
    if plain:
        desk.looks.keep_plain(plain=True)
    with logging_of(desk.profile):
        show(desk, trial_of(city, seat))
    city.close_desk(seat)


def _play(city: City, out: Path) -> None:
    """Tell the day on the terminal, and let it stand there until it is read."""
    play_in(city, out)
    sys.stdout.write("\n" + _("That was the day. Enter: back to the seats") + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _leave_with_terminal(city: City) -> None:
    """Central ends with the terminal that it was started from."""
    if sys.platform == "win32":
        return

    def leave(number: int, _frame: object) -> None:
        city.central.stop()
        os._exit(128 + number)

    signal.signal(signal.SIGHUP, leave)
