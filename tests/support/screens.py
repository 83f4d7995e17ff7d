"""Screens under test: an app that begins with one of them, and a clerk who presses its keys."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Event, Key, Paste
from textual.keys import REPLACED_KEYS, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerCancelled

import screens.app
from screens.app import ClerkApp

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterator

    from textual._queue import Queue
    from textual.message import Message
    from textual.pilot import Pilot
    from textual.screen import Screen

    from services.bootstrap import Desk

SMALL, LARGE = (80, 24), (160, 50)
_PATIENCE_S = 60
"""So long nothing takes, however busy the machine is."""

_TURN_S = 0.001
"""Where nobody's turn comes and yet not all is done, somebody waits for a thread or a clock."""

_LASTING = {
    App.run_test.__qualname__ + ".<locals>.run_app",
    MessagePump._process_messages.__qualname__,
    Timer._run_timer.__qualname__,
    Worker._run.__qualname__,
}
"""Tasks that live as long as an application does, and workers, who are waited for by name."""

_TESTS = str(Path(__file__).parent.parent)
_PACE_S = 0.1

_KEYS = {
    " ": "space",
    "-": "minus",
    "+": "plus",
    ".": "full_stop",
    "/": "slash",
    ",": "comma",
}


class OneScreenApp(ClerkApp):
    """The real application, which begins with the screen under test instead of signing in."""

    CSS_PATH = str(Path(screens.app.__file__).parent / "app.tcss")

    def __init__(self, desk: Desk, first: Callable[[], Screen[None]]) -> None:
        super().__init__(desk, idle_s=0)
        self._first = first
        self.keys_came = 0

    async def on_event(self, event: Event) -> None:
        """Count what the terminal sends, whoever else counts."""
        if isinstance(event, Key) and not event.is_forwarded:
            self.keys_came += 1
        await super().on_event(event)

    def show_sign_in(self) -> None:
        """Show the screen under test."""
        self.push_screen(self._first())


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs, no message waits and all is drawn.

    Textual's own pause waits until the process uses no processor time, central's threads
    included; this asks what waits, so it takes as long as the work does and no longer.
    """
    app = pilot.app
    while not _is_over(app):
        await _rest(app)
        running = [one for one in app.workers if not one.is_finished]
        for worker in running:
            try:
                await worker.wait()
            except WorkerCancelled:
                continue  # a newer one took its place
        if not running and not _is_over(app):
            if _is_drawn(app):
                return
            await asyncio.sleep(0)  # a palette that closes holds frames back until its timer comes


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something shows, though workers go on: an answer of one register of several."""
    patience = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < patience, "it never shows"
        await _rest(pilot.app)
        _is_drawn(pilot.app)
        await asyncio.sleep(_TURN_S)
    await _rest(pilot.app)
    while not _is_drawn(pilot.app):
        await asyncio.sleep(0)
        await _rest(pilot.app)


async def ring(timer: Timer | None) -> None:
    """Let what a timer waits for come now: nobody waits for its seconds."""
    assert timer is not None, "somebody set it"
    assert timer._task is not None, "and it still runs"
    await timer._tick(next_timer=0, count=0)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each as Textual names it, and wait after each until all is idle."""
    for key in keys:
        pilot.app.post_message(stroke(key))
        await settle(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type a text as fast as keys can come, and wait until all is idle.

    The keys say that a typist's pace lies between them: they are no scanner's.
    """
    for place, character in enumerate(text):
        key = stroke(_KEYS.get(character, character))
        key.time -= (len(text) - place) * _PACE_S
        pilot.app.post_message(key)
    await settle(pilot)


def stroke(key: str) -> Key:
    """The event that a terminal makes of a key."""
    try:
        name = _get_unicode_name_from_key(REPLACED_KEYS.get(key, key))
        return Key(key, unicodedata.lookup(name))
    except KeyError:
        return Key(key, key if len(key) == 1 else None)


async def _rest(app: App[None]) -> None:
    """Let the loop turn until everybody waits for their next message."""
    until, due = time.monotonic() + _PATIENCE_S, _due()
    while not _is_over(app) and (due or not _rests(app)):
        assert time.monotonic() < until, "the screen never comes to rest"
        if not due and _is_frame_awaited(app):
            _is_drawn(app)
        await asyncio.sleep(0 if due else _TURN_S)
        due = _due()


def _due() -> deque[asyncio.Handle]:
    """Whose turn comes without anybody's waiting."""
    return asyncio.get_running_loop()._ready  # type: ignore[attr-defined, no-any-return]


def _is_frame_awaited(app: App[None]) -> bool:
    """Whether somebody waits until the screen is drawn: keys do, for what came before them."""
    return any(front._callbacks for front in app.screen_stack[-1:])


def _rests(app: App[None]) -> bool:
    """Whether nobody has anything to do; the dearest question comes last."""
    return all(_is_at_rest(one) for one in _pumps(app)) and not _errands()


def _is_over(app: App[None]) -> bool:
    """Whether the application ends, by itself or by an error that `run_test` tells."""
    return app._exit or app._exception is not None


def _pumps(app: App[None]) -> Iterator[MessagePump]:
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def _is_at_rest(pump: MessagePump) -> bool:
    """Whether it has nothing to do: its task waits for a message, and there is none."""
    queue: Queue[Message | None] = pump._message_queue
    waits = queue.empty() and bool(queue.ready_event._waiters)
    return pump._closed or (waits and pump._pending_message is None and not pump._next_callbacks)


def _errands() -> set[asyncio.Task[object]]:
    """What else goes on: a screen being taken down or built up is nobody's message.

    A task of the tests' own is none: whoever waits with `asyncio.wait_for` is another task than
    this, and waits for it. Nor is this one, which of an asynchronous fixture is not of the tests.
    """
    return {
        task
        for task in asyncio.all_tasks() - {asyncio.current_task()}
        if getattr(task.get_coro(), "__qualname__", "") not in _LASTING and not _is_of_tests(task)
    }


def _is_of_tests(task: asyncio.Task[object]) -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_filename.startswith(_TESTS)


def _is_drawn(app: App[None]) -> bool:
    """Whether nothing is left to draw; else it is drawn now, not at the next frame.

    A dialog lies over screens that are laid out, too; they are drawn with it.
    """
    front = app.screen
    unready = [one for one in (*app._background_screens, front) if _is_to_lay_out(one)]
    if front not in unready and (front._repaint_required or front._dirty_widgets):
        unready.append(front)
    for one in unready:
        one._on_timer_update()
    return not unready


def _is_to_lay_out(screen: Screen[object]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._recompose_required
        or screen._callbacks
    )


def screen_lines(app: ClerkApp) -> list[str]:
    """What the terminal shows, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return [strip.text for strip in strips]


class Walk:
    """A clerk at a terminal: presses keys, counts them, and reads what the screen says."""

    def __init__(self, pilot: Pilot[None], app: ClerkApp) -> None:
        self.pilot = pilot
        self.app = app
        self.keys = 0
        self.data_keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all is idle."""
        self.keys += len(keys)
        await press(self.pilot, *keys)

    async def type(self, text: str) -> None:
        """Type data of the visit; it is not counted among the keys."""
        self.data_keys += len(text)
        await type_text(self.pilot, text)

    async def key_in(self, text: str) -> None:
        """Type what is no data of the visit, as what finds an item: each key is counted."""
        self.keys += len(text)
        await type_text(self.pilot, text)

    async def scan(self, text: str) -> None:
        """Give data all at once, as a scanner does."""
        self.app.post_message(Paste(text))
        await settle(self.pilot)

    @property
    def place(self) -> str:
        """The field that the cursor stands in."""
        return str(getattr(self.app.focused, "place", ""))

    @property
    def text(self) -> str:
        """All that the terminal shows."""
        return "\n".join(screen_lines(self.app))

    def read(self, selector: str) -> str:
        """What one widget says, whether it is scrolled into sight or not."""
        widget = self.app.screen.query_one(selector)
        if isinstance(widget, Static):
            return str(widget.content)
        return str(widget.render())
