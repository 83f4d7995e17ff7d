"""The window is there before its desk: keys are taken meanwhile, and a desk that fails is told."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Input

from clerk.errors import StoreError
from screens.app import ClerkApp
from services.bootstrap import Desk
from services.opening import Opening
from tests.support.desk import PASSWORD
from tests.support.screens import screen_lines, settle, stroke, type_text, until


async def test_what_is_typed_before_the_desk_is_open_signs_in(desk: Desk) -> None:
    desk.session.sign_out()
    loaded = threading.Event()

    def open_it() -> Desk:
        assert loaded.wait(60)
        return desk

    app = ClerkApp(Opening(open_it), idle_s=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query("#login").first().has_focus)
        for key in "counter":
            app.post_message(stroke(key))
        app.post_message(stroke("enter"))
        for key in PASSWORD.replace("-", "_"):
            app.post_message(stroke("minus" if key == "_" else key))
        app.post_message(stroke("enter"))
        await until(pilot, lambda: app.screen.query_one("#login", Input).value == "counter")
        assert not app.is_open
        await pilot.press("f1", "escape")  # a key that asks who is here
        loaded.set()
        await until(pilot, lambda: type(app.screen).__name__ == "HomeScreen")
        await settle(pilot)
        assert "综合三号窗" in "\n".join(screen_lines(app))


async def test_where_the_desk_stands_is_told_once_it_is_open(desk: Desk) -> None:
    loaded = threading.Event()

    def open_it() -> Desk:
        assert loaded.wait(60)
        return desk

    app = ClerkApp(Opening(open_it), idle_s=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#login")))
        assert "综合三号窗" not in "\n".join(screen_lines(app))
        await type_text(pilot, "c")
        loaded.set()
        await until(pilot, lambda: "综合三号窗" in "\n".join(screen_lines(app)))
        assert app.screen.query_one("#login", Input).value == "c"


async def test_a_desk_that_does_not_open_ends_the_window() -> None:
    def open_it() -> Desk:
        raise StoreError("store.damaged")

    opening = Opening(open_it)
    app = ClerkApp(opening, idle_s=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app._exit)
    opening.close()
    with pytest.raises(StoreError, match=r"store\.damaged"):
        opening.raise_problem()
