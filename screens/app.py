"""The application: one window, its screens, and what passes between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.signal import Signal

from clerk.locale import LANGUAGES, _, language, use_language
from clerk.locale.problems import tell
from screens.base import DeskScreen
from screens.dialogs import Confirm, ProblemDialog
from screens.keymap import bindings
from screens.themes import THEMES

if TYPE_CHECKING:
    from clerk.errors import ClerkError
    from services.bootstrap import Desk
    from services.changes import Changed


class ClerkApp(App[None]):
    """The desk's window. Services publish `Changed`; the screen in front reloads what it shows."""

    CSS_PATH = "app.tcss"
    TITLE = "clerk"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("help", "lock", "language", "quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        """Show this desk."""
        super().__init__()
        self.desk = desk
        self.changed: Signal[Changed] = Signal(self, "changed")

    def on_mount(self) -> None:
        """Dress, listen to the services, and ask who is there."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.desk.listen(self._hear)
        self.show_sign_in()

    def on_unmount(self) -> None:
        """Stop the services; what is typed is saved already."""
        self.desk.listen(None)

    def show_sign_in(self) -> None:
        """Ask for login and password; whatever is open stays below."""
        from screens.sign_in.screen import SignInScreen

        self.push_screen(SignInScreen())

    def show_home(self) -> None:
        """The first screen of whoever signed in."""
        from screens.home.screen import HomeScreen

        self.push_screen(HomeScreen())

    def tell_problem(self, problem: ClerkError) -> None:
        """Show a problem in words over whatever is open."""
        self.push_screen(ProblemDialog(tell(problem.code, problem.parameters)))

    def say(self, text: str) -> None:
        """Tell something small that is done; it goes away by itself."""
        self.notify(text, markup=False)

    def action_explain(self) -> None:
        """The keys of the screen in front."""
        self.action_show_help_panel()

    def action_lock(self) -> None:
        """Lock the desk at once."""
        self.desk.session.lock()
        self.show_sign_in()

    def action_language(self) -> None:
        """Speak the next language; every open screen is drawn anew."""
        spoken = LANGUAGES.index(language())
        use_language(LANGUAGES[(spoken + 1) % len(LANGUAGES)])
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.refresh(recompose=True)

    def action_leave(self) -> None:
        """Leave, telling what is still only on this machine."""
        waiting = self.desk.sync.status().waiting
        if not waiting:
            self.exit()
            return
        question = _("{count} acts are only on this machine yet. Leave all the same?")
        self.push_screen(Confirm(question.format(count=waiting)), callback=self._leave_if)

    def _leave_if(self, yes: bool | None) -> None:  # noqa: FBT001 - the dialog's answer
        if yes:
            self.exit()

    def _hear(self, changed: Changed) -> None:
        """Called by a service's thread: hand it to the window's own."""
        self.call_from_thread(self._tell_screens, changed)

    def _tell_screens(self, changed: Changed) -> None:
        self.changed.publish(changed)
        if isinstance(self.screen, DeskScreen):
            self.screen.reload()
