"""The scans of a case: where each one is, and the key that adds one or opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.content import Content

from clerk.contract.command import AttachScan
from clerk.contract.scan import MediaType, Scan
from clerk.locale import _
from clerk.rules.case import Case
from screens.case.performer import Performer
from screens.dialogs import Choose
from screens.scanning import ask_file, put_scan, show_scan
from screens.telling import explain
from services.scans import ListedScan, ScanState

_ADD = "add"
_STYLES = {
    ScanState.HERE: ("↑", "$text-warning"),
    ScanState.SENDING: ("↑", "$text-warning"),
    ScanState.REFUSED: ("!", "$text-error"),
    ScanState.AT_CENTRAL: ("✓", "$text-success"),
    ScanState.ELSEWHERE: ("○", "$text-muted"),
}


def draw_scans(case: Case, listed: Sequence[ListedScan]) -> Content:
    """Each scan with its material, its name, and where it is."""
    return Content("\n").join([_line(case, one) for one in listed])


def name_state(one: ListedScan) -> str:
    """Where the bytes of a scan are, in words."""
    match one.state:
        case ScanState.HERE:
            return _("only on this machine")
        case ScanState.SENDING:
            return _("sending, {percent} %").format(percent=one.percent)
        case ScanState.REFUSED:
            return explain(one.problem, {}).what
        case ScanState.AT_CENTRAL:
            return _("at central")
        case ScanState.ELSEWHERE:
            return _("not on this machine")


class ScanKeys:
    """One key: without scans it adds one, else it offers to add one or to open one."""

    def __init__(self, performer: Performer, told: Callable[[str], None]) -> None:
        """Act in the name of the performer's screen; say what was done through `told`."""
        self._performer = performer
        self._screen = performer.screen
        self._told = told

    def scan(self) -> None:
        """Add or open."""
        read = self._performer.read
        if read is None:
            return
        if not read.scans:
            self._add()
            return
        options = [(_ADD, _("Add a scan"))]
        options += [
            (str(place), _("Open {name}").format(name=_name(read.case, one.scan)))
            for place, one in enumerate(read.scans)
        ]
        taken = partial(self._take, read.case.id, read.scans)
        self._screen.app.push_screen(Choose(_("Scans"), options), taken)

    def _take(self, case_id: str, listed: Sequence[ListedScan], key: str | None) -> None:
        if key == _ADD:
            self._add()
        elif key is not None:
            sha256 = listed[int(key)].scan.sha256
            fetch = partial(self._screen.desk.scans.fetch, case_id, sha256)
            show_scan(self._screen, fetch, self._told)

    def _add(self) -> None:
        """Ask the rules first, then which paper it is, then for the file."""
        read = self._performer.read
        if read is None or self._performer.may(AttachScan(scan=_any_scan(read.case))) is None:
            return
        papers = [(one.key, one.name) for one in read.case.terms.materials]
        if len(papers) == 1:
            self._ask_file(read.case.id, papers[0][0])
        else:
            asked = Choose(_("Which paper is it?"), papers)
            self._screen.app.push_screen(asked, partial(self._ask_file, read.case.id))

    def _ask_file(self, case_id: str, material: str | None) -> None:
        if material is not None:
            chosen = partial(self._put, case_id, material)
            ask_file(self._screen, _("Which file is the scan?"), chosen)

    def _put(self, case_id: str, material: str, path: Path) -> None:
        add = partial(self._screen.desk.scanner.add_to_case, case_id, material, path)
        put_scan(self._screen, add, self._say_added)

    def _say_added(self, _scan: Scan) -> None:
        self._told(_("The scan is put to the case; it is sent by itself."))
        self._screen.reload()


def _any_scan(case: Case) -> Scan:
    """Stands for one that is not chosen yet, when the rules are asked."""
    material = case.terms.materials[0].key if case.terms.materials else ""
    return Scan(sha256="f" * 64, material=material, media_type=MediaType.JPEG.value, size=1)


def _name(case: Case, scan: Scan) -> str:
    names = {one.key: one.name for one in case.terms.materials}
    return " · ".join(part for part in (names.get(scan.material, scan.material), scan.name) if part)


def _line(case: Case, one: ListedScan) -> Content:
    sign, style = _STYLES[one.state]
    return Content.assemble(
        (f"{sign} ", style), _name(case, one.scan), "  ", (name_state(one), style)
    )
