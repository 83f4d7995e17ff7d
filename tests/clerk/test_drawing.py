"""Drawings keep their shape where characters are two cells wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clerk.contract.item import Act, Step
from clerk.drawing import cells, cut, draw_bundle, draw_flow, pad
from tests.support.bundles import bundle_of, graphs

NAMES = st.text(st.sampled_from("承办审核ab éｶ́·"), min_size=1, max_size=12)


def test_cells() -> None:
    assert cells("承办 ab") == 7
    assert cells("é") == 1
    assert pad("审", 4) == "审  "
    assert cut("承办审核", 5) == "承办…"
    assert cut("abc", 3) == "abc"


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_every_line_of_a_flow_is_as_wide_as_its_box(names: list[str]) -> None:
    steps = [Step(key=str(at), name=name, act=Act.HANDLE) for at, name in enumerate(names)]
    drawn = draw_flow(steps, lambda step: [step.name], now="0")
    boxes = [line for line in drawn if not line.endswith("▼")]
    assert len({cells(line) for line in boxes}) == 1
    assert sum(line.startswith("╔") for line in drawn) == 1
    assert [line[2:].rstrip("│║ ") for line in drawn if line[0] in "│║"] == [
        name.rstrip() for name in names
    ]


@given(graphs(), st.integers(20, 80))
def test_a_bundle_shows_each_item_once_within_its_width(
    after: dict[str, tuple[str, ...]], width: int
) -> None:
    later = frozenset(name for name in after if after[name])
    drawn = draw_bundle(bundle_of(after, later), lambda _node: "✓", width)
    assert {cells(line) for line in drawn} == {width}
    assert sum("●" in line for line in drawn) == len(after)


def test_what_waits_stands_below_and_says_for_whom() -> None:
    drawn = draw_bundle(bundle_of({"c": ("a", "b"), "a": (), "b": ("a",)}), width=30)
    assert [line.strip("│ ") for line in drawn[1:-1]] == ["● 1 a", "└─● 2 b ← 1", "└─● 3 c ← 1 2"]
