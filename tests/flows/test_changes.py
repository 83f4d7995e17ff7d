"""News from central that comes at an awkward moment."""

from __future__ import annotations

from screens.home.screen import HomeScreen
from services.changes import Changed
from tests.flows.town import WINDOW, Town
from tests.flows.walk_ins import receive
from tests.support.desk import Hall
from tests.support.screens import settle
from tests.support.storyteller import Clerk, sit_down


async def test_news_that_comes_while_a_screen_opens_do_not_end_the_program(
    town: Town, hall: Hall
) -> None:
    """What opens has nothing on it yet that could be drawn anew."""
    window = town.desk(WINDOW, hall)
    async with sit_down(window, Clerk, town.told.counter[0], background=False) as clerk:
        app = clerk.walk.app
        case = receive(window, town.told.organisations[0], "食品经营许可")
        news = Changed(kinds=frozenset({"case", "outbox"}))
        for open_one in (app.open_intake, app.ways.to_release, app.ways.to_sync, app.show_home):
            open_one()
            app._tell_screens(news)
            await settle(clerk.walk.pilot)
        assert isinstance(app.screen, HomeScreen)
        await clerk.opens(case.number)
        assert "食品经营许可" in clerk.sees
