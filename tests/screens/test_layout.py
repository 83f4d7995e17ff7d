"""A long list of keys takes the lines it needs; every screen is looked over in test_snapshots."""

from __future__ import annotations

from screens.dialogs.ask import AskText, Question
from screens.dialogs.choose import Choose
from screens.dialogs.mark_lines import Line, MarkLines
from screens.widgets.key_bar import KeyBar
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.cases import FOOD
from tests.support.desk import type_walk_in
from tests.support.screens import LARGE, SMALL, settle


async def test_a_long_list_of_keys_takes_more_lines(desk: Desk) -> None:
    type_walk_in(desk, FOOD)
    async with at(desk, "counter", (40, 24)) as person:
        bar = person.app.screen.query_one(KeyBar)
        assert bar.size.height > 1
        assert all(one.label in person.text for one in bar.shown)


async def test_the_keys_at_the_foot_of_a_small_screen_leave_the_lines_to_the_work(
    desk: Desk,
) -> None:
    """What matters least is left to F1, and no key moves when the cursor does."""
    async with at(desk, "counter", SMALL) as person:
        bar = person.app.screen.query_one(KeyBar)
        assert bar.size.height == 2
        assert {"walk_in", "hand_out", "shift", "matters", "help"} <= {
            one.verb for one in bar.shown
        }
        assert "refresh" not in {one.verb for one in bar.shown}
        await person.press("f1")
        assert "Refresh" in str(person.app.screen.query_one("#help-lines").render())
        await person.press("escape", "f2")
        bar = person.app.screen.query_one(KeyBar)
        order = [one.verb for one in bar.shown]
        assert order[0] == "receive"
        person.app.screen.set_focus(None)
        await settle(person.pilot)
        assert [one.verb for one in bar.shown] == order


async def test_what_is_asked_stands_above_where_it_is_typed(desk: Desk) -> None:
    asked = [Question(f"q{place}", f"Question {place}?") for place in range(7)]
    async with at(desk, "counter", SMALL) as person:
        person.app.push_screen(AskText("Several", asked))
        await settle(person.pilot)
        for key, some in (("tab", asked), ("shift+tab", asked[-2::-1])):
            for one in some:
                if one is not asked[0] or key == "shift+tab":
                    await person.press(key)
                assert one.label in person.text


async def test_a_choice_that_nothing_fits_says_so(desk: Desk) -> None:
    async with at(desk, "counter", SMALL) as person:
        person.app.push_screen(Choose("Which?", [(str(n), f"局{n}") for n in range(12)]))
        await settle(person.pilot)
        await person.type("zzz")
        assert "Nothing like that. Take some letters away." in person.text
        await person.press("enter")
        assert person.front == "Choose", "what says so cannot be chosen"
        await person.press("backspace", "backspace", "backspace", "enter")
        assert person.front == "HomeScreen"


async def test_a_long_list_in_a_dialog_takes_the_lines_that_the_window_has(desk: Desk) -> None:
    """All that is missing is told at once: it is better seen at once, too."""
    lines = [Line(f"m{n}", f"材料{n:02}") for n in range(30)]
    options = [(line.key, line.label) for line in lines]
    async with at(desk, "counter", LARGE) as person:
        for dialog in (MarkLines("What is missing?", lines), Choose("Which?", options[:18])):
            await person.pilot.resize_terminal(*LARGE)
            person.app.push_screen(dialog)
            await settle(person.pilot)
            assert "材料00" in person.text
            last = dialog.lines[-1].label if isinstance(dialog, MarkLines) else "材料17"
            assert last in person.text
            await person.pilot.resize_terminal(*SMALL)
            await settle(person.pilot)
            assert "back" in person.text, "nor do its keys leave a small one"
            await person.press("escape")


async def test_a_window_squeezed_to_nothing_goes_on(desk: Desk) -> None:
    """Whoever drags a window small has a terminal of one cell for a moment."""
    async with at(desk, "counter") as person:
        await person.press("shift+f7")
        for width, height in ((1, 1), (5, 2), SMALL):
            await person.pilot.resize_terminal(width, height)
            await settle(person.pilot)
        assert "Arrange the list" in person.text


async def test_in_a_window_of_one_cell_pages_of_choices_are_no_pages(desk: Desk) -> None:
    """Found by keys at random: a page of what had no lines yet ended the window."""
    async with at(desk, "counter", SMALL) as person:
        for opened in ("ctrl+p", "shift+f7"):
            await person.press(opened)
            await person.pilot.resize_terminal(1, 1)
            await person.press("down", "pageup", "pagedown")
            await person.pilot.resize_terminal(*SMALL)
            await person.press("escape")
        person.app.push_screen(Choose("Which?", [(str(n), f"局{n}") for n in range(3)]))
        await settle(person.pilot)
        await person.pilot.resize_terminal(1, 1)
        await person.press("pagedown", "pageup", "enter")
        assert person.front == "HomeScreen"
