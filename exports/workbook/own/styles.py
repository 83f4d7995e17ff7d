"""Number formats for cells that have none: a day must not show as 46174."""

from __future__ import annotations

from xml.dom.minidom import Element

from exports.workbook.own.package import Package, copy_of, elements

DAY, MOMENT, RATE, MEAN = "14", "22", "10", "2"
"""Formats that every spreadsheet has built in (ECMA-376 Part 1, 18.8.30)."""
_SHAPELESS = frozenset({"", "0", "49"})
"""General and text."""
_SHAPELESS_CODES = frozenset({"general", "@"})
"""The same where a program wrote them as formats of the workbook's own."""


class Styles:
    """The cell formats of a workbook, to which variants are added behind."""

    def __init__(self, package: Package, path: str) -> None:
        """Look at the part of styles; a workbook without one has none to vary."""
        self._package, self._path = package, path
        self._made: dict[tuple[str, str], str] = {}

    def shape(self, style: str, number_format: str) -> str:
        """The same look with a number format, unless the office has chosen one."""
        return self._vary(style, "numFmtId", number_format)

    def quote(self, style: str) -> str:
        """The same look, marked as text, so that no later edit makes a formula of it."""
        return self._vary(style, "quotePrefix", "1")

    def _vary(self, style: str, name: str, value: str) -> str:
        if not self._path:
            return style
        root = self._package.parse(self._path).documentElement
        listed = elements(root, "cellXfs")
        formats = elements(listed[0], "xf") if listed else []
        at = int(style or 0)
        if at >= len(formats):
            return style
        if name == "numFmtId" and not _is_shapeless(root, formats[at].getAttribute(name)):
            return style
        if (style, name + value) not in self._made:
            self._made[style, name + value] = self._add(listed[0], formats[at], name, value)
        return self._made[style, name + value]

    def _add(self, listed: Element, model: Element, name: str, value: str) -> str:
        variant = copy_of(model)
        variant.setAttribute(name, value)
        if name == "numFmtId":
            variant.setAttribute("applyNumberFormat", "1")
        place = len(elements(listed, "xf"))
        listed.appendChild(variant)
        listed.setAttribute("count", str(place + 1))
        self._package.change(self._path)
        return str(place)


def _is_shapeless(root: Element | None, number: str) -> bool:
    """Whether a number format is none."""
    if number in _SHAPELESS:
        return True
    own = (one for listed in elements(root, "numFmts") for one in elements(listed, "numFmt"))
    return any(
        one.getAttribute("numFmtId") == number
        and one.getAttribute("formatCode").lower() in _SHAPELESS_CODES
        for one in own
    )
