"""The ways from one screen to another: whoever may go there gets there, and once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _
from screens.base import DeskScreen
from screens.first import first_screen_of

if TYPE_CHECKING:
    from screens.app import ClerkApp
    from services.ratings import RatedVisit


class Ways:
    """Opens the screens that a key leads to; one that lies below comes back as it was left."""

    def __init__(self, app: ClerkApp) -> None:
        """Open screens of this app. Each is loaded when somebody goes there."""
        self._app = app

    def to_cases(self) -> None:
        """The first screen of whoever is here, and its filter."""
        from screens.administration.screen import AdministrationScreen
        from screens.findings.screen import FindingsScreen
        from screens.home.screen import HomeScreen

        self.once(first_screen_of(self._app.desk))
        front = self._app.screen
        if isinstance(front, HomeScreen | FindingsScreen | AdministrationScreen):
            front.find_cases()

    def to_release(self) -> None:
        """Handing out."""
        from screens.release.screen import ReleaseScreen

        if self.demand(Role.COUNTER):
            self._go(ReleaseScreen)

    def to_sync(self) -> None:
        """The sync centre."""
        from screens.sync.screen import SyncScreen

        self._go(SyncScreen)

    def to_report(self) -> None:
        """The figures."""
        from screens.report.screen import ReportScreen

        if self._app.desk.reports.offered() or self.demand(Role.MANAGER):
            self._go(ReportScreen)

    def to_verification(self, text: str = "") -> None:
        """Whether a licence is genuine: the one of this QR or number, if any is told."""
        from screens.verify.screen import VerifyScreen

        if not text:
            self._go(VerifyScreen)
            return
        self.once(VerifyScreen)
        front = self._app.screen
        if isinstance(front, VerifyScreen):
            front.verify(text)

    def to_supervision(self) -> None:
        """The supervision board."""
        from screens.supervision.screen import SupervisionScreen

        if self._app.desk.supervision.is_open:
            self._go(SupervisionScreen)
        else:
            self.demand(Role.SUPERVISOR)

    def to_papers(self) -> None:
        """The papers of this window or department."""
        from screens.custody.screen import CustodyScreen

        if self._app.desk.custody.place is None:
            self._app.tell_problem(ClerkError("papers.no_place"))
        else:
            self._go(CustodyScreen)

    def to_shift(self) -> None:
        """A window's journal; a manager sees those of all windows."""
        from screens.shift.screen import ShiftScreen

        user = self._app.desk.present
        if (user is not None and user.has(Role.MANAGER)) or self.demand(Role.COUNTER):
            self._go(ShiftScreen)

    def to_matters(self) -> None:
        """Complaints, inquiries, suggestions, follow-ups."""
        from screens.matters.screen import MattersScreen

        if self._app.desk.matters.is_open or self.demand(Role.COUNTER):
            self._go(MattersScreen)

    def to_rating(self, case_id: str = "") -> None:
        """The page that the visitor rates on: of this case's visit, or of the last one."""
        front = self._app.screen
        if isinstance(front, DeskScreen) and self.demand(Role.COUNTER):
            ratings = self._app.desk.ratings
            front.do(ratings.invite, case_id, done=partial(self._turn_over, front))

    def _turn_over(self, front: DeskScreen, visit: RatedVisit) -> None:
        from screens.rate.screen import RateScreen

        give = partial(front.do, self._app.desk.ratings.give)
        self._app.push_screen(RateScreen(visit, give, self._app.desk.clock))

    def to_prints(self) -> None:
        """What is to be handed over, what is at the printer, what was printed again."""
        from screens.prints.screen import PrintsScreen

        self._go(PrintsScreen)

    def once(self, screen: type[DeskScreen]) -> None:
        """Go back to the screen of this kind that is open already, or open one."""
        app = self._app
        if any(isinstance(one, screen) for one in app.screen_stack):
            while not isinstance(app.screen, screen):
                app.pop_screen()
        else:
            app.push_screen(screen())

    def demand(self, role: Role) -> bool:
        """Whether whoever is here has a role; if not, it is said."""
        from screens.words import word  # all words of the rules: not before the first frame

        user = self._app.desk.present
        if user is not None and user.has(role):
            return True
        self._app.warn(_("That is for another role: {role}.").format(role=word(role)))
        return False

    def _go(self, screen: type[DeskScreen]) -> None:
        """By a key: whoever is there already is told, for nothing else would happen."""
        if isinstance(self._app.screen, screen):
            self._app.warn(_("You are there already."))
        else:
            self.once(screen)
