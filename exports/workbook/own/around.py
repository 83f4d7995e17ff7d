"""What refers to rows outside of cells: merged areas, rules, tables, drawings, charts, names.

Only parts in which a reference changed are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.dom.minidom import Element

from exports.workbook.own.book import Book
from exports.workbook.own.package import copy_of, elements, everything, set_text, text_of
from exports.workbook.own.references import Inserts, Standing, move_area, move_formula
from exports.workbook.own.sheet import Sheet, row_of

_AREAS = (
    ("conditionalFormatting", "sqref"), ("dataValidation", "sqref"), ("ignoredError", "sqref"),
    ("protectedRange", "sqref"), ("autoFilter", "ref"), ("sortState", "ref"),
    ("sortCondition", "ref"), ("dimension", "ref"),
)  # fmt: skip
_RELATED = frozenset({"drawing", "vmlDrawing", "table", "comments", "threadedComment"})
_NOTE_ROW = re.compile(rb"(<x:Row>\s*)(\d+)")
_FORMULAS = ("formula", "formula1", "formula2")
_VALUES = frozenset({"val", "cat", "xVal", "yVal", "bubbleSize", "numDim", "strDim"})
_CACHES = ("numCache", "strCache", "multiLvlStrCache")


def move_around(book: Book, sheet: Sheet, inserts: Mapping[str, Inserts]) -> None:
    """Move what a sheet says of its areas; the caller writes the sheet."""
    moves, standing = inserts.get(sheet.name, Inserts()), Standing(sheet=sheet.name)
    for node in everything(sheet.root, *_FORMULAS, "f"):
        inside = node.parentNode
        if isinstance(inside, Element) and inside.localName != "c":
            set_text(node, move_formula(text_of(node), standing, inserts))
    if not moves.extra:
        return
    _move_areas(sheet, moves)
    _move_merged(sheet, moves)
    _move_related(book, sheet, moves)


def _move_areas(sheet: Sheet, moves: Inserts) -> None:
    """Rules, filters, links and the breaks between pages."""
    for name, key in _AREAS:
        for node in everything(sheet.root, name):
            if node.hasAttribute(key):
                node.setAttribute(key, move_area(node.getAttribute(key), moves))
    for node in everything(sheet.root, "sqref"):
        set_text(node, move_area(text_of(node), moves))
    for node in everything(sheet.root, "hyperlink"):
        node.setAttribute("ref", move_area(node.getAttribute("ref"), moves, grows=False))
    for breaks in everything(sheet.root, "rowBreaks"):
        for node in elements(breaks, "brk"):
            node.setAttribute("id", str(moves.bottom(int(node.getAttribute("id")))))


def _move_merged(sheet: Sheet, moves: Inserts) -> None:
    """Merged areas move; one within a repeated row is there in each of its copies."""
    for listed in everything(sheet.root, "mergeCells"):
        for node in elements(listed, "mergeCell"):
            first, _colon, last = node.getAttribute("ref").partition(":")
            row = row_of(first)
            if row not in moves.extra or row != row_of(last):
                node.setAttribute("ref", move_area(node.getAttribute("ref"), moves))
                continue
            columns = [one.rstrip("0123456789") for one in (first, last)]
            for at in range(moves.top(row), moves.bottom(row) + 1):
                copy = copy_of(node)
                copy.setAttribute("ref", f"{columns[0]}{at}:{columns[1]}{at}")
                listed.insertBefore(copy, node)
            listed.removeChild(node)
        listed.setAttribute("count", str(len(elements(listed, "mergeCell"))))


def _move_related(book: Book, sheet: Sheet, moves: Inserts) -> None:
    """The drawings, tables and notes of a sheet."""
    stored = set(book.package)
    for one in book.package.relations(sheet.path):
        if one.path not in stored or one.kind not in _RELATED:
            continue
        if one.kind == "vmlDrawing":
            _move_notes(book, one.path, moves)
            continue
        root = book.package.parse(one.path).documentElement
        if one.kind == "drawing":
            _move_anchors(root, moves)
        else:
            _move_owned(root, moves)
        book.package.change(one.path)


def _move_anchors(root: Element | None, moves: Inserts) -> None:
    for end in everything(root, "from", "to"):
        for row in elements(end, "row"):
            set_text(row, str(moves.top(int(text_of(row)) + 1) - 1))


def _move_owned(root: Element | None, moves: Inserts) -> None:
    """A table grows with its rows; a note stays with its cell."""
    if root is not None and root.localName == "table":
        for node in (root, *everything(root, "autoFilter")):
            node.setAttribute("ref", move_area(node.getAttribute("ref"), moves))
    for node in everything(root, "comment", "threadedComment"):
        node.setAttribute("ref", move_area(node.getAttribute("ref"), moves, grows=False))


def _move_notes(book: Book, path: str, moves: Inserts) -> None:
    """Where the boxes of notes belong; VML is not always well-formed, so it is no XML here."""

    def move(match: re.Match[bytes]) -> bytes:
        return b"%s%d" % (match[1], moves.top(int(match[2]) + 1) - 1)

    book.package.replace(path, _NOTE_ROW.sub(move, book.package.read(path)))


def move_names(book: Book, inserts: Mapping[str, Inserts]) -> None:
    """Let the defined names, printed areas among them, cover the rows put in."""
    standing = Standing(sheet="", grows=True)
    for name in book.names():
        set_text(name, move_formula(text_of(name), standing, inserts))


def move_charts(book: Book, inserts: Mapping[str, Inserts]) -> None:
    """Let the charts show the rows put in; what they remember of the old ones is dropped."""
    for path in book.package:
        if not path.startswith("xl/charts/") or not path.endswith(".xml"):
            continue
        for node in everything(book.package.parse(path), "f"):
            standing = Standing(sheet="", grows=_is_of_values(node))
            told = move_formula(text_of(node), standing, inserts)
            if told != text_of(node):
                set_text(node, told)
                _forget(node)
                book.package.change(path)


def _is_of_values(node: Element) -> bool:
    parents, at = [], node.parentNode
    while isinstance(at, Element):
        parents.append(at.localName)
        at = at.parentNode
    return not _VALUES.isdisjoint(parents[:3])


def _forget(formula: Element) -> None:
    parent = formula.parentNode
    if isinstance(parent, Element):
        for one in elements(parent, *_CACHES):
            parent.removeChild(one)
