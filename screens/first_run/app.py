"""Leads somebody with a new desk from the language to the sign-in box, one question at a time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from clerk.errand import Errand
from clerk.errors import ClerkError, UnreachableError
from clerk.locale import _, use_language
from clerk.locale.problems import Told
from clerk.locale.progress import tell_progress
from screens.dialogs.progress import draw_bar
from screens.failing import DiscreetApp
from screens.looks import dress
from screens.telling import explain
from screens.terminal import forgive
from screens.widgets.hint import Hint
from screens.widgets.options import Options

if TYPE_CHECKING:
    from textual.driver import Driver

    from services.looks import Looks

_LOOKED_EVERY_S = 0.2
_OF_ADDRESS = frozenset({"central.address", "enrolment.address_missing"})
"""What is put right in the address; after all else the code's Enter tries once more."""

_NAMES = {"zh_CN": "中文", "en": "English"}


class Choice(Enum):
    """What the first run came to."""

    PRACTISE = "practise"
    ENROLLED = "enrolled"


class _Step(Enum):
    LANGUAGE = "language"
    WAY = "way"
    ENROL = "enrol"
    FETCH = "fetch"


class FirstRun(DiscreetApp[Choice]):
    """Answers what was chosen and done; nothing where somebody left."""

    CSS_PATH: ClassVar = ["../app.tcss", "first_run.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", show=False),
        # Before the box's own: what is typed or pasted right behind it is the code.
        Binding("enter,tab", "to_code", show=False, priority=True),
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(
        self, looks: Looks, enrol: Callable[[str, str], None], fetch: Callable[[Errand], None]
    ) -> None:
        """Enrol by an address and a code, then fetch; both are called in a thread."""
        super().__init__()
        self._looks = looks
        self._enrol = enrol
        self._fetch = fetch
        self._step = _Step.LANGUAGE
        self._typed = {"address": "", "code": ""}
        self._told: Told | None = None
        self._errand = Errand()
        self._since = 0.0
        self._busy = False

    def get_driver_class(self) -> type[Driver]:
        """The desk's own."""
        return forgive(super().get_driver_class())

    def on_load(self) -> None:
        """Dress as the desk does."""
        dress(self, self._looks)

    def on_mount(self) -> None:
        """Look how far the fetching is."""
        self.set_interval(_LOOKED_EVERY_S, self._look)

    def compose(self) -> ComposeResult:
        """One question, or how far the fetching is."""
        with Vertical(id="first-run", classes="dialog"):
            yield from {
                _Step.LANGUAGE: self._ask_language,
                _Step.WAY: self._ask_way,
                _Step.ENROL: self._ask_central,
                _Step.FETCH: self._show_fetching,
            }[self._step]()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A language, or the way to go on."""
        if event.option.id in _NAMES:
            use_language(event.option.id)
            self._looks.keep_language(event.option.id)
            self._go_to(_Step.WAY)
        elif event.option.id == Choice.PRACTISE.value:
            self.exit(Choice.PRACTISE)
        else:
            self._go_to(_Step.ENROL)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was typed is kept, whatever central says to it."""
        self._typed[str(event.input.id)] = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the code to central."""
        if event.input.id == "code" and not self._busy:
            self.run_worker(self._ask_in(), group="enrol")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only from the address on to the code; elsewhere Enter is what it always is."""
        if action == "to_code":
            return self.focused is not None and self.focused.id == "address"
        return super().check_action(action, parameters)

    def action_to_code(self) -> None:
        """To the code at once, so that nothing of it goes astray into the address."""
        self.screen.set_focus(self.query_one("#code", Input))

    def action_step_back(self) -> None:
        """A step back; while fetching, call it off: it goes on behind the sign-in box."""
        if self._step is _Step.FETCH:
            self._errand.cancel()
        elif self._step is _Step.LANGUAGE:
            self.exit(None)
        elif not self._busy:
            self._told = None
            self._go_to(_Step.WAY if self._step is _Step.ENROL else _Step.LANGUAGE)

    def _go_to(self, step: _Step) -> None:
        self._step = step
        self.run_worker(self._redraw(), group="draw", exclusive=True)

    async def _redraw(self) -> None:
        await self.recompose()
        wanted = self.query("OptionList, Input")
        if wanted:
            wanted.first().focus()

    def _ask_language(self) -> Iterable[Widget]:
        yield Label("clerk", classes="dialog-title")
        yield Label("请选择语言 · Choose a language")
        yield Options(*(Option(name, id=code) for code, name in _NAMES.items()))
        yield Hint("回车：选择 · Enter: choose", "enter", "enter")

    def _ask_way(self) -> Iterable[Widget]:
        yield Label(_("This desk is new. How do you want to begin?"), classes="dialog-title")
        yield Options(
            Option(_("Practise with invented people; nothing reaches a real central"), "practise"),
            Option(_("Enrol this desk: with central's address and a one-time code"), "enrol"),
        )
        yield Hint(_("Enter: choose · Escape: back · Ctrl+Q: leave"), "enter", "escape", "ctrl+q")

    def _ask_central(self) -> Iterable[Widget]:
        yield Label(_("Enrol this desk"), classes="dialog-title")
        yield Label(_("Address of central, from the administrator"))
        yield Input(self._typed["address"], id="address", placeholder="https://central.example")
        yield Label(_("One-time code, from the administrator"))
        yield Input(self._typed["code"], id="code")
        told = self._told or Told("", "", "")
        yield Static(told.what, id="first-wrong", markup=False)
        yield Static(told.safe, id="first-safe", markup=False)
        yield Static(told.remedy, id="first-remedy", markup=False)
        yield Hint(_("Enter: go on · Escape: back · Ctrl+Q: leave"), "enter", "escape", "ctrl+q")

    def _show_fetching(self) -> Iterable[Widget]:
        yield Label(_("Enrolled. Fetching what this desk works with."), classes="dialog-title")
        yield Static("", id="progress-bar", markup=False)
        yield Static(tell_progress(self._errand.progress, 0), id="progress-words", markup=False)
        hint = _("Escape: do not wait. What came is kept, and the rest comes while you work.")
        yield Hint(hint, "escape")

    def _look(self) -> None:
        if self._step is _Step.FETCH and self.query("#progress-bar"):
            progress = self._errand.progress
            elapsed_s = time.monotonic() - self._since
            self.query_one("#progress-bar", Static).update(draw_bar(progress))
            self.query_one("#progress-words", Static).update(tell_progress(progress, elapsed_s))

    async def _ask_in(self) -> None:
        """Enrol, then fetch; what is wrong is told beside what was typed."""
        self._busy = True
        try:
            await asyncio.to_thread(self._enrol, self._typed["address"], self._typed["code"])
        except ClerkError as problem:
            self._told = _tell(problem, self._typed["address"])
            await self.recompose()
            wrong = "#address" if problem.code in _OF_ADDRESS else "#code"
            self.query_one(wrong, Input).focus()
            return
        finally:
            self._busy = False
        self._step, self._since = _Step.FETCH, time.monotonic()
        await self.recompose()
        # It goes on behind the sign-in box; what hinders it is told by the window that opens now.
        with contextlib.suppress(ClerkError):
            await asyncio.to_thread(self._fetch, self._errand)
        self.exit(Choice.ENROLLED)


def _tell(problem: ClerkError, address: str) -> Told:
    """An address that nobody answers at may be wrong, which a desk at work need not think of."""
    if isinstance(problem, UnreachableError):
        return explain("enrolment.unreachable", {"address": address})
    return explain(problem.code, problem.parameters)
