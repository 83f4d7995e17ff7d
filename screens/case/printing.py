"""Printing a paper of a case again: chosen from a list, or clicked on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.content import Content
from textual.style import Style

from clerk.contract.case import DocumentKind
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.case.state import PrintedDocument
from screens.case.performer import Performer
from screens.dialogs import Choose
from screens.lights import name_day, name_moment
from screens.words import word
from services.correction_list import is_corrected

_SHEET = "sheet"
_LICENCE = "licence"
_CORRECTIONS = "corrections"


class PrintKeys:
    """What can be printed of a case; where it went is told."""

    def __init__(self, performer: Performer, told: Callable[[str], None]) -> None:
        """Print in the name of the performer's screen."""
        self._performer = performer
        self._screen = performer.screen
        self._told = told

    def offer(self) -> None:
        """Let one of the papers be chosen."""
        read = self._performer.read
        if read is None:
            return
        papers = {_SHEET: _("The case itself: states, events, limits day by day")} | {
            f"{one.kind.value} {one.number}": f"{word(one.kind)}  {one.number}"
            for one in read.case.documents
        }
        if is_corrected(read.detail.record):
            papers[_CORRECTIONS] = _("The list of what was put right")
        if read.case.licence_paper:
            papers[_LICENCE] = _("The licence, sealed") + f"  {read.case.licence}"
        title = _("Which paper is to be printed again?")
        self._screen.app.push_screen(Choose(title, [*papers.items()]), self._print)

    def reprint(self, place: int) -> None:
        """Print the paper at this place of the page."""
        read = self._performer.read
        if read is not None and 0 <= place < len(read.case.documents):
            one = read.case.documents[place]
            self._print(f"{one.kind.value} {one.number}")

    def _print(self, chosen: str | None) -> None:
        if chosen is not None:
            self._screen.do(self._printing(chosen), done=self._tell)

    def _tell(self, path: Path) -> None:
        self._told(_("The paper is at {path}").format(path=path))

    def _printing(self, chosen: str) -> Callable[[], Path]:
        desk = self._screen.desk
        assert self._performer.read is not None, "what is printed was read"
        record = self._performer.read.detail.record
        if chosen == _SHEET:
            return partial(desk.papers.print_sheet, record)
        if chosen == _CORRECTIONS:
            return partial(desk.papers.print_corrections, record)
        if chosen == _LICENCE:
            return partial(desk.licences.print_licence, record.id)
        kind, _space, number = chosen.partition(" ")
        return partial(desk.papers.print_record, record, DocumentKind(kind), number)


def _tell_deliveries(paper: PrintedDocument) -> str:
    """How the applicant got it, the last time."""
    last = paper.deliveries[-1]
    return f"{word(last.way)} {name_day(last.on)}"


def papers(case: Case) -> Content:
    """The papers that went out, with their numbers; a click prints one again."""
    lines = [
        Content.assemble(
            Content.styled(word(one.kind), Style.from_meta({"@click": f"screen.reprint({place})"})),
            "  ",
            (one.number, "bold strike" if one.void else "bold"),
            "  ",
            (name_moment(one.at), "$text-muted"),
            ("  " + _("void"), "$text-warning") if one.void else "",
            ("  " + _tell_deliveries(one), "$text-muted") if one.deliveries else "",
        )
        for place, one in enumerate(case.documents)
    ]
    if lines:
        hint = _("Ctrl+L or a click prints one again")
        lines.append(Content.styled(hint, "$text-muted"))
    return Content("\n").join(lines)
