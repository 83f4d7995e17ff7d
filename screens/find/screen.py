"""One box for case numbers, names, ID numbers, papers and items; results as they are typed."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input

from clerk.contract.finding import FoundCase
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from screens.base import DeskScreen
from screens.find.kinds import kinds_of
from screens.find.lines import Line, central_lines, columns, lines_of
from screens.find.opening import Opening
from screens.keymap import bindings
from screens.telling import explain
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from screens.widgets.told import Told
from screens.words import explain_identifier
from services.finding import Found

_MOVES = {"up", "down", "pageup", "pagedown"}


class FindScreen(DeskScreen):
    """The box keeps the focus: arrows walk in what was found, Enter opens it."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("find", "cases", "sync", quiet=True),
        *bindings("back"),
    ]
    AUTO_FOCUS = "#find-box"

    box = getters.query_one("#find-box", Input)
    note = getters.query_one("#find-note", Told)
    listing = getters.query_one("#found", Listing)
    does = getters.query_one("#find-does", Told)

    def __init__(self, text: str = "") -> None:
        """Begin with this text in the box."""
        super().__init__()
        self._text = text
        self._lines: list[Line] = []
        self._shown: str | None = None
        self._open_when_shown = False
        self._opening: Opening

    def compose(self) -> ComposeResult:
        """The box, what is wrong with a number, what was found, what Enter does with it."""
        yield StatusBar()
        hint = _("Case number, name, ID number, paper or item: 中文, pinyin, first letters")
        yield LineBox(
            self._text,
            id="find-box",
            placeholder=hint,
            select_on_focus=False,
            classes="scan-case scan-identifier scan-licence",
        )
        yield Told(id="find-note")
        yield Listing(columns(), empty=self._nothing, id="found")
        yield Told(id="find-does")
        yield KeyBar()

    def on_mount(self) -> None:
        """Know what lies below: a walk-in takes what is chosen here."""
        self._opening = Opening(self, leave=True)
        self.listing.can_focus = False

    def reload(self) -> None:
        """Find again: something changed in the store."""
        if self._text.strip():
            self._find(keep=True)

    def action_find(self) -> None:
        """Already here: what is typed next takes the place of what stands in the box."""
        self.box.focus()
        self.box.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self._text = event.value
        self._open_when_shown = False
        self._find(keep=False)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Open what is under the cursor, once what was typed last has been looked for."""
        if self._shown == self._text:
            self._open(self.listing.cursor)
        else:
            self._open_when_shown = True

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """A second click opens, too."""
        self._open(event.index)

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Say what Enter does here."""
        self._tell(event.index)

    def on_key(self, event: Key) -> None:
        """Arrows walk in the list while the box keeps the focus."""
        if event.key in _MOVES:
            event.stop()
            way = -1 if event.key in {"up", "pageup"} else 1
            move = self.listing.action_page if "page" in event.key else self.listing.action_move
            move(way)

    def _find(self, *, keep: bool) -> None:
        text = self._text
        self.load(
            partial(self.desk.finder.find, text, kinds_of(text)),
            partial(self._show, keep=keep),
            group="find",
            failed=self._show_problem,
        )

    def _show(self, found: Found, *, keep: bool) -> None:
        lines = lines_of(found, self._opening, self.desk.clock.now())
        self._put(lines, keep=keep)
        self._shown = self._text
        self._note(_tell_problems(found))
        if self._open_when_shown:
            self._open_when_shown = False
            self._open(0)
        elif self.desk.finder.is_asked(self._text):
            ask = partial(self.desk.finder.ask, self._text)
            self.load(ask, self._add, group="central", failed=self._miss, central=True)

    def _add(self, found: tuple[FoundCase, ...]) -> None:
        """What central adds comes below: nothing moves under the cursor."""
        known = {one.key for one in self._lines}
        more = tuple(one for one in found if one.id not in known)
        if more:
            added = central_lines(more, self._opening, self.desk.today)
            self._put([*self._lines, *added], keep=True)

    def _miss(self, problem: ClerkError) -> None:
        """Without central what lies here is all there is; say so beside it."""
        told = explain(problem.code, problem.parameters).what
        self._note(in_a_row(told, _("This desk's own cases are searched all the same.")))

    def _put(self, lines: list[Line], *, keep: bool) -> None:
        cursor = self._lines[self.listing.cursor].key if keep and self._lines else ""
        self._lines = lines
        self.listing.show(Rows([*_sections(lines)], _cells, _colour), keep_cursor=keep)
        place = next((i for i, one in enumerate(lines) if one.key == cursor), None)
        if place is not None:
            self.listing.cursor = place
        self._tell(self.listing.cursor)

    def _open(self, index: int) -> None:
        if index < len(self._lines):
            self._lines[index].go()
        else:
            self.app.bell()

    def _tell(self, index: int) -> None:
        does = self._lines[index].does if index < len(self._lines) else ""
        self.does.tell(_("Enter: {does}").format(does=does) if does else "")

    def _show_problem(self, problem: ClerkError) -> None:
        told = explain(problem.code, problem.parameters)
        self._put([], keep=False)
        self._note(in_a_row(told.what, told.remedy))

    def _note(self, text: str) -> None:
        self.note.tell(text)
        self.note.set_class(bool(text), "told")

    def _nothing(self) -> str:
        if not self._text.strip():
            return _("Type, or scan a receipt, an ID card or a licence.")
        return _("Nothing like that is in sight of this desk.")


def _tell_problems(found: Found) -> str:
    """What is wrong with a whole number, and why cases are not shown."""
    told = []
    if found.locked is not None:
        why = explain(found.locked.code, found.locked.parameters)
        told.append(in_a_row(why.what, why.remedy))
    if found.number_problem is not None:
        told.append(explain(found.number_problem.code, found.number_problem.parameters).what)
        if found.cases:
            told.append(_("These differ from it in one digit, or in two that changed places:"))
    if found.person is not None and not found.person.valid:
        told += [explain_identifier(one) for one in found.person.problems]
    return "\n".join(told)


def _sections(lines: list[Line]) -> list[tuple[Line, bool]]:
    """Each line, and whether it is the first of its section, which bears the name."""
    before = ["", *(one.section for one in lines)]
    return [(one, one.section != last) for one, last in zip(lines, before, strict=False)]


def _cells(row: tuple[Line, bool]) -> tuple[str, ...]:
    line, first = row
    return (line.section if first else "", *line.cells)


def _colour(row: tuple[Line, bool]) -> str:
    return row[0].colour
