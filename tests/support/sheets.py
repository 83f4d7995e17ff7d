"""Style sheets that are parsed once for all applications: a tenth of what a short story took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet


@pytest.fixture(scope="session", autouse=True)
def shared_sheets() -> Iterator[None]:
    """Let an application find what another one parsed in the same place with the same colours."""
    known: dict[object, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:  # noqa: ANN401 - passed on
        asked = (source, *more.items(), frozenset(sheet._variables.items()))
        if asked not in known:
            known[asked] = parse(sheet, *source, **more)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield
