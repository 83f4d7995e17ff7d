"""The lights of all open cases by department, as bars; the lists beside them have the figures."""

from __future__ import annotations

from textual.content import Content

from clerk.drawing import cut
from clerk.rules.clock import Light
from clerk.rules.supervision.tallying import BoardTally
from screens.lights import name_light
from screens.widgets.chart import Series, shaded

_MOST = 10
_NAME_CELLS = 8
_COLOURS = {Light.RED: "error", Light.YELLOW: "warning", Light.GREEN: "success"}


def draw_lights(tally: BoardTally, names: dict[str, str]) -> tuple[list[str], list[Series]]:
    """The most pressing departments, and a bar for each light; the order is that of the list."""
    rows = [*tally.by_department.items()][:_MOST]
    labels = [cut(names.get(department, department), _NAME_CELLS) for department, _row in rows]
    series = [
        Series(colour, [row.promised[light] for _department, row in rows])
        for light, colour in _COLOURS.items()
    ]
    return labels, series


def tell_lights() -> Content:
    """Which shading is which light."""
    told = [
        shaded(name_light(light), colour, place, plain=False)
        for place, (light, colour) in enumerate(_COLOURS.items())
    ]
    return Content("   ").join(told)
