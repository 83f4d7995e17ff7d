"""What a key costs in the intake: counted, for time tells of the machine and not of the screen."""

from __future__ import annotations

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
