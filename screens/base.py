"""What all screens share: translated keys, and the bridge from a key to a service and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from clerk.errors import ClerkError
from clerk.locale import _
from clerk.log import get_log

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from screens.app import ClerkApp
    from services.bootstrap import Desk

T = TypeVar("T")


class DeskScreen(Screen[None]):
    """A screen of the desk. Subclasses say what they show in `reload`."""

    app: ClerkApp

    def __init__(self) -> None:
        """Begin idle."""
        super().__init__()
        self._busy = False

    @property
    def desk(self) -> Desk:
        """The services, ready-made."""
        return self.app.desk

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings with labels in the language spoken now."""
        return {
            key: active._replace(
                binding=replace(
                    active.binding,
                    description=_(active.binding.description) if active.binding.description else "",
                    tooltip=_(active.binding.tooltip) if active.binding.tooltip else "",
                )
            )
            for key, active in super().active_bindings.items()
        }

    def reload(self) -> None:
        """Show anew what this screen shows; called after each change in the store."""

    def do(
        self,
        act: Callable[..., T],
        *arguments: object,
        done: Callable[[T], None] | None = None,
        failed: Callable[[ClerkError], None] | None = None,
    ) -> None:
        """Run a service in a thread that the app owns; a second press while busy is ignored."""
        if self._busy:
            self.app.bell()
            return
        self._busy = True
        self.add_class("busy")
        self.app.run_worker(
            self._carry_out(lambda: act(*arguments), done, failed), group="acts", exit_on_error=True
        )

    async def _carry_out(
        self,
        act: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[ClerkError], None] | None,
    ) -> None:
        """Await the thread; tell a problem in words, and log what nobody expected."""
        try:
            result = await asyncio.to_thread(act)
        except ClerkError as problem:
            self._end_busy()
            (failed or self.app.tell_problem)(problem)
        except Exception:  # noqa: BLE001 - the bridge is one of three places that catch all
            self._end_busy()
            get_log("screens").exception("screen.act_failed")
            self.app.tell_problem(ClerkError("desk.unexpected"))
        else:
            self._end_busy()
            if done is not None:
                done(result)

    def _end_busy(self) -> None:
        self._busy = False
        self.remove_class("busy")
