"""A report as bars: day by day where it is the workload, else its largest rows."""

from __future__ import annotations

from textual.content import Content

from clerk.locale import _
from clerk.rules.reports.counting import Tally
from clerk.rules.reports.parts import Dimension, Report
from screens.widgets.cells import fit
from screens.widgets.chart import Series, shaded

_MOST = 12
_LABEL_CELLS = 8
_COLOURS = ("primary", "success")


def draw_rows(report: Report, dimension: Dimension, tally: Tally) -> tuple[list[str], list[Series]]:
    """Labels and bars of the rows with the most of what the report charts."""
    lead = report.charted[0]
    groups = tally.groups[dimension.key]
    names = sorted(groups, key=lambda name: -(groups[name][lead] or 0))[:_MOST]
    series = [
        Series(colour, [int(groups[name][key] or 0) for name in names])
        for key, colour in zip(report.charted, _COLOURS, strict=False)
    ]
    labels = [fit(dimension.say_name(name, _) or "–", _LABEL_CELLS).rstrip() for name in names]
    return labels, series


def tell_rows(report: Report, tally: Tally, *, plain: bool) -> Content:
    """The same in words: what is charted, in all."""
    parts = []
    named = {figure.key: figure for figure in report.figures}
    for place, (key, colour) in enumerate(zip(report.charted, _COLOURS, strict=False)):
        total = int(tally.total[key] or 0)
        parts.append(shaded(f"{_(named[key].label)} {total:,}", colour, place, plain=plain))
    return Content("   ").join(parts)
