"""What stands between {{ and }}: a figure, a day, the office, or the rows to repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias, TypeVar

import msgspec

from clerk.contract.report import Period
from clerk.errors import InputError
from clerk.locale import LANGUAGES, _, get_translation, language, listed, mark
from clerk.rules.reports.counting import Tally
from clerk.rules.reports.parts import Dimension, Figure, Report, Shown

_T = TypeVar("_T")
Value: TypeAlias = str | int | float | date | datetime | None

_SPOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_EACH = re.compile(r"(?:each\s+|每个?\s*)(.+)", re.IGNORECASE | re.DOTALL)
_GENERAL = {
    "period.first": mark("First day"),
    "period.last": mark("Last day"),
    "office": mark("Office"),
    "made_at": mark("Made at"),
    "report": mark("Report"),
}
_NUMBER = ("number", mark("No."))


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """One placeholder, understood. `name` narrows a figure to one row of the dimension."""

    text: str
    general: str = ""
    figure: Figure | None = None
    dimension: Dimension | None = None
    name: str = ""
    each: bool = False
    number: bool = False


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is filled in: the figures of a report, and what is true of it as a whole."""

    report: Report
    period: Period
    made_at: datetime
    office: str
    tally: Tally
    language: str

    def say(self, spot: Spot, group: str | None = None, number: int = 0) -> Value:
        """The value of a placeholder; in a repeated row of the group that the row is of."""
        if spot.general:
            return self._general()[spot.general]
        if spot.number:
            return number or None
        if spot.each:
            return self._name(spot, group)
        assert spot.figure is not None, "a placeholder is a figure, a name or one of the general"
        if spot.name:
            assert spot.dimension is not None, "a name is one of a dimension"
            found = self._group(spot.dimension, spot.name)
            return (
                0
                if found is None and not spot.figure.is_share
                else (found or {}).get(spot.figure.key)
            )
        if spot.dimension is not None:
            groups = self.tally.groups[spot.dimension.key]
            return groups[group][spot.figure.key] if group is not None else None
        return self.tally.total[spot.figure.key]

    def lacks(self, spot: Spot) -> bool:
        """Whether a placeholder names a row that the report does not have."""
        if not spot.name or spot.dimension is None:
            return False
        return self._group(spot.dimension, spot.name) is None

    def groups(self, dimension: Dimension) -> Sequence[str]:
        """The rows of a dimension, in the order of the report."""
        return tuple(self.tally.groups[dimension.key])

    def _group(self, dimension: Dimension, name: str) -> Mapping[str, int | float | None] | None:
        groups = self.tally.groups[dimension.key]
        if name in groups:
            return groups[name]
        shown = {dimension.say_name(key, say): key for say in _languages() for key in groups}
        return groups.get(shown.get(name, ""))

    def _name(self, spot: Spot, group: str | None) -> str | None:
        assert spot.dimension is not None, "rows are repeated by a dimension"
        if group is None:
            return None
        return spot.dimension.say_name(group, get_translation(self.language).gettext)

    def _general(self) -> dict[str, Value]:
        return {
            "period.first": self.period.first,
            "period.last": self.period.last,
            "office": self.office,
            "made_at": self.made_at,
            "report": get_translation(self.language).gettext(self.report.title),
        }


def find_spots(text: str) -> list[str]:
    """The placeholders of a text, as they are written."""
    return [match[0] for match in _SPOT.finditer(text)]


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders replaced."""
    return _SPOT.sub(lambda match: values[match[0]], text)


def read_spot(text: str, report: Report) -> Spot:
    """Understand one placeholder, by keys or by the words of either language.

    Raises InputError `template.unknown`, `template.dimension` or `template.name_unknown`.
    """
    inner = _SPOT.sub(r"\1", text).strip()
    if each := _EACH.fullmatch(inner):
        return Spot(text=text, dimension=_find_dimension(each[1].strip(), report, text), each=True)
    key, _colon, narrowed = inner.partition(":") if ":" in inner else inner.partition("：")
    figure = _find(key.strip(), ((one.key, one.label, one) for one in report.figures))
    if figure is not None:
        return _narrow(Spot(text=text, figure=figure), narrowed.strip(), report)
    general = _find(inner, ((known, label, known) for known, label in _GENERAL.items()))
    if general is not None:
        return Spot(text=text, general=general)
    if _find(inner, ((*_NUMBER, True),)):
        return Spot(text=text, number=True)
    labels = {one.key: one.label for one in report.figures} | _GENERAL | dict([_NUMBER])
    raise InputError("template.unknown", text=text, known=_name_all(labels))


def read_name(name: str, report: Report) -> Spot | None:
    """What a defined name of a cell stands for, if it is one of the report's keys."""
    key = name.lower()
    figure = next((one for one in report.figures if one.key == key), None)
    if figure is not None:
        return Spot(text=name, figure=figure)
    return Spot(text=name, general=key) if key in _GENERAL else None


def write_value(value: Value, spot: Spot) -> str:
    """A value within a text."""
    match value:
        case None:
            return "–" if spot.figure else ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case float() if spot.figure and spot.figure.shown is Shown.RATE:
            return f"{value:.1%}"
        case float():
            return f"{value:.1f}"
        case _:
            return str(value)


def _narrow(spot: Spot, narrowed: str, report: Report) -> Spot:
    if not narrowed:
        return spot
    by, sign, name = narrowed.partition("=")
    dimension = _find_dimension(by.strip(), report, spot.text)
    name = name.strip()
    if not sign or not name:
        raise InputError("template.unknown", text=spot.text, known="{{received:department=…}}")
    if dimension.words:
        known = [
            *dimension.words,
            *(say(one) for say in _languages() for one in dimension.words.values()),
        ]
        if name not in known:
            told = _name_all(dimension.words)
            raise InputError("template.name_unknown", text=spot.text, name=name, known=told)
    return msgspec.structs.replace(spot, dimension=dimension, name=name)


def _find_dimension(text: str, report: Report, spot: str) -> Dimension:
    found = _find(text, ((one.key, one.heading, one) for one in report.dimensions))
    if found is None:
        known = _name_all({one.key: one.heading for one in report.dimensions})
        raise InputError("template.dimension", text=spot, known=known)
    return found


def _name_all(labels: Mapping[str, str]) -> str:
    """What may be written, as whoever reads of it would: the keys are English."""
    return listed(labels if language() == "en" else (_(one) for one in labels.values()))


def _find(text: str, known: Iterable[tuple[str, str, _T]]) -> _T | None:
    """By its key first, then by its label in any language."""
    listed = list(known)
    for key, _label, one in listed:
        if text.lower() == key:
            return one
    for _key, label, one in listed:
        if text in {say(label) for say in _languages()}:
            return one
    return None


def _languages() -> list[Callable[[str], str]]:
    return [get_translation(one).gettext for one in LANGUAGES]
