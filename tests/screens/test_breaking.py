"""No number is broken in two lines, whatever it stands in; what is copied is the text itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual.content import Content

from clerk.errors import RefusedError
from clerk.rules.numbers import spaced
from screens.breaking import divide
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.screens import settle

NUMBER = spaced("260601001000012")


@pytest.mark.parametrize(
    "number", [NUMBER, "260601001000012", "LICENCE-2026-000001", "〔2026〕12号"]
)
@pytest.mark.parametrize(
    "text", ["Case {} has been received.", "办件{}已收件，不能重复。", "{} {}"]
)
def test_a_number_stands_in_one_line(number: str, text: str) -> None:
    told = text.format(number, number)
    for width in range(len(number) + 4, 40):
        places = [0, *divide(told, width), len(told)]
        lines = [told[a:b] for a, b in pairwise(places)]
        assert "".join(lines) == told
        assert sum(one.count(number) for one in lines) == told.count(number), lines
        assert all(Content(one.rstrip()).cell_length <= width for one in lines)


@pytest.mark.parametrize(
    "text",
    [
        "表单有3项未填写或填写有误：联系电话、预产期、本次生育孩次。",
        "请在补正告知书中一并告知（Ctrl+K）；接收补正时填入“预产期”。",
        "已给出补正告知书〔2026〕12号，请交申请人。",
    ],
)
def test_no_line_begins_with_a_mark_that_closes(text: str) -> None:
    """A full stop stood alone in the last line of a dialog."""
    for width in range(16, 60):
        places = [0, *divide(text, width), len(text)]
        lines = [text[a:b] for a, b in pairwise(places)]
        assert "".join(lines) == text
        assert not [one for one in lines if one[0] in "。，、；：！？）”》"], lines
        assert all(Content(one.rstrip()).cell_length <= width for one in lines)


@pytest.mark.parametrize(
    ("text", "width"), [("9" * 50, 20), ("一二三四五六七", 4), ("one two", 4), ("", 4), ("a 1", 1)]
)
def test_what_does_not_fit_is_broken_as_before(text: str, width: int) -> None:
    places = [0, *divide(text, width), len(text)]
    assert all(Content(text[a:b].rstrip()).cell_length <= width for a, b in pairwise(places))


async def test_problems_keep_numbers_whole(desk: Desk) -> None:
    """And whatever else is drawn: a message in passing is text that is wrapped, too."""
    async with at(desk, "counter") as person:
        for filler in range(8, 23, 2):
            told = "说" * filler + NUMBER
            person.app.tell_problem(RefusedError("case.already_received", number=told))
            await settle(person.pilot)
            assert NUMBER in person.text, filler
            await person.press("enter")
            assert any(NUMBER in line.plain for line in Content(told + "说" * 9).wrap(50))
