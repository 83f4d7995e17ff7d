"""A template opened: its sheets by name, its named cells, how it counts days."""

from __future__ import annotations

from xml.dom.minidom import Element

from exports.workbook.own.package import CONTENT_TYPES, Package, Relation, elements, put_behind
from exports.workbook.own.sheet import Sheet, read_strings
from exports.workbook.own.styles import Styles

_BEFORE_CALCULATION = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
)  # fmt: skip
"""What stands before calcPr (ECMA-376 Part 1, 18.2.27)."""


class Book:
    """The workbook of a package."""

    def __init__(self, package: Package) -> None:
        """Find its sheets. Raises InputError `template.broken`."""
        self.package = package
        started = [one for one in package.relations("") if one.kind == "officeDocument"]
        if not started:
            raise package.broken()
        self.path = started[0].path
        self.root = package.parse(self.path).documentElement
        related = package.relations(self.path)
        strings = read_strings(package, _find_part(related, "sharedStrings"))
        self.styles = Styles(package, _find_part(related, "styles"))
        self.sheets = {
            name: Sheet(package, name, path, strings) for name, path in self._list_sheets(related)
        }
        if not self.sheets:
            raise package.broken()
        told = elements(self.root, "workbookPr")
        self.from_1904 = bool(told) and told[0].getAttribute("date1904") in {"1", "true"}
        self._calculations = [one for one in related if one.kind == "calcChain"]

    def names(self) -> list[Element]:
        """The defined names."""
        listed = elements(self.root, "definedNames")
        return elements(listed[0], "definedName") if listed else []

    def name_of(self, sheet: str) -> str:
        """The name of a sheet as it is written, however it was typed; empty if there is none."""
        return next((one for one in self.sheets if one.lower() == sheet.lower()), "")

    def want_calculation(self) -> None:
        """Have all formulas calculated when the workbook is opened."""
        assert self.root is not None, "a workbook that was read has a root"
        found = elements(self.root, "calcPr")
        if not found:
            found = [self._add_calculation(self.root)]
        found[0].setAttribute("fullCalcOnLoad", "1")
        self.package.change(self.path)
        for one in self._calculations:
            self._forget(one)

    def _add_calculation(self, root: Element) -> Element:
        assert root.ownerDocument is not None, "a root is of a document"
        name = f"{root.prefix}:calcPr" if root.prefix else "calcPr"
        new = root.ownerDocument.createElementNS(root.namespaceURI, name)
        put_behind(new, elements(root, *_BEFORE_CALCULATION)[-1])
        return new

    def _forget(self, chain: Relation) -> None:
        """Leave out the order of calculation, which Excel makes anew, and what leads to it."""
        self.package.remove(chain.path)
        folder, _slash, name = self.path.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels".lstrip("/")
        self._drop(listed, "Relationship", "Id", chain.id)
        self._drop(CONTENT_TYPES, "Override", "PartName", f"/{chain.path}")

    def _drop(self, path: str, name: str, key: str, value: str) -> None:
        root = self.package.parse(path).documentElement
        for one in elements(root, name):
            if one.getAttribute(key) == value and one.parentNode is not None:
                one.parentNode.removeChild(one)
        self.package.change(path)

    def _list_sheets(self, related: list[Relation]) -> list[tuple[str, str]]:
        paths = {one.id: one.path for one in related if one.kind == "worksheet"}
        listed = elements(self.root, "sheets")
        found = []
        for one in elements(listed[0], "sheet") if listed else ():
            key = next(
                (value for name, value in one.attributes.items() if name.endswith(":id")), ""
            )
            if key in paths:
                found.append((one.getAttribute("name"), paths[key]))
        return found


def _find_part(related: list[Relation], kind: str) -> str:
    return next((one.path for one in related if one.kind == kind), "")
