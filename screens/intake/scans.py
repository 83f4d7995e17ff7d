"""The scans of a walk-in: a key for the line of the checklist under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from clerk.contract.scan import Scan
from clerk.locale import _
from clerk.rules.checklist import Line
from screens.dialogs import Choose
from screens.intake.checklist import ChecklistPart
from screens.scanning import ask_file, put_scan, show_scan

if TYPE_CHECKING:
    from screens.intake.screen import IntakeScreen

_ADD, _OPEN, _TAKE_OUT = "add", "open", "take-out"


class DraftScans:
    """Adds, opens and takes out; what there is stands below the checklist."""

    def __init__(self, screen: IntakeScreen) -> None:
        """Act in the name of the intake."""
        self._screen = screen

    def show(self) -> None:
        """Say how many scans each line has."""
        screen = self._screen
        scans = screen.desk.scanner.of_draft(screen.draft.id)
        names = {line.key: line.name for line in screen.visit.lines}
        counts = Counter(one.material for one in scans if one.material in names)
        told = " · ".join(f"{names[key]} {count}" for key, count in counts.items())
        text = _("Scans: {papers}").format(papers=told) if told else ""
        screen.query_one(ChecklistPart).say_scans(text)

    def scan(self) -> None:
        """For the line under the cursor: without scans add one, else choose what to do."""
        screen = self._screen
        line = screen.query_one(ChecklistPart).find_here()
        if line is None:
            screen.app.warn(_("Put the cursor on a line of the checklist first."))
            return
        own = [
            one for one in screen.desk.scanner.of_draft(screen.draft.id) if one.material == line.key
        ]
        if not own:
            self._add(line)
            return
        options = [(_ADD, _("Add a scan"))]
        for place, one in enumerate(own):
            options.append((f"{_OPEN} {place}", _("Open {name}").format(name=one.name)))
            options.append((f"{_TAKE_OUT} {place}", _("Take {name} out").format(name=one.name)))
        screen.app.push_screen(Choose(line.name, options), partial(self._take, line, own))

    def _take(self, line: Line, own: Sequence[Scan], key: str | None) -> None:
        if key is None:
            return
        if key == _ADD:
            self._add(line)
            return
        act, _blank, place = key.partition(" ")
        scan, screen = own[int(place)], self._screen
        if act == _OPEN:
            fetch = partial(screen.desk.scans.fetch_drafted, screen.draft.id, scan.sha256)
            show_scan(screen, lambda _errand: fetch(), screen.app.say)
        else:
            remove = screen.desk.scanner.remove_from_draft
            screen.do(remove, screen.draft.id, scan, done=lambda _done: self.show())

    def _add(self, line: Line) -> None:
        title = _("Which file is the scan?")
        ask_file(self._screen, title, partial(self._put, line))

    def _put(self, line: Line, path: Path) -> None:
        screen = self._screen
        said = _("The scan is put to “{paper}”.").format(paper=line.name)
        put = partial(screen.desk.scanner.add_to_draft, screen.draft.id, line.key, path)
        put_scan(screen, put, lambda _scan: self._say_put(said))

    def _say_put(self, said: str) -> None:
        self._screen.app.say(said)
        self.show()
