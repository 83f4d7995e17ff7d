"""The rail at the left: the parts of the walk-in, which are done, and where one is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from screens.intake.part import Stop
from screens.widgets.told import Told


class Rail(Told):
    """Shown where there is room for it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="rail")

    def show(self, stops: Sequence[Stop]) -> None:
        """Show these parts."""
        self.tell(Content("\n\n").join(_drawn(one) for one in stops))


def _drawn(stop: Stop) -> Content:
    sign = "✓" if stop.done and stop.needed else "·" if not stop.needed else "○"
    if stop.active:
        return Content.styled(f"▸ {sign} {stop.title}", "bold $text-primary")
    tone = "$text-success" if sign == "✓" else "$foreground-muted"
    return Content.assemble("  ", (sign, tone), f" {stop.title}")
