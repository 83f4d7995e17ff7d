"""What applications under test need not do as often: parse the same style sheets, draw.

The sheets were a tenth of what a short story took, frames that nobody looked at another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import textual.screen
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet

READ_RULES = Stylesheet._parse_rules
"""As Textual has it, for a test that counts what is read."""

_FRAME_EVERY_S = 0.5
"""So long changes of a screen gather; `settle` draws at once where all rests or somebody waits."""


@pytest.fixture(scope="session", autouse=True)
def few_frames() -> Iterator[None]:
    """Draw once work is done: with six tests on two cores the clock runs ahead of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.screen, "UPDATE_PERIOD", _FRAME_EVERY_S)
        yield


@pytest.fixture(scope="session", autouse=True)
def shared_sheets() -> Iterator[None]:
    """Let an application find what another one parsed in the same place with the same colours."""
    known: dict[object, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:  # noqa: ANN401 - passed on
        asked = (source, *more.items(), frozenset(sheet._variables.items()))
        if asked not in known:
            known[asked] = READ_RULES(sheet, *source, **more)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield
