"""The verdict, always in sight: complete, or exactly what is missing, by name."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from clerk.locale import _
from clerk.rules.forecast import NOTHING, VisitForecast
from clerk.rules.verdict import Verdict
from screens.intake.cells import pack_cells, wrap_cells
from screens.intake.forecast import tell_visit
from screens.widgets.drawing import draw_anew
from screens.words import name_lack

LOW_SCREEN = 40
ROWS_OF_NAMES = (2, 8)
"""How many rows a list of names may take on a low screen and on a high one."""


class VerdictBar(Widget):
    """Says what a receipt would be worth, before there is one."""

    verdict: reactive[Verdict | None] = reactive(None, repaint=False)
    forecast: reactive[VisitForecast] = reactive(NOTHING, repaint=False)

    def __init__(self) -> None:
        """Begin without a verdict."""
        super().__init__(id="verdict")

    def watch_verdict(self, verdict: Verdict | None) -> None:
        """Take the colour of the verdict."""
        self.set_class(verdict is not None and verdict.complete, "complete")
        draw_anew(self)

    def watch_forecast(self) -> None:
        """Show it."""
        draw_anew(self)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many rows as the names need, within what a screen can spare."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The verdict in words."""
        return Content("\n").join(self._rows(self.content_size.width))

    def _rows(self, width: int) -> list[Content]:
        if self.verdict is None:
            return [Content("")]
        most_rows = ROWS_OF_NAMES[self.screen.size.height >= LOW_SCREEN]
        width = max(20, width)
        ahead = wrap_cells(tell_visit(self.forecast), width) if self.verdict.receivable else []
        muted = [Content.styled(line, "$foreground-muted") for line in ahead if line]
        return [*draw_verdict(self.verdict, width, most_rows), *muted]


def draw_verdict(verdict: Verdict, width: int, most_rows: int) -> list[Content]:
    """The verdict as rows."""
    if verdict.complete:
        told = _("Complete: it can be accepted on the spot.")
        key = _("Ctrl+R gives the receipt.")
        return [Content.assemble(("✓ ", "bold $text-success"), (told, "bold"), " ", key)]
    rows: list[Content] = []
    for title, named, tone in (
        (_("Needed for a receipt:"), [name_lack(one) for one in verdict.problems], "error"),
        (_("Missing:"), [one.name for one in verdict.missing], "warning"),
        (_("To be typed:"), [name_lack(one) for one in verdict.wrong_fields], "warning"),
    ):
        if named:
            lines = pack_cells(title, named, width, most_rows, count_more)
            head = (lines[0][: len(title)], f"bold $text-{tone}")
            rows += [Content.assemble(head, lines[0][len(title) :]), *map(Content, lines[1:])]
    if verdict.receivable:
        told = _("A receipt can be given all the same: Ctrl+R.")
        rows.append(Content.styled(told, "$foreground-muted"))
    return rows


def count_more(count: int) -> str:
    """How many names found no room."""
    return _("and {count} more").format(count=count)
