"""The application: one window, its screens, and what passes between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.signal import Signal
from textual.widgets import Input

from clerk.contract.user import Role
from clerk.errors import ClerkError, StoreError
from clerk.locale import _, _n
from clerk.text import keep_printable
from screens.base import DeskScreen
from screens.first import first_screen_of
from screens.held import Held
from screens.idle import IdleLock
from screens.keymap import EVERYWHERE, VERBS, bindings, fallbacks
from screens.looks import dress, speak_next
from screens.palette import find_acts, open_palette
from screens.scanned import Scans
from screens.standing import read_standing, tell_place
from screens.terminal import forgive
from screens.toasts import ToastingApp
from screens.turns import Turns
from screens.ways import Ways
from screens.wedge import Wedge
from screens.widgets.status_bar import Standing
from services.opening import Opening
from services.profile import LOCK_AFTER_MINUTES

if TYPE_CHECKING:
    from textual.driver import Driver

    from screens.trial import Trial
    from services.bootstrap import Desk
    from services.changes import Changed
    from services.looks import Looks

MOST_PASTED = 1000
"""Characters that one paste can add to a field: an address, not a book."""

_STANDING_EVERY_S = 30.0


class ClerkApp(ToastingApp):
    """The desk's window. Services publish `Changed`; the screen in front reloads what it shows."""

    CSS_PATH = "app.tcss"
    TITLE = "clerk"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = {find_acts}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*EVERYWHERE),
        *fallbacks(*EVERYWHERE),
        Binding("ctrl+slash", "find", show=False, priority=True),
        Binding("slash", "find_by_slash", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk | Opening,
        *,
        looks: Looks | None = None,
        idle_s: float | None = None,
        trial: Trial | None = None,
    ) -> None:
        """Show this desk, or one on its way, dressed so; one of an invented city tells of it.

        It locks itself after `idle_s` seconds in place of what it is set to; 0 never does.
        """
        super().__init__()
        self.looks = desk.looks if looks is None and not isinstance(desk, Opening) else looks
        self.trial = trial
        self._opening = desk if isinstance(desk, Opening) else Opening.of(desk)
        self.changed: Signal[Changed] = Signal(self, "changed")
        self.standing = Standing()
        self.idle = IdleLock(self, self._lock_after_s() if idle_s is None else idle_s)
        self._turns = Turns(self, super().on_event)
        self.ways = Ways(self)
        self.held = Held(self)
        self.scans = Scans(self)
        self._wedge = Wedge(self, self._turns, self.scans.take)

    @property
    def desk(self) -> Desk:
        """The services, ready-made. A thread waits for a desk on its way."""
        return self._opening.get()

    @property
    def is_open(self) -> bool:
        """Whether the desk is there: until then only the sign-in box is, and it asks this."""
        return self._opening.is_open

    @property
    def is_shut(self) -> bool:
        """Whether somebody has to sign in first: nobody has, or whoever did has locked the desk."""
        session = self.desk.session if self.is_open else None
        return session is None or session.user is None or session.locked

    @property
    def practice(self) -> bool:
        """Whether this is a desk to practise at: known before the desk is open."""
        return self.looks is not None and self.looks.practice

    def get_driver_class(self) -> type[Driver]:
        """Whatever a terminal sends, it does not end the program."""
        return forgive(super().get_driver_class())

    def _lock_after_s(self) -> float:
        """How long it stays open without a key; a desk that has no looks yet, as the first does."""
        return (self.looks.lock_after_minutes if self.looks else LOCK_AFTER_MINUTES) * 60

    def on_garbled(self) -> None:
        """Say that something was dropped: it was typed or scanned for nothing."""
        self.bell()
        self.warn(_("The keyboard or scanner sent what is no text; it was dropped. Use UTF-8."))

    def on_load(self) -> None:
        """Dress before anything is drawn."""
        dress(self, self.looks)

    def on_mount(self) -> None:
        """Listen to the services, and ask who is there."""
        self.idle.begin()
        self.set_interval(_STANDING_EVERY_S, self.show_standing)
        self.show_sign_in()
        if self.is_open:
            self.desk.listen(self._hear)
        else:
            self.call_after_refresh(self._opening.begin, partial(self.call_later, self._go_on))

    def _go_on(self) -> None:
        """The desk is open, or never will be: then the window ends, and it is told outside."""
        if not self.is_open:
            self.exit()
            return
        self.desk.listen(self._hear)
        if isinstance(self.screen, DeskScreen):
            self.screen.reload()
        self.show_standing()

    def on_unmount(self) -> None:
        """Stop listening; what is typed is saved already."""
        if self.is_open:
            self.desk.listen(None)

    async def on_event(self, event: events.Event) -> None:
        """Somebody is there: the desk does not lock itself yet."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self.idle.touch()
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event = events.Paste(self._trim(event.text))
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._wedge.take(event)
        else:
            await super().on_event(event)

    def type_key(self, key: events.Key) -> None:
        """Give a key in its turn, as if somebody pressed it."""
        self.call_later(self._turns.take, key)

    def _trim(self, pasted: str) -> str:
        """One line of what can be seen, of a length that a form can hold."""
        text = keep_printable(pasted)
        if len(text) > MOST_PASTED:
            told = _("Only the first {most} characters were taken.")
            self.warn(told.format(most=MOST_PASTED))
        return text[:MOST_PASTED]

    def place(self) -> str:
        """Where this desk stands, once it is open."""
        return tell_place(self.desk) if self.is_open else ""

    def show_sign_in(self) -> None:
        """Ask for login and password; whatever is open stays below, and is shut until then."""
        from screens.sign_in.screen import SignInScreen

        if not self.is_shut:
            self.desk.session.lock()
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.hide_whole()
        if not isinstance(self.screen, SignInScreen):
            self.push_screen(SignInScreen())

    def keep_shut(self) -> None:
        """Nothing comes in front of the sign-in box that is there."""
        from screens.sign_in.screen import SignInScreen

        if self.is_shut and any(isinstance(one, SignInScreen) for one in self.screen_stack):
            self.show_sign_in()

    def enter(self, *, same_person: bool) -> None:
        """Somebody has signed in: to what they left open, or to the first screen of their own."""
        self.pop_screen()
        if not same_person:
            self.scans.forget()
            while len(self.screen_stack) > 1:
                self.pop_screen()
        if len(self.screen_stack) == 1:
            self.show_home()
        self.held.release(same_person=same_person)
        self.show_standing()

    def show_home(self) -> None:
        """The first screen of whoever signed in."""
        self.push_screen(first_screen_of(self.desk)())

    def open_intake(self, draft_id: str | None = None) -> None:
        """A walk-in, new or gone on with; one that is open stays saved as it is."""
        from screens.intake.screen import IntakeScreen

        if not self.ways.demand(Role.COUNTER):
            return
        if isinstance(self.screen, IntakeScreen):
            self.switch_screen(IntakeScreen(draft_id))
        else:
            self.push_screen(IntakeScreen(draft_id))

    def open_case(self, case_id: str) -> None:
        """One case as a page."""
        from screens.case.screen import CaseScreen

        self.push_screen(CaseScreen(case_id))

    def open_project(self, project_id: str) -> None:
        """A bundle application as a whole."""
        from screens.project.screen import ProjectScreen

        self.push_screen(ProjectScreen(project_id))

    def tell_problem(self, problem: ClerkError, *, then: Callable[[], None] | None = None) -> None:
        """Show a problem in words over whatever is open; afterwards go on with `then`."""
        from screens.dialogs.problem import ProblemDialog
        from screens.telling import explain

        told = explain(problem.code, problem.parameters)
        if isinstance(self.screen, ProblemDialog) and self.screen.told == told and then is None:
            return
        self.push_screen(ProblemDialog(told), lambda _closed: then() if then else None)

    def say(self, text: str) -> None:
        """Tell something small that is done; it goes away by itself."""
        self.notify(text, markup=False)

    def warn(self, text: str) -> None:
        """Tell why something did not happen; it goes away by itself."""
        self.notify(text, severity="warning", markup=False)

    def warn_unfinished(self) -> None:
        """Tell that a dialog comes first."""
        self.bell()
        self.warn(_("Finish this first, or leave it with Escape."))

    def show_standing(self) -> None:
        """Fetch how things stand, for the bar at the top of the screen in front."""
        if not self.is_open:
            return
        self._hand_standing(self.standing)
        self.run_worker(self._fetch_standing, thread=True, group="standing", exclusive=True)

    def level(self) -> None:
        """Send and fetch now, and say how it went; all is drawn anew."""
        from screens.errands import exchange

        self.draw_whole()
        self.desk.sync.retry_now()
        if isinstance(self.screen, DeskScreen):
            told = _("Sent and fetched: this desk and central are level.")
            level = partial(self.desk.sync.run_once, 0)
            exchange(self.screen, _("Sending and fetching"), level, lambda _done: self.say(told))

    def action_command_palette(self) -> None:
        """Search the acts by name."""
        open_palette(self)

    def action_explain(self) -> None:
        """The keys of the screen in front."""
        from screens.help.screen import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        elif isinstance(self.screen, ModalScreen):
            self.warn_unfinished()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_find(self) -> None:
        """The box that finds everything."""
        from screens.find.entry import open_finding

        open_finding(self)

    def action_find_by_slash(self) -> None:
        """The same, with one key where nobody types."""
        self.action_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A slash that is typed into a box is a slash; a visitor has no key of the program."""
        if getattr(self.screen, "TURNED_OVER", False):
            return False
        if action == "find_by_slash":
            return isinstance(self.screen, DeskScreen) and not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_lock(self) -> None:
        """Lock the desk at once; nothing is lost."""
        if self.is_open and self.desk.session.user is not None:
            self.desk.session.lock()
            self.show_sign_in()

    def action_language(self) -> None:
        """Speak the next language; every open screen is drawn anew.

        A dialog was asked in words that are not asked again, and may hold what somebody typed.
        """
        if isinstance(self.screen, ModalScreen):
            self.warn(_("Close this first (Esc): what is open here stays in its language."))
            return
        speak_next(self.looks)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.refresh(recompose=True)

    def action_leave(self) -> None:
        """Leave, telling what is still only on this machine."""
        from screens.dialogs.confirm import Confirm

        waiting = self.standing.waiting
        if not waiting:
            self.exit()
            return
        question = _n(
            "{count} act is only on this machine yet. Leave all the same?",
            "{count} acts are only on this machine yet. Leave all the same?",
            waiting,
        )
        self.push_screen(
            Confirm(question.format(count=waiting)), lambda yes: self.exit() if yes else None
        )

    def action_not_here(self, verb: str) -> None:
        """A key that the screen in front does not know says so; Ctrl with a letter edits a text."""
        from screens.not_here import answer

        answer(self, VERBS[verb])

    @property
    def front(self) -> DeskScreen | None:
        """The screen in front, or the one that a dialog lies over."""
        return next(
            (one for one in reversed(self.screen_stack) if isinstance(one, DeskScreen)), None
        )

    def _fetch_standing(self) -> None:
        """In a thread: ask the store how things stand."""
        try:
            standing = read_standing(self.desk)
        except StoreError:
            return  # whoever opens a list is told; the bar only keeps what it showed
        self.call_later(self._hand_standing, standing)

    def _hand_standing(self, standing: Standing) -> None:
        self.standing = standing
        front = self.front
        if front is not None:
            front.show_standing(standing)

    def _leave_to_sign_in(self) -> None:
        """Central said that whoever worked here may work no more; what they typed is saved."""
        from screens.telling import explain

        if self.front is not None:
            self.warn(explain("user.disabled", {}).what)
        self.show_sign_in()

    def _hear(self, changed: Changed) -> None:
        """Called by whatever thread the change came from: hand it to the window's own."""
        self.call_later(self._tell_screens, changed)

    def _tell_screens(self, changed: Changed) -> None:
        if "session" in changed.kinds and self.desk.session.user is None:
            self._leave_to_sign_in()
        self.changed.publish(changed)
        self.show_standing()
        front = self.front
        if front is not None and front.is_whole:
            front.reload()
