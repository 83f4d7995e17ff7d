"""Choosing a file that a scanner left, and showing a scan: for a walk-in and for a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from clerk.clock import OFFICE_ZONE
from clerk.contract.scan import Scan
from clerk.errand import Errand
from clerk.locale import _
from screens.base import DeskScreen
from screens.dialogs import AskText, Choose, Question
from screens.errands import run_errand
from screens.lights import name_moment
from services.typed_path import path_of

Chosen = Callable[[Path], None]

_TYPED = "typed"
_KIB = 1024


def ask_file(screen: DeskScreen, title: str, chosen: Chosen) -> None:
    """Offer the newest files of the scanner's folder; any other one by its path."""
    screen.do(screen.desk.scanner.candidates, done=partial(_offer, screen, title, chosen))


def put_scan(
    screen: DeskScreen, put: Callable[[Errand], Scan], done: Callable[[Scan], None]
) -> None:
    """Take a file in: many pages, or large ones, take a while to be made safe."""
    stopped = _("Cancelled. Nothing of the file was taken in.")
    run_errand(screen, _("Taking the scan in"), put, done, cancelled=stopped)


def show_scan(
    screen: DeskScreen, fetch: Callable[[Errand], Path], told: Callable[[str], None]
) -> None:
    """Fetch a scan and show it; a seat with nothing but a terminal is told where it lies."""

    def show(errand: Errand) -> tuple[Path, bool]:
        path = fetch(errand)
        errand.make_sure()
        return path, screen.desk.scans.view(path)

    def tell(shown: tuple[Path, bool]) -> None:
        path, seen = shown
        if seen:
            told(_("The scan is open in its own window."))
        else:
            told(_("The scan is at {path} until the desk is locked.").format(path=path))

    stopped = _("Cancelled. What came of the scan is kept for the next time, encrypted.")
    run_errand(screen, _("Opening the scan"), show, tell, cancelled=stopped)


def _offer(screen: DeskScreen, title: str, chosen: Chosen, files: Sequence[Path]) -> None:
    if not files:
        _ask_path(screen, title, chosen)
        return
    options = [(str(place), _label(path)) for place, path in enumerate(files)]

    def take(key: str | None) -> None:
        if key == _TYPED:
            _ask_path(screen, title, chosen)
        elif key is not None:
            chosen(files[int(key)])

    typed = (_TYPED, _("Another file, by its path"))
    screen.app.push_screen(Choose(title, [*options, typed]), take)


def _ask_path(screen: DeskScreen, title: str, chosen: Chosen) -> None:
    def take(answers: dict[str, str] | None) -> None:
        if answers is not None:
            chosen(path_of(answers["path"]))

    question = Question("path", _("Path of the file (JPEG, PNG, TIFF or PDF)"))
    screen.app.push_screen(AskText(title, [question]), take)


def _label(path: Path) -> str:
    """Its name, when it was made, how large it is."""
    try:
        known = path.stat()
    except OSError:
        return path.name  # it went away meanwhile; taking it will say so
    made = name_moment(datetime.fromtimestamp(known.st_mtime, OFFICE_ZONE))
    return f"{path.name}  {made}  {max(1, known.st_size // _KIB)} KiB"
