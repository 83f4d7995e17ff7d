"""What all screens share: translated keys, and the bridge from a key to a service and back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from clerk.errors import ClerkError
from clerk.locale import _
from clerk.log import write_failure
from screens.calm import CalmScreen
from screens.keymap import ALIASES, AWAY, VERB_ROLES, bindings
from screens.widgets.practice_line import PracticeLine
from screens.widgets.status_bar import Standing, StatusBar

if TYPE_CHECKING:
    from textual.app import SystemCommand
    from textual.binding import ActiveBinding, Binding, BindingType
    from textual.timer import Timer

    from screens.app import ClerkApp
    from services.bootstrap import Desk

T = TypeVar("T")
_log = logging.getLogger("clerk.screens")
_SLOW_AFTER_S = 1.0


class DeskScreen(CalmScreen[None]):
    """A screen of the desk. Subclasses say what they show in `reload`.

    From each of them the keys lead to all others.
    """

    LABELS: ClassVar[dict[str, tuple[str, str]]] = {}
    """What some keys are called here instead, and what they do; by the id of the verb."""

    SHUTS: ClassVar[bool] = False
    """Whether it lies over everything until somebody has signed in."""

    app: ClerkApp
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*AWAY, quiet=True)]

    def __init__(self) -> None:
        """Begin idle."""
        super().__init__()
        self._busy = False
        self._doing = ""
        self._slow: Timer | None = None
        self._late: list[Timer] = []
        self._drawing = asyncio.Lock()
        self._drawn_anew = False
        self._has_lost = False

    @property
    def desk(self) -> Desk:
        """The services, ready-made."""
        return self.app.desk

    @property
    def is_busy(self) -> bool:
        """Whether an act of this screen goes on."""
        return self._busy

    def tell_busy(self) -> None:
        """Say what still goes on, by its name where it has one."""
        self.app.bell()
        if self._doing:
            told = _("“{what}” still goes on. Press the key again once it is done.")
            self.app.warn(told.format(what=self._doing))
        else:
            self.app.warn(_("What was begun before goes on. One moment."))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings with labels in the language spoken now."""
        return {
            key: active._replace(
                binding=_named(
                    active.binding,
                    _(label) if (label := self.label_of(active.binding)) else "",
                    _(tip) if (tip := self.tip_of(active.binding)) else "",
                )
            )
            for key, active in super().active_bindings.items()
            if key not in ALIASES
        }

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Whatever a screen shows, one of a practice says so, after another language too."""
        super()._extend_compose(widgets)
        if self.app.practice:
            widgets.insert(0, PracticeLine())

    def label_of(self, binding: Binding) -> str:
        """What a key is called on this screen, in English."""
        return self.LABELS.get(binding.id or "", (binding.description, ""))[0]

    def tip_of(self, binding: Binding) -> str:
        """What a key does on this screen, in English."""
        return self.LABELS.get(binding.id or "", ("", binding.tooltip))[1]

    def offers(self, verb: str) -> bool:
        """Whether whoever is here is shown this verb; a key that is not shown still answers."""
        user = self.desk.present if self.app.is_open else None
        roles = VERB_ROLES.get(verb)
        return roles is None or (user is not None and any(user.has(role) for role in roles))

    def takes(self, verb: str) -> bool:
        """Whether the key of a verb does something here, or says why it cannot now."""
        return any(one.id == verb for _key, one in self._bindings)

    @property
    def is_whole(self) -> bool:
        """Whether all its parts are there: not before it is mounted, nor while it is drawn anew.

        What comes by itself, a change or a second gone by, waits for nothing: a screen that was
        drawn anew reads all of it.
        """
        return self.is_mounted and not self._drawn_anew

    def offered(self) -> Iterable[SystemCommand]:
        """What the palette finds on this screen beside its keys."""
        return ()

    def reload(self) -> None:
        """Show anew what this screen shows; called after each change in the store."""

    async def recompose(self) -> None:
        """Draw everything anew, as with another language, and fill it again.

        Whoever types or scans goes on where they were.
        """
        place = self.focused.id if self.focused else None
        async with self._drawing:
            self._drawn_anew = True
            try:
                await super().recompose()
            finally:
                self._drawn_anew = False
        for widget in self.query(f"#{place}") if place else ():
            self.set_focus(widget)
            if isinstance(widget, Input):
                # What was typed must not be taken for something to be typed over.
                self.call_after_refresh(widget.action_end)
        self.app.show_standing()
        self.reload()

    def hide_whole(self) -> None:
        """Hide again what was shown whole for a reason: somebody else may look next."""

    def show_standing(self, standing: Standing) -> None:
        """Show how things stand with central, where the screen has a bar for it."""
        for bar in self.query(StatusBar):
            bar.standing = standing

    def on_screen_resume(self) -> None:
        """In front again: what happened meanwhile is shown, and what was scanned is done.

        Not at a locked desk: what somebody began before they locked it may end in a screen.
        """
        if self._has_lost:
            self.leave()
            return
        self.app.keep_shut()
        self.app.show_standing()
        self.reload()
        self.call_after_refresh(self.app.scans.go_on)

    def action_walk_in(self) -> None:
        """Take in an application."""
        self.app.open_intake()

    def action_cases(self) -> None:
        """To the worklists."""
        self.app.ways.to_cases()

    def action_hand_out(self) -> None:
        """Hand out what is ready."""
        self.app.ways.to_release()

    def action_sync(self) -> None:
        """To the sync centre."""
        self.app.ways.to_sync()

    def action_verify(self) -> None:
        """The screen that verifies licences."""
        self.app.ways.to_verification()

    def action_papers(self) -> None:
        """The papers of this window or department."""
        self.app.ways.to_papers()

    def action_shift(self) -> None:
        """The journals of the windows."""
        self.app.ways.to_shift()

    def action_matters(self) -> None:
        """What people bring."""
        self.app.ways.to_matters()

    def action_rate(self) -> None:
        """Turn the desk over to whoever was served last."""
        self.app.ways.to_rating(self.rated_case)

    @property
    def rated_case(self) -> str:
        """The case whose visit would be rated here; none for the last visit of the window."""
        return ""

    def action_report(self) -> None:
        """To the figures."""
        self.app.ways.to_report()

    def action_supervision(self) -> None:
        """To the supervision board."""
        self.app.ways.to_supervision()

    def action_refresh(self) -> None:
        """Send and fetch now."""
        self.app.level()

    def action_back(self) -> None:
        """Leave this screen."""
        self.app.pop_screen()

    def leave(self) -> None:
        """Take this screen away, and no other: at once, or when what lies over it is gone."""
        self._has_lost = True
        if self.app.screen is self:
            self.app.pop_screen()

    def load(
        self,
        fetch: Callable[[], T],
        done: Callable[[T], None],
        *,
        group: str,
        failed: Callable[[ClerkError], None] | None = None,
        central: bool = False,
    ) -> None:
        """Read something in a thread and show it; a newer reading of the group replaces it.

        Where central is asked for it and takes its time, the bar at the top says so.
        """

        async def work() -> None:
            late = self._say_late() if central else None
            try:
                await self._carry_out(fetch, done, failed, group=group)
            finally:
                if late is not None:
                    self._end_late(late)

        _started: Worker[None] = self.run_worker(work, group=f"load-{group}", exclusive=True)

    def do(
        self,
        act: Callable[..., T],
        *arguments: object,
        done: Callable[[T], None] | None = None,
        failed: Callable[[ClerkError], None] | None = None,
        named: str = "",
    ) -> None:
        """Run a service in a thread that the app owns; a second press while busy is told so.

        Where it takes its time, as central on a slow line does, the bar at the top says so.
        """
        if self._busy:
            self.tell_busy()
            return
        self._busy, self._doing = True, named
        self._slow = self.set_timer(_SLOW_AFTER_S, partial(self._say_busy, busy=True))

        async def work() -> None:
            await self._carry_out(partial(act, *arguments), done, failed)

        _started: Worker[None] = self.app.run_worker(work, group="acts")

    async def _carry_out(
        self,
        act: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[ClerkError], None] | None,
        *,
        group: str = "",
    ) -> None:
        """Await the thread; tell a problem in words, and log what nobody expected.

        What ends at a locked desk is told to whoever comes back; of a group what was read last.
        """
        busy = not group
        try:
            result = await asyncio.to_thread(act)
        except ClerkError as problem:
            ended = partial(self._tell_failed, problem, failed, busy=busy)
        except Exception as error:  # noqa: BLE001 - the bridge is one of three places that catch all
            write_failure(_log, "screen.act_failed", error)
            ended = partial(self._tell_failed, ClerkError("desk.unexpected"), None, busy=True)
        else:
            ended = partial(self._show_result, result, done)
        self._end_busy(busy=busy)
        await self.app.held.show(self, ended, (self, group) if group else None)

    async def _tell_failed(
        self, problem: ClerkError, failed: Callable[[ClerkError], None] | None, *, busy: bool
    ) -> None:
        if failed is not None and self._is_there():
            failed(problem)
        elif busy or self._is_there():
            self.app.tell_problem(problem)

    async def _show_result(self, result: T, done: Callable[[T], None] | None) -> None:
        async with self._drawing:
            if done is not None and self._is_there():
                done(result)

    def _is_there(self) -> bool:
        """Whether there is still something to show on: a program that ends takes screens apart."""
        stands = self.app.is_running and self in self.app.screen_stack
        return stands and bool(self.children)

    def _end_busy(self, *, busy: bool) -> None:
        if busy:
            self._busy = False
            if self._slow is not None:
                self._slow.stop()
            self._say_busy(busy=False)

    def _say_late(self) -> Timer:
        timer = self.set_timer(_SLOW_AFTER_S, partial(self._say_busy, busy=True))
        self._late.append(timer)
        return timer

    def _end_late(self, timer: Timer) -> None:
        """An answer is there, or nobody waits for it any more; others may still be waited for."""
        timer.stop()
        self._late.remove(timer)
        if not self._late:
            self._say_busy(busy=self._busy)

    def _say_busy(self, *, busy: bool) -> None:
        for bar in self.query(StatusBar):
            bar.busy = busy


@lru_cache(maxsize=1024)
def _named(binding: Binding, label: str, tip: str) -> Binding:
    """A binding with its texts in the language spoken; asked for each of them at each focus."""
    return replace(binding, description=label, tooltip=tip)
