"""Errors handed back: the workbook of a refused import once more, with the wrong cells marked.

It is written beside the input under a name that nobody has, for an earlier one may hold somebody's
corrections by now. Nothing of it repeats an identity number: the sentences are masked once more.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from central.imports.columns import Shape
from central.imports.encoding import examine
from central.imports.flows.records import Complaint
from central.imports.report import Notes, RowNote
from central.imports.table import open_table
from clerk.errors import InputError
from clerk.files import write_atomic
from clerk.locale import _
from clerk.locale.problems import Told, tell
from clerk.rules.identifiers.masking import scrub

if TYPE_CHECKING:
    from exports.workbook.returned import Mark

MOST_MARKS = 5000
"""How many places are marked; a workbook with more comments is slow to open."""
MOST_UNPACKED = 32 * 1024**2
"""A workbook is held in memory to be marked: this much takes 15 seconds and 300 MB."""
_SUFFIXES = ("错误", "errors")
_NUMBERED = re.compile(rf"-(?:{'|'.join(_SUFFIXES)})(?:-\d+)?$")


def is_returned(path: Path) -> bool:
    """Whether a file has the name of a workbook that was handed back."""
    return path.suffix.lower() == ".xlsx" and _NUMBERED.search(path.stem) is not None


def hand_back_notes(
    path: Path,
    shapes: tuple[Shape, ...],
    refused: Sequence[RowNote],
    warnings: Sequence[RowNote] = (),
    folder: Path | None = None,
) -> Iterator[str]:
    """Hand back what was noted by row and column, beside the file or into a folder.

    Yields what to tell.
    """
    if refused and _is_workbook(path):
        marks = islice(_of_notes(path, shapes, refused, warnings), MOST_MARKS)
        yield from _hand_back(path, marks, folder)


def hand_back_complaints(path: Path, complaints: Sequence[Complaint]) -> Iterator[str]:
    """Hand back what was complained about; yields what to tell."""
    if any(not one.warning for one in complaints) and _is_workbook(path):
        inorder = sorted(complaints, key=lambda one: one.warning)
        yield from _hand_back(path, islice(map(_of_complaint, inorder), MOST_MARKS))


def hand_back_whole(path: Path, error: InputError) -> Iterator[str]:
    """Hand back what is wrong with a file as a whole; yields what to tell."""
    if _is_workbook(path):
        yield from _hand_back(path, [_mark(tell(error.code, error.parameters))])


def _hand_back(path: Path, marks: Iterable[Mark], folder: Path | None = None) -> Iterator[str]:
    from exports.workbook.returned import mark_workbook

    if _is_large(path):
        yield _("The workbook is too large to be handed back with its wrong cells marked.")
        return
    target = _free_name((folder or path.parent) / path.name)
    try:
        write_atomic(target, mark_workbook(path.read_bytes(), list(marks)))
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("file.unwritable", file=target.name, reason=reason) from error
    yield _("The same workbook with the wrong cells marked is {file}.").format(file=target)


def _is_workbook(path: Path) -> bool:
    """Whether it is no text: what was read as a workbook is one."""
    return zipfile.is_zipfile(path)


def _is_large(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED


def _free_name(path: Path) -> Path:
    suffix = _("errors")
    stem = f"{_NUMBERED.sub('', path.stem)}-{suffix}"
    names = (path.with_name(f"{stem}{f'-{n}' if n > 1 else ''}.xlsx") for n in count(1))
    return next(name for name in names if not name.exists())


def _of_notes(
    path: Path, shapes: tuple[Shape, ...], refused: Sequence[RowNote], warnings: Sequence[RowNote]
) -> Iterator[Mark]:
    table = open_table(examine(path), shapes, Notes())
    for notes, warning in ((refused, False), (warnings, True)):
        for note in notes:
            told, place = tell(note.code, note.parameters), table.place(note.column)
            yield _mark(told, (table.sheet, note.row, place), warning=warning)


def _of_complaint(one: Complaint) -> Mark:
    spot = (one.spot.sheet, one.spot.row, one.spot.column) if one.spot else ("", 0, 0)
    return _mark(tell(one.code, one.parameters), spot, warning=one.warning)


def _mark(told: Told, spot: tuple[str, int, int] = ("", 0, 0), *, warning: bool = False) -> Mark:
    from exports.workbook.returned import Mark

    sheet, row, column = spot
    what, remedy = scrub(told.what), scrub(told.remedy)
    return Mark(what=what, remedy=remedy, sheet=sheet, row=row, column=column, warning=warning)
