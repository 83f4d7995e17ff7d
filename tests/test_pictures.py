"""Pictures stand alone: nothing is fetched, and wide characters keep to their cells."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from tests.support.picture_svg import CELL, make_self_contained

TEXT = re.compile(r'<text class="([^"]+)" x="([\d.]+)" y="[\d.]+"[^>]*>([^<]*)</text>')


def draw(line: str) -> str:
    console = Console(width=40, file=io.StringIO(), record=True, force_terminal=True)
    console.print(line)
    return make_self_contained(console.export_svg(title="x"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("abc 编号 12", [(0, "abc"), (4, "编号"), (9, "12")]),
        ("│材料│", [(0, "│"), (1, "材料"), (5, "│")]),
        ("一<二&三", [(0, "一"), (2, "&lt;"), (3, "二"), (5, "&amp;"), (6, "三")]),
    ],
)
def test_every_stretch_stands_in_its_cell(line: str, expected: list[tuple[int, str]]) -> None:
    found = [(round(float(x) / CELL), text) for _, x, text in TEXT.findall(draw(line))]
    assert found == expected


def test_nothing_is_fetched() -> None:
    svg = draw("材料")
    assert "font-face" not in svg
    assert re.findall(r"https?://[^\"<> ]+", svg) == ["http://www.w3.org/2000/svg"]
