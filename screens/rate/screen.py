"""The desk turned over to an applicant: five levels, what for, thanks; then the clerk has it back.

Nothing of what is chosen is kept here: it goes sealed into the outbox, and the page is empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, MouseDown
from textual.widgets import Label, Static

from clerk.clock import Clock
from clerk.contract.rating import Chosen, Level
from clerk.locale import _, listed
from clerk.rules.rating import INDICATORS, LEVELS
from screens.dialog import Dialog
from screens.rate.choice import Choice
from services.ratings import RatedVisit

QUIET_S = 60.0
"""So long without a key the page stays; then whoever was asked has gone."""

THANKS_S = 5.0
_LOOK_EVERY_S = 1.0
_LETTERS = "abcdefgh"
_MOST_STARS = 5

Give = Callable[[RatedVisit, Chosen], None]


class RateScreen(Dialog[None]):
    """Digits choose a level, letters say what for, Enter sends; Escape gives the desk back."""

    CSS_PATH = "screen.tcss"
    TURNED_OVER = True
    """No other key of the program does anything here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", show=False),
        Binding("escape", "back", show=False),
    ]

    said = getters.query_one("#rate-said", Label)
    thanks = getters.query_one("#rate-thanks", Static)
    hint = getters.query_one("#rate-hint", Label)

    def __init__(self, visit: RatedVisit, give: Give, clock: Clock) -> None:
        """Ask about this visit; `give` takes what was chosen."""
        super().__init__()
        self._visit = visit
        self._give = give
        self._clock = clock
        self._level: Level | None = None
        self._given = False
        self._touched_ms = clock.monotonic_ms()

    def compose(self) -> ComposeResult:
        """What is rated, the five, what for, and thanks; one of the three is seen."""
        with Vertical(id="rate"):
            yield Label(_("Please rate today's service"), id="rate-title")
            yield Static(self._tell_visit(), id="rate-visit", markup=False)
            with Vertical(id="rate-levels"):
                for level in Level:
                    yield Choice(level.value, big=True)
            yield Label("", id="rate-said", markup=False)
            with Vertical(id="rate-reasons"):
                for letter in _LETTERS:
                    yield Choice(letter)
            yield Static("", id="rate-thanks", markup=False)
            yield Label("", id="rate-hint", markup=False)

    def on_mount(self) -> None:
        """Begin with the five."""
        for one, level in zip(
            self.query("#rate-levels Choice").results(Choice), Level, strict=True
        ):
            stars = "★" * int(level) + "☆" * (_MOST_STARS - int(level))
            one.say(f"{stars}  {_(LEVELS[level])}")
        self._show()
        self.set_interval(_LOOK_EVERY_S, self.look)

    def look(self) -> None:
        """Give the desk back once nobody has touched it for so long."""
        quiet_s = (self._clock.monotonic_ms() - self._touched_ms) / 1000
        if quiet_s >= (THANKS_S if self._given else QUIET_S):
            self.dismiss(None)

    def on_key(self, event: Key) -> None:
        """Digits and letters, however wide they were typed; every other key does nothing."""
        self._touched_ms = self._clock.monotonic_ms()
        if event.is_printable:
            event.stop()
        self._take(unicodedata.normalize("NFKC", event.character or "").lower())

    def on_mouse_down(self, _event: MouseDown) -> None:
        """Somebody is there."""
        self._touched_ms = self._clock.monotonic_ms()

    def on_choice_picked(self, event: Choice.Picked) -> None:
        """A click is as good as a key."""
        event.stop()
        self._take(event.key)

    def action_send(self) -> None:
        """Send what was chosen, once; then Enter gives the desk back."""
        self._touched_ms = self._clock.monotonic_ms()
        if self._given:
            self.dismiss(None)
        elif self._level is not None:
            codes = zip(INDICATORS[self._level], self._reasons(), strict=True)
            ticked = tuple(one.code for one, choice in codes if choice.taken)
            self._given = True
            self._give(self._visit, Chosen(level=self._level, indicators=ticked))
            self._level = None
            for choice in self._reasons():
                choice.taken = False
            self._show()

    def action_back(self) -> None:
        """Give the desk back; what was not sent is no rating."""
        self.dismiss(None)

    def _take(self, key: str) -> None:
        if self._given:
            return
        if key in list(Level):
            self._choose(Level(key))
        elif self._level is not None and key and key in _LETTERS:
            choice = self._reasons()[_LETTERS.index(key)]
            choice.taken = not choice.taken

    def _choose(self, level: Level) -> None:
        if level is self._level:
            return
        self._level = level
        for choice, indicator in zip(self._reasons(), INDICATORS[level], strict=True):
            choice.taken = False
            choice.say(_(indicator.text))
        self._show()

    def _show(self) -> None:
        """One of the three stands on the page."""
        self.set_class(self._level is None and not self._given, "-levels")
        self.set_class(self._level is not None, "-reasons")
        self.set_class(self._given, "-given")
        self.said.update(self._tell_level())
        told = _("Thank you. Whoever served you is not shown what you chose.")
        self.thanks.update(told if self._given else "")
        self.hint.update(self._tell_keys())

    def _tell_visit(self) -> str:
        where = " ".join(part for part in (self._visit.centre, self._visit.window) if part)
        return f"{listed(self._visit.items)}\n{self._visit.on.isoformat()}  {where}"

    def _tell_level(self) -> str:
        if self._level is None:
            return ""
        told = _("You chose: {level}. What for? (as many as you like)")
        return told.format(level=_(LEVELS[self._level]))

    def _tell_keys(self) -> str:
        if self._given:
            return _("Enter: give the desk back")
        if self._level is None:
            return _("Press a digit, or click. Esc: I do not want to rate")
        return _("Enter: send · 1 to 5: another level · Esc: I do not want to rate")

    def _reasons(self) -> list[Choice]:
        return list(self.query("#rate-reasons Choice").results(Choice))
