"""What a key costs in the intake: counted, for time tells of the machine and not of the screen."""

from __future__ import annotations

from textual.widgets import Static

from screens.intake.part import Part
from screens.intake.row import Box
from tests.screens.intake.conftest import OpenIntake
from tests.support.frames import counting
from tests.support.screens import LARGE


async def test_another_field_draws_two_lines(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.press("tab", "tab")
        with counting() as cost:
            await walk.press("tab")
        assert walk.place == "address"
        assert 0 < cost.sent < 500, "of a whole screen of 15,000 bytes"


async def test_another_field_styles_what_changes(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.press("tab", "tab")
        with counting() as within:
            await walk.press("tab")
        assert walk.place == "address"
        with counting() as beyond:
            while walk.place != "items":
                await walk.press("tab")
        # The two boxes and their labels, and perhaps one of them once more as valid.
        assert {type(one) for one in within.styled} == {Box, Static}
        assert len(within.styled) <= len("bbll") + 1, "of forty widgets in this part"
        parts = [one for one in beyond.styled if isinstance(one, Part)]
        assert [one.id for one in parts] == ["applicant", "items"]
        lit = [one.border_title for one in walk.app.screen.query("Part.lit")]
        assert lit == ["3 · Items"]


async def test_typing_lays_nothing_out(intake: OpenIntake) -> None:
    async with intake(size=LARGE) as walk:
        await walk.press("tab")
        await walk.type("王")
        with counting() as cost:
            await walk.type("小明")
        assert not cost.layouts
        assert not cost.styled
        assert cost.sent < 2_000
