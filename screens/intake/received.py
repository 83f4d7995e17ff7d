"""After the receipt: the numbers to read out, and what the counter concludes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from clerk.contract.case import DeclineGround, Stage, SupplementLine
from clerk.contract.draft import Draft
from clerk.contract.item import Item
from clerk.locale import _
from clerk.locale.problems import tell
from clerk.rules.case.counter import FIRST_GROUNDS
from clerk.rules.case.on_spot import is_instant
from clerk.rules.flow import terms_of
from clerk.rules.forecast import NOTHING, ItemForecast
from clerk.rules.verdict import Visit, applicant_name
from screens.base import DeskScreen
from screens.case.deciding import DecidingOnSpot
from screens.case.handing_in import HandingIn, lacking_keys
from screens.case.performer import Performer, Read, context_of
from screens.case.supplement import lines_lacking
from screens.dialogs import AskText, Choose, Question
from screens.intake.cells import pack_cells, wrap_cells
from screens.intake.forecast import tell_item, tell_visit
from screens.intake.lacks import lacks_of
from screens.intake.verdict import count_more
from screens.keymap import bindings
from screens.widgets.key_bar import KeyBar
from screens.widgets.pointing import place_at, placed
from screens.widgets.status_bar import StatusBar
from screens.words import word

if TYPE_CHECKING:
    from services.cases import CaseDetail
    from services.counter import Done
    from services.intake import ReceivedVisit

NARROW = 72
"""The cells that are there for sure, before the screen was laid out."""

_MOST_ROWS = 3
"""How many rows may name what is missing, so that the receipt below stays in sight."""

_ROOMY = 4
"""Up to so many cases stand apart with their forecasts; of more, all numbers stay in sight."""


class Conclusion(Enum):
    """What the counter has made of a case so far."""

    OPEN = auto()
    ACCEPTED = auto()
    DECIDED = auto()
    SUPPLEMENT_ASKED = auto()
    DECLINED = auto()


_CONCLUDED = {
    Stage.SUPPLEMENTING: Conclusion.SUPPLEMENT_ASKED,
    Stage.ACCEPTED: Conclusion.ACCEPTED,
    Stage.DECIDED: Conclusion.DECIDED,
    Stage.DECLINED: Conclusion.DECLINED,
}


@dataclass(frozen=True)
class CaseShown:
    """A case of the visit with what it lacks and what was concluded."""

    case_id: str
    number: str
    item: Item
    lacks: tuple[SupplementLine, ...]
    conclusion: Conclusion = Conclusion.OPEN
    papers: tuple[Path, ...] = ()
    forecast: ItemForecast | None = None


class ReceivedScreen(DeskScreen):
    """One case after the other: accept, ask for what is missing, or decline."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("agree", "hand_in", "supplement", "decline", "rate", "walk_in", "back"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, received: ReceivedVisit, visit: Visit, draft: Draft) -> None:
        """Show what was received; visit and draft tell what is missing."""
        super().__init__()
        self._received = received
        self._name = applicant_name(draft)
        self._cursor = 0
        self._performer = Performer(self, self._show_completed)
        self._decider = Performer(self, self._show_decided)
        self._project = draft.project
        self._forecast = NOTHING
        self.cases = [
            CaseShown(case.case_id, case.number, item, lacks_of(item.id, visit, draft.ticks))
            for case, item in zip(received.cases, visit.items, strict=True)
        ]

    def compose(self) -> ComposeResult:
        """The cases, the papers, and how the line is."""
        yield StatusBar()
        with VerticalScroll(id="received-body"):
            yield Static("", id="received-line", markup=False)
            yield Static("", id="received-papers", markup=False)
            cases = Static("", id="received-cases", markup=False)
            yield cases.with_tooltip(_("A click puts the cursor on this case; the keys act on it."))
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the numbers, and what can be told of each case's time."""
        self.app.clear_notifications()  # what kept the receipt from being given does so no more
        items = [one.item for one in self.cases]
        self._forecast = self.desk.forecasts.of_visit(items, self._project)
        self.cases = [
            replace(one, forecast=ahead)
            for one, ahead in zip(self.cases, self._forecast.items, strict=True)
        ]
        self.reload()

    def on_resize(self) -> None:
        """Names are laid out anew."""
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        """Show the cases and the line as they are now."""
        self._draw()
        if self.is_whole:
            # What cannot be read while the store is locked is asked for at the next change.
            self.load(self._read_open, self._settle, group="standing", failed=lambda _problem: None)

    def _read_open(self) -> list[CaseDetail]:
        """What central knows of those that nothing was concluded of here."""
        ids = [one.case_id for one in self.cases if one.conclusion is Conclusion.OPEN]
        found = [self.desk.cases.detail(one) for one in ids]
        return [one for one in found if not one.waiting]

    def _settle(self, found: list[CaseDetail]) -> None:
        """An act whose answer was lost has been done after all: its paper waits to be printed."""
        came_to = {
            one.case.id: conclusion
            for one in found
            if (conclusion := _CONCLUDED.get(one.case.stage)) is not None
        }
        for place, one in enumerate(self.cases):
            if one.conclusion is Conclusion.OPEN and one.case_id in came_to:
                self.cases[place] = replace(one, conclusion=came_to[one.case_id])
        if came_to:
            self._draw()

    def _draw(self) -> None:
        if not self.is_whole:
            return
        shown = self.query_one("#received-cases", Static)
        width = shown.content_size.width or NARROW
        roomy = len(self.cases) <= _ROOMY
        drawn = [
            placed(
                draw_case(one, width, here=n == self._cursor, ahead=roomy or n == self._cursor), n
            )
            for n, one in enumerate(self.cases)
        ]
        shown.border_title = Content(_("Received · {name}").format(name=self._name))
        shown.update(Content("\n\n" if roomy else "\n").join(drawn))
        self.query_one("#received-papers", Static).update(self._papers())
        line = self.query_one("#received-line", Static)
        line.display = not self.desk.sync.status().online
        line.update(
            _(
                "The line is down. What was not sent yet waits on this machine and is sent by "
                "itself; the cases are decided later. The law gives five working days from today."
            )
        )

    def on_click(self, event: Click) -> None:
        """A click on a case puts the cursor there."""
        place = place_at(event)
        if place is not None:
            self._cursor = place
            self.reload()

    def action_move(self, way: int) -> None:
        """To another case of the visit."""
        self._cursor = max(0, min(self._cursor + way, len(self.cases) - 1))
        self.reload()

    def action_agree(self) -> None:
        """Accept the case under the cursor, on paper; an instant one may be decided with it."""
        if self._case.conclusion is Conclusion.OPEN and is_instant(terms_of(self._case.item)):
            self.load(partial(self._read, self._case.case_id), self._decide, group="case")
        else:
            self._accept()

    def action_hand_in(self) -> None:
        """Put right on the spot what lacks, without a notice (Art. 32(3))."""
        if not self._is_closed():
            self.load(partial(self._read, self._case.case_id), self._begin, group="case")

    def action_supplement(self) -> None:
        """Tell everything that is missing, once; each reason may be put in other words."""
        if not self._is_closed():
            self.load(partial(self._read, self._case.case_id), self._tell_lacks, group="case")

    def action_decline(self) -> None:
        """Do not accept: the ground first, then the reason."""
        if not self._is_closed():
            grounds = [(one.value, word(one)) for one in FIRST_GROUNDS]
            self.app.push_screen(Choose(_("Why is it not accepted?"), grounds), self._ask_reason)

    def action_walk_in(self) -> None:
        """The next walk-in."""
        from screens.intake.screen import IntakeScreen

        self.app.switch_screen(IntakeScreen())

    @property
    def _case(self) -> CaseShown:
        return self.cases[self._cursor]

    def _read(self, case_id: str) -> Read:
        return Read(self.desk.cases.detail(case_id), context_of(self.desk))

    def _begin(self, read: Read) -> None:
        self._performer.read = read
        HandingIn(self._performer, self.desk).begin()

    def _tell_lacks(self, read: Read) -> None:
        """What was seen here, and what central found since, as of a licence not held any more."""
        told = {one.key for one in self._case.lacks}
        found = lines_lacking(read.case, self.desk.today)
        lines = (*self._case.lacks, *(one for one in found if one.key not in told))
        if not lines:
            self.app.say(_("Nothing is missing for “{item}”.").format(item=self._case.item.name))
            return
        asked = [Question(str(n), one.name, one.reason) for n, one in enumerate(lines)]
        title = _("Supplement notice: what is missing")
        self.app.push_screen(AskText(title, asked, remembers=True), partial(self._ask, lines))

    def _decide(self, read: Read) -> None:
        self._decider.read = read
        DecidingOnSpot(self._decider, self.desk, self._accept).begin()

    def _accept(self) -> None:
        self._conclude(Conclusion.ACCEPTED, self.desk.counter.accept, self._case.case_id)

    def _show_decided(self, said: str, done: Done) -> None:
        self.app.say(said)
        assert done.case.case is not None, "central has just decided it"
        ids = [one.case_id for one in self.cases]
        self._take(ids.index(done.case.case.id), Conclusion.DECIDED, done)

    def _show_completed(self, said: str, done: Done) -> None:
        """What came in lacks no longer."""
        case = done.case.case
        assert case is not None, "central has just taken something in for it"
        keys = lacking_keys(case, self.desk.today)
        for place, one in enumerate(self.cases):
            if one.case_id == case.id:
                lacks = tuple(line for line in one.lacks if line.key in keys)
                self.cases[place] = replace(one, lacks=lacks)
        self.app.say(said)
        self.reload()

    def _ask(self, lines: tuple[SupplementLine, ...], reasons: dict[str, str] | None) -> None:
        if reasons is not None:
            told = tuple(
                SupplementLine(one.key, one.name, reasons[str(n)]) for n, one in enumerate(lines)
            )
            counter = self.desk.counter
            case_id = self._case.case_id
            self._conclude(Conclusion.SUPPLEMENT_ASKED, counter.ask_supplement, case_id, told)

    def _ask_reason(self, ground: str | None) -> None:
        if ground is None:
            return
        asked = [Question("reason", _("Reason, as it stands on the notice"))]
        if ground == DeclineGround.NOT_THIS_OFFICE:
            asked.insert(0, Question("right_body", _("Where to apply: name of the right body")))
        title = word(DeclineGround(ground))
        self.app.push_screen(
            AskText(title, asked, remembers=True),
            lambda told: self._decline(DeclineGround(ground), told),
        )

    def _decline(self, ground: DeclineGround, told: dict[str, str] | None) -> None:
        if told is not None:
            self._conclude(
                Conclusion.DECLINED,
                self.desk.counter.decline,
                self._case.case_id,
                ground,
                told["reason"],
                told.get("right_body", ""),
            )

    def _conclude(
        self, conclusion: Conclusion, act: Callable[..., Done], *arguments: object
    ) -> None:
        """Do it online; then show its paper and stand on the next case that is open."""
        if self._is_closed():
            return
        place = self._cursor
        self.do(act, *arguments, done=lambda done: self._take(place, conclusion, done))

    def _take(self, place: int, conclusion: Conclusion, done: Done) -> None:
        self.cases[place] = replace(
            self.cases[place], conclusion=conclusion, papers=_papers_of(done)
        )
        still_open = [n for n, one in enumerate(self.cases) if one.conclusion is Conclusion.OPEN]
        self._cursor = still_open[0] if still_open else place
        self.reload()

    def _is_closed(self) -> bool:
        """Whether the case under the cursor was concluded already; says so."""
        if self._case.conclusion is Conclusion.OPEN:
            return False
        self.app.say(draw_conclusion(self._case, NARROW)[0].plain)
        return True

    def _papers(self) -> Content:
        """Where the receipt lies, or why it could not be written, and the password."""
        received = self._received
        receipt = Content(str(received.receipt))
        if received.receipt is None:
            receipt = Content.styled(str(tell(received.paper_problem)), "$text-warning")
        return Content.assemble(
            (_("Receipt"), "bold"),
            "  ",
            receipt,
            "\n",
            (_("Query password"), "bold"),
            f"  {received.password}",
            "\n",
            (_("Forecast"), "bold"),
            f"  {tell_visit(self._forecast)}",
        )


def draw_case(case: CaseShown, width: int, *, here: bool, ahead: bool) -> Content:
    """The number in wide letters, to be read out and copied down; item and state below.

    `ahead`: with what is to be expected of it.
    """
    sign = "▸ " if here else "  "
    head = Content.styled(sign + " ".join(case.number), "bold $text-primary" if here else "bold")
    item = Content.assemble(
        f"  {case.item.name}  ", (case.item.department_name, "$foreground-muted")
    )
    rows = [Content("  ") + row for row in draw_conclusion(case, width - 2)]
    if ahead and case.forecast and case.conclusion is Conclusion.OPEN:
        lines = wrap_cells(tell_item(case.forecast), width - 2)
        rows = [*(Content.styled(f"  {line}", "$foreground-muted") for line in lines), *rows]
    return Content("\n").join([head, item, *rows])


def draw_conclusion(case: CaseShown, width: int) -> list[Content]:
    """What was concluded with its paper, or what may be."""
    match case.conclusion:
        case Conclusion.ACCEPTED:
            told = Content.styled(_("✓ Accepted"), "$text-success")
        case Conclusion.DECIDED:
            told = Content.styled(_("✓ Accepted and decided"), "$text-success")
        case Conclusion.SUPPLEMENT_ASKED:
            told = Content.styled(_("Supplement notice given"), "$text-warning")
        case Conclusion.DECLINED:
            told = Content.styled(_("Declined"), "$text-error")
        case _:
            return _open_case(case, width)
    where = [str(one) for one in case.papers] or [_("Its paper waits in the print queue.")]
    return [told, *(Content(row) for one in where for row in wrap_cells(one, width))]


def _papers_of(done: Done) -> tuple[Path, ...]:
    """In the order of the acts: acceptance before decision."""
    return (*done.more, *((done.paper,) if done.paper else ()))


def _open_case(case: CaseShown, width: int) -> list[Content]:
    if not case.lacks:
        return [Content.styled(_("Complete · Ctrl+Y accepts it"), "$text-success")]
    names = [one.name for one in case.lacks]
    lines = pack_cells(_("Missing:"), names, width, _MOST_ROWS, count_more)
    told = _("Ctrl+U takes it in now · Ctrl+K gives the supplement notice")
    return [Content.styled(line, "$text-warning") for line in [*lines, told]]
