"""Who is there: login and password, checked by central or, with the line down, by the store."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.events import ScreenResume
from textual.widgets import Input, Label, Static

from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from screens.base import DeskScreen
from screens.keymap import bindings
from screens.widgets.hint import Hint
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox


class SignInScreen(DeskScreen, inherit_bindings=False):
    """Lies over everything while nobody is signed in; no key leads away from it."""

    SHUTS: ClassVar[bool] = True
    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("help", "language", "quit"),
        # Before the box's own: what is typed or scanned right behind it is the password.
        Binding("enter,tab", "to_password", show=False, priority=True),
        # Enter, as a terminal hands it on that was typed in before the program was there.
        Binding("ctrl+j", "typed_ahead", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]

    def __init__(self) -> None:
        """Ask whoever comes."""
        super().__init__()
        self._login = ""

    def compose(self) -> ComposeResult:
        """Two lines to type."""
        with Center(id="sign-in-middle"), Vertical(id="sign-in"):
            yield Label(_("clerk · one window for every department"), id="sign-in-title")
            yield Label(self.app.place(), id="sign-in-place", markup=False)
            if self.app.trial:
                yield Static(self.app.trial.tell_logins(), id="sign-in-trial", markup=False)
            yield Label(_("Login"))
            yield LineBox(
                self._known_login(), id="login", placeholder=_("your login, such as wang.counter")
            )
            yield Label(_("Password"))
            yield LineBox(id="password", password=True)
            yield Static("", id="sign-in-wrong", markup=False)
            yield self._hint()
        yield KeyBar()

    def _hint(self) -> Hint:
        """Where the cursor stands in the password, how somebody else signs in is told too."""
        text, keys = _("Enter: sign in · F9: 中文 / English"), ["enter", "f9"]
        if self._known_login():
            text = _("Enter: sign in · Shift+Tab: somebody else · F9: 中文 / English")
            keys.insert(1, "shift+tab")
        return Hint(text, *keys, id="sign-in-language", classes=None)

    def on_mount(self) -> None:
        """Somebody who locked the desk only types the password."""
        if self._known_login():
            self.query_one("#password", Input).focus()

    def on_screen_resume(self, event: ScreenResume | None = None) -> None:
        """What came over it while the desk was locked has closed: it is not asked for twice.

        Whoever is signing in right now is let in by that, and it may be gone by now.
        """
        in_front = self.app.screen is self
        if self.app.is_shut or event is None or self.is_busy or not in_front:
            return
        event.prevent_default()
        self.app.pop_screen()

    def reload(self) -> None:
        """Where this desk stands is known once its store is open."""
        self.query_one("#sign-in-place", Label).update(self.app.place())

    def offers(self, verb: str) -> bool:
        """What is locked already is not locked, and finds nothing."""
        return verb not in {"lock", "find"} and super().offers(verb)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only from the login on to the password; in the password Enter is the box's own."""
        if action == "to_password":
            return self.focused is not None and self.focused.id == "login"
        return super().check_action(action, parameters)

    def action_to_password(self) -> None:
        """To the password at once, so that no key of it goes astray into the login."""
        self.set_focus(self.query_one("#password", Input))

    async def action_typed_ahead(self) -> None:
        """Go on as with Enter, so that a password never lands in the login."""
        password = self.query_one("#password", Input)
        if self.focused is password:
            await password.action_submit()
        else:
            self.set_focus(password)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the password goes in."""
        if event.input.id == "login":
            return
        login = self.query_one("#login", Input).value.strip()
        lacks = "" if login else _("Type your login first.")
        lacks = lacks or ("" if event.value else _("Type your password first."))
        self.query_one("#sign-in-wrong", Static).update(lacks or _("One moment…"))
        if lacks:
            self.query_one("#password" if login else "#login", Input).focus()
            return
        done = partial(self._enter, same_person=self._is_same(login))
        self.do(self._open, login, event.value, done=done, failed=self._refuse)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember the login, should everything be drawn anew."""
        if event.input.id == "login":
            self._login = event.value

    def _open(self, login: str, password: str) -> None:
        """Unlock what is locked; a session that central does not know any more is begun anew."""
        session = self.desk.session
        if self._is_same(login) and session.online:
            session.unlock(password)
        else:
            session.sign_in(login, password)

    def _is_same(self, login: str) -> bool:
        return bool(login) and self._present_login() == login

    def _known_login(self) -> str:
        return self._login or self._present_login()

    def _present_login(self) -> str:
        """Who locked this desk; a desk that is not open yet has nobody."""
        user = self.desk.session.user if self.app.is_open else None
        return user.login if user else ""

    def _enter(self, _nothing: None, *, same_person: bool) -> None:
        self.app.enter(same_person=same_person)

    def _refuse(self, problem: ClerkError) -> None:
        from screens.telling import explain

        told = explain(problem.code, problem.parameters)
        self.query_one("#sign-in-wrong", Static).update(in_a_row(told.what, told.remedy))
        password = self.query_one("#password", Input)
        password.value = ""
        password.focus()
