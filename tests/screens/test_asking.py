"""A box that asks for a few words begins where something is to be typed."""

from __future__ import annotations

import pytest
from textual.app import App

from screens.dialogs import AskText, Question
from tests.support.screens import SMALL


@pytest.mark.parametrize("begins", ["opinion", "password"])
async def test_asked_again_for_one_thing_the_cursor_stands_there(begins: str) -> None:
    app = App[None]()
    async with app.run_test(size=SMALL) as pilot:
        asked = (Question("opinion", "Opinion", "同意。"), Question("password", "", password=True))
        await app.push_screen(AskText("Grant", asked, begins=begins))
        await pilot.pause()
        assert app.focused is not None
        assert app.focused.id == f"ask-{begins}"
