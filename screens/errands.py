"""From a key to something that takes a while: shown how far it is, and called off with Escape."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from clerk.errand import Errand
from clerk.errors import CancelledError, ClerkError
from clerk.locale import _
from screens.base import DeskScreen
from screens.dialogs.progress import ProgressDialog

T = TypeVar("T")

SHOWN_AFTER_S = 0.5
"""What is done sooner needs no bar; what takes a second shows one in time."""


class _Told(NamedTuple):
    """What is said of it once it is called off: before anything stands, and after."""

    cancelled: str
    kept: str


class _Watch:
    """Opens the dialog after a while and closes it at the end."""

    def __init__(self, screen: DeskScreen, title: str, errand: Errand, told: _Told) -> None:
        self._screen, self._app = screen, screen.app
        self._errand = errand
        self._words = told
        self._dialog = ProgressDialog(title, errand)
        self._timer = screen.set_timer(SHOWN_AFTER_S, self._open)

    async def _open(self) -> None:
        await self._app.held.show(self._screen, self._show)

    async def _show(self) -> None:
        if not self._dialog.is_over:
            self._app.push_screen(self._dialog, self._told)

    def _told(self, cancelled: bool | None) -> None:  # noqa: FBT001 - a dialog's result
        if cancelled:
            self._app.say(self._words.kept if self._errand.stands else self._words.cancelled)

    def end(self) -> None:
        """It is over, however it went."""
        self._timer.stop()
        self._dialog.end()


def exchange(
    screen: DeskScreen, title: str, act: Callable[[Errand], T], done: Callable[[T], None]
) -> None:
    """Run an exchange with central; what was sent and fetched before it is called off stays."""
    stopped = _("Cancelled. What came is kept, and each act that was sent counts once.")
    run_errand(screen, title, act, done, cancelled=stopped)


def run_errand(
    screen: DeskScreen,
    title: str,
    act: Callable[[Errand], T],
    done: Callable[[T], None],
    *,
    cancelled: str = "",
    kept: str = "",
    failed: Callable[[ClerkError], None] | None = None,
) -> None:
    """Run a service that tells how far it is; a second press while busy is told so.

    Whoever calls it off may go on at once: what the thread still does comes to nothing, unless
    `cancelled` tells something else of it; `kept` is told where something stands by then.
    """
    if screen.is_busy:
        screen.tell_busy()
        return
    errand = Errand()
    cancelled = cancelled or _("Cancelled. Nothing was written.")
    watch = _Watch(screen, title, errand, _Told(cancelled, kept or cancelled))

    def work() -> list[T]:
        try:
            return [act(errand)]
        except CancelledError:
            return []
        finally:
            screen.app.call_later(watch.end)

    def end(results: list[T]) -> None:
        watch.end()
        for one in results:
            done(one)

    def fail(problem: ClerkError) -> None:
        watch.end()
        (failed or screen.app.tell_problem)(problem)

    screen.do(work, done=end, failed=fail, named=title)
