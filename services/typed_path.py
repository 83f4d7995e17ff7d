"""The path of a file as somebody types or drops it."""

from __future__ import annotations

from pathlib import Path


def path_of(text: str) -> Path:
    """Without the quotes that terminals put round what is dropped; `~` is somebody's own folder.

    Where nobody has that name it stays as it is: no such file is there, and that is told.
    """
    path = Path(text.strip().strip("'\""))
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_file(path: Path) -> bool:
    """Whether a file is there. What can be no path at all, a number or a QR too long, is none."""
    try:
        return path.is_file()
    except OSError:
        return False
