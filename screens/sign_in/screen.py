"""Who is there: login and password, checked by central or, with the line down, by the store."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Vertical
from textual.widgets import Footer, Input, Label, Static

from clerk.errors import ClerkError
from clerk.locale import _
from clerk.locale.problems import tell
from screens.base import DeskScreen
from screens.keymap import bindings


class SignInScreen(DeskScreen):
    """Lies over everything while nobody is signed in."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "quit")]

    def compose(self) -> ComposeResult:
        """Two lines to type."""
        with Center(id="sign-in-middle"), Vertical(id="sign-in"):
            yield Label(_("clerk · one window for every department"), id="sign-in-title")
            yield Label(self.app.place(), id="sign-in-place", markup=False)
            yield Label(_("Login"))
            yield Input(id="login", placeholder=_("your login, such as wang.counter"))
            yield Label(_("Password"))
            yield Input(id="password", password=True)
            yield Static("", id="sign-in-wrong", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Somebody who locked the desk only types the password."""
        user = self.desk.session.user
        if user is not None:
            self.query_one("#login", Input).value = user.login
            self.query_one("#password", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the password, and from there in."""
        if event.input.id == "login":
            self.query_one("#password", Input).focus()
            return
        login = self.query_one("#login", Input).value.strip()
        self.query_one("#sign-in-wrong", Static).update(_("One moment…"))
        self.do(
            self.desk.session.sign_in, login, event.value, done=self._enter, failed=self._refuse
        )

    def _enter(self, _signed_in: object) -> None:
        self.app.enter()

    def _refuse(self, problem: ClerkError) -> None:
        told = tell(problem.code, problem.parameters)
        self.query_one("#sign-in-wrong", Static).update(f"{told.what} {told.remedy}".strip())
        password = self.query_one("#password", Input)
        password.value = ""
        password.focus()
