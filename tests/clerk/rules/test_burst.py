"""A scanner is told from a typist by the pace of its keys, on a clock that stands where we say."""

from __future__ import annotations

import pytest

from clerk.rules.burst import Burst, follow, is_scan

NUMBER = "260601003000012"


def type_at(text: str, gaps: list[float]) -> tuple[Burst | None, float]:
    """Type a text with these gaps between keys, repeated; the burst, and when the last key was."""
    burst, at = None, 100.0
    for place, character in enumerate(text):
        at += gaps[place % len(gaps)]
        burst = follow(burst, character, at)
    return burst, at


@pytest.mark.parametrize(
    ("text", "gaps", "enter", "scanned"),
    [
        pytest.param(NUMBER, [0.0], 0.0, True, id="all in one instant"),
        pytest.param(NUMBER, [0.016], 0.016, True, id="a scanner on USB"),
        pytest.param(NUMBER, [0.03], 0.03, True, id="a slow scanner"),
        pytest.param(NUMBER, [0.001, 0.049], 0.045, True, id="in two pieces over the network"),
        pytest.param(NUMBER, [0.045], 0.045, False, id="held key that repeats"),
        pytest.param(NUMBER, [0.08], 0.08, False, id="the fastest typist"),
        pytest.param(NUMBER, [0.02, 0.02, 0.09], 0.02, False, id="a typist who rolls keys"),
        pytest.param(NUMBER, [0.0], 0.2, False, id="a paste, and Enter by hand"),
        pytest.param(NUMBER[:14], [0.0], 0.0, False, id="too short for a number"),
        pytest.param("", [0.0], 0.0, False, id="Enter alone"),
    ],
)
def test_pace_tells_who_types(text: str, gaps: list[float], enter: float, *, scanned: bool) -> None:
    burst, last = type_at(text, gaps)
    assert is_scan(burst, last + enter) is scanned


def test_what_was_typed_just_before_a_scan_is_none_of_it() -> None:
    typed, at = type_at("王小明", [0.1])
    assert typed is not None
    for character in NUMBER:
        at += 0.06 if character is NUMBER[0] and typed.text == "明" else 0.01
        typed = follow(typed, character, at)
    assert typed.text == NUMBER
    assert is_scan(typed, at + 0.01)


def test_a_clock_that_runs_back_ends_a_burst() -> None:
    burst, at = type_at(NUMBER, [0.01])
    assert not is_scan(burst, at - 5)
    assert follow(burst, "1", at - 5).text == "1"


def test_nothing_of_a_number_is_told() -> None:
    assert NUMBER not in repr(type_at(NUMBER, [0.01])[0])
