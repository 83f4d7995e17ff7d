"""No sheet is read twice in the same colours, and the first frame stands in those of the desk."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from textual.color import Color
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet

from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.sheets import READ_RULES

Read = tuple[object, int]
"""Where it stands, and its rank among the others."""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[Read]:
    """How often each sheet or class was read for one rank; what ranks higher is another thing."""
    counted: Counter[Read] = Counter()

    def count(scope: str, css: str, place: tuple[str, str], **more: Any) -> Any:  # noqa: ANN401 - passed on
        counted[place, more["tie_breaker"]] += 1
        return parse(scope, css, place, **more)

    monkeypatch.setattr(Stylesheet, "_parse_rules", READ_RULES)
    monkeypatch.setattr("textual.css.stylesheet.parse", count)
    return counted


async def test_each_sheet_is_read_once_however_many_screens_open(
    desk: Desk, reads: Counter[Read]
) -> None:
    async with at(desk, "counter") as person:
        for key in ("f2", "f1", "f6"):
            await person.press(key, "escape")
    assert any("intake/screen.tcss" in str(place) for place in reads)
    assert [place for place, times in reads.items() if times > 1] == []


async def test_other_colours_have_every_sheet_read_anew(desk: Desk, reads: Counter[Read]) -> None:
    async with at(desk, "counter") as person:
        before, ground = Counter(reads), person.app.screen.styles.background
        person.app.theme = "clerk-light"
        await person.press("f2", "escape")
        assert person.app.screen.styles.background != ground
        again = {one[0] for one, times in reads.items() if times == before[one] + 1}
        assert again >= {place for place, _rank in before}, "what was open wears them, too"
        person.app.theme = "clerk-dark"
        await person.press("f2", "escape")
        assert person.app.screen.styles.background == ground


async def test_the_first_frame_stands_in_the_colours_of_the_desk(
    desk: Desk, reads: Counter[Read]
) -> None:
    desk.looks.keep_colours("clerk-light")
    async with at(desk, "counter") as person:
        assert person.app.theme == "clerk-light"
        assert person.app.has_class("-light-mode", "-theme-clerk-light")
        assert not person.app.has_class("-dark-mode")
        assert person.app.screen.styles.background == Color.parse("#F7F8FA")
    assert set(reads.values()) == {1}
