"""Putting the files of a report into a folder: whole, and never over another file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_OWNERS = 0o600
_READING = 0o044


def free_name(folder: Path, stem: str) -> Path:
    """The name for a new workbook: a number follows where somebody else has taken it."""
    path, n = folder / f"{stem}.xlsx", 1
    while path.exists():
        n += 1
        path = folder / f"{stem}-{n}.xlsx"
    return path


def place_all(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Give files that lie in the same file system their names here, the workbook last.

    Whoever may read the folder may read them: it is how an office says who the report is for.
    Raises FileExistsError where a name was taken meanwhile, and OSError.
    """
    placed, open_to = [], _OWNERS | (folder.stat().st_mode & _READING)
    for one in reversed(files):
        one.chmod(open_to)
        _place(one, folder / one.name)
        placed.append(folder / one.name)
    return tuple(reversed(placed))


def _place(file: Path, path: Path) -> None:
    try:
        os.link(file, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links; the name holds schedule and moment, so the one
        # process that makes this run is the only one to ask for it.
        if path.exists():
            raise FileExistsError(str(path)) from None
        file.rename(path)
