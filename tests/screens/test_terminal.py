"""A terminal that sends no text is no reason to end."""

from __future__ import annotations

import os
import sys
from queue import SimpleQueue
from threading import Event, Thread

import pytest
from textual.events import Key
from textual.message import Message

from screens.terminal import Garbled
from services.bootstrap import Desk
from tests.screens.story import at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends characters")

if sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

    from screens.terminal import forgive


class Listener:
    """What the driver tells, in its order; it stands for the application."""

    def __init__(self) -> None:
        self.told: SimpleQueue[Message] = SimpleQueue()

    def post_message(self, message: Message) -> None:
        """Remember it."""
        self.told.put(message)


def test_bytes_that_are_no_text_are_dropped_and_told() -> None:
    driver_class = forgive(LinuxDriver)
    listener = Listener()
    reading, writing = os.pipe()
    driver = driver_class.__new__(driver_class)
    vars(driver).update(
        _app=listener,
        _debug=False,
        fileno=reading,
        exit_event=Event(),
        process_message=listener.post_message,
    )
    thread = Thread(target=driver.run_input_thread)  # type: ignore[attr-defined]
    thread.start()
    try:
        os.write(writing, "陈".encode("gb18030"))
        assert isinstance(listener.told.get(timeout=30), Garbled)
        os.write(writing, b"a")
        key = listener.told.get(timeout=30)
        assert isinstance(key, Key)
        assert key.character == "a"
    finally:
        vars(driver)["exit_event"].set()
        thread.join(30)
        os.close(reading)
        os.close(writing)


async def test_the_clerk_hears_of_it(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        assert person.app.get_driver_class() is not LinuxDriver
        person.app.post_message(Garbled())
        await person.press("f5")
        assert "it was dropped" in person.toasts
