"""Showing a file with the platform's own viewer, where there is one to show it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Viewer = Callable[[Path], bool]
"""Shows a file; whether it could."""

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def show_file(path: Path) -> bool:
    """Hand a file to the platform's opener; a seat with nothing but a terminal has none."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the platform's own opener
        return True
    command = _find_opener()
    if command is None:
        return False
    nothing = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603 - a program of the system's, and a path of our own making
        [command, str(path)], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    return True


def _find_opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if not any(os.environ.get(name) for name in _DISPLAYS):
        return None
    return shutil.which("xdg-open")
