"""The archive of a workbook: its parts as they are, and those that were changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.dom import minidom
from xml.dom.minidom import Document, Element
from xml.parsers.expat import ExpatError

from clerk.errors import InputError

CONTENT_TYPES = "[Content_Types].xml"
_MOST_BYTES = 50_000_000
_MOST_UNPACKED = 300_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1


class Relation(NamedTuple):
    """One part that another leads to: by which id, as what, where."""

    id: str
    kind: str
    path: str


class Package:
    """The parts of a workbook. What nobody asked to change is written as it was, byte for byte."""

    def __init__(self, path: Path) -> None:
        """Read it. Raises InputError `template.…` where it is none that can be filled."""
        self._file = path.name
        self._parts = self._read(path)
        self._open: dict[str, Document] = {}
        self._changed: set[str] = set()
        if b"macroEnabled" in self.read(CONTENT_TYPES) or any("vbaProject" in n for n in self):
            raise InputError("template.macros", file=self._file)

    def __iter__(self) -> Iterator[str]:
        """The paths of all parts."""
        return iter(list(self._parts))

    def read(self, path: str) -> bytes:
        """One part as the template has it. Raises InputError `template.broken`."""
        if path not in self._parts:
            raise self.broken()
        return self._parts[path]

    def parse(self, path: str) -> Document:
        """One part as XML; a change of it is kept once `change` names it."""
        if path not in self._open:
            data = self.read(path)
            if b"<!DOCTYPE" in data:
                raise self.broken()
            try:
                self._open[path] = minidom.parseString(data)  # noqa: S318 - no DTD, no entities
            except (ExpatError, UnicodeError) as error:
                raise self.broken() from error
        return self._open[path]

    def change(self, path: str) -> None:
        """Write a part that was parsed, as it is now."""
        assert path in self._open, "a part is changed by what was parsed of it"
        self._changed.add(path)

    def replace(self, path: str, data: bytes) -> None:
        """Put other bytes in the place of a part that is not read as XML."""
        self._parts[path] = data

    def remove(self, path: str) -> None:
        """Leave a part out."""
        self._parts.pop(path, None)

    def relations(self, path: str) -> list[Relation]:
        """What a part leads to inside the archive."""
        folder, name = posixpath.split(path)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._parts:
            return []
        found = []
        for one in elements(self.parse(listed).documentElement, "Relationship"):
            if one.getAttribute("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, one.getAttribute("Target")))
            kind = one.getAttribute("Type").rpartition("/")[2]
            found.append(Relation(one.getAttribute("Id"), kind, target.lstrip("/")))
        return found

    def write(self) -> bytes:
        """The archive, its parts in their order."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in self._parts.items():
                changed = path in self._changed
                archive.writestr(path, self._render(path) if changed else data)
        return target.getvalue()

    def broken(self) -> InputError:
        """That this is no workbook that can be read."""
        return InputError("template.broken", file=self._file)

    def _render(self, path: str) -> bytes:
        return self._open[path].toxml(encoding="UTF-8", standalone=True)

    def _read(self, path: Path) -> dict[str, bytes]:
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError as error:
            raise InputError("template.unreadable", file=self._file) from error
        if data.startswith(_OLD_OR_LOCKED):
            raise InputError("template.locked", file=self._file)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                unpacked = sum(one.file_size for one in entries)
                if len(data) > _MOST_BYTES or unpacked > _MOST_UNPACKED:
                    raise InputError("template.too_large", file=self._file)
                if any(one.flag_bits & _ENCRYPTED for one in entries):
                    raise InputError("template.locked", file=self._file)
                return {one.filename: archive.read(one) for one in entries if not one.is_dir()}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise self.broken() from error


def elements(parent: Element | None, *names: str) -> list[Element]:
    """The children of these local names, in their order."""
    nodes = parent.childNodes if parent is not None else ()
    return [one for one in nodes if isinstance(one, Element) and one.localName in names]


def everything(parent: Element | Document | None, *names: str) -> list[Element]:
    """What bears one of these local names, however deep."""
    if parent is None:
        return []
    return [one for name in names for one in parent.getElementsByTagNameNS("*", name)]


def copy_of(node: Element) -> Element:
    """An element once more, with all within it."""
    copy = node.cloneNode(deep=True)
    assert isinstance(copy, Element), "a copy of an element is one"
    return copy


def put_behind(new: Element, before: Element) -> None:
    """Put an element right behind another one."""
    parent, after = before.parentNode, before.nextSibling
    assert isinstance(parent, Element), "what has a neighbour has a parent"
    assert after is None or isinstance(after, (Element, minidom.Text, minidom.Comment))
    parent.insertBefore(new, after)


def text_of(node: Element | None) -> str:
    """The text right within an element."""
    nodes = node.childNodes if node is not None else ()
    return "".join(one.data for one in nodes if isinstance(one, minidom.Text))


def set_text(node: Element, text: str) -> None:
    """Replace all within an element by a text."""
    for one in list(node.childNodes):
        node.removeChild(one)
    assert node.ownerDocument is not None, "an element is of a document"
    node.appendChild(node.ownerDocument.createTextNode(text))
