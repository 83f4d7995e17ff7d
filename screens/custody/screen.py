"""Papers: what lies here, comes here, went out or is lost; many are handed over at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from clerk.contract.custody import Holder
from clerk.contract.user import Role
from clerk.errand import Errand
from clerk.errors import ClerkError
from clerk.locale import Plural, _, counted, in_a_row, mark, on_paper
from clerk.rules.numbers import spaced
from screens.custody import rows
from screens.custody.counted import DONE, FILE, GIVE, REPORTED, RETURN
from screens.custody.counting import Short, count_slip
from screens.custody.losing import make_good, report_loss
from screens.custody.slips import SlipKeys
from screens.dialogs import AskText, Choose, Question
from screens.errands import run_errand
from screens.home.queue_bar import QueueBar
from screens.in_memory import InMemoryScreen
from screens.keymap import bindings
from screens.telling import explain
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.custody import Handed
from services.lost_papers import LostPaper
from services.paper_lists import HeldPage, HeldPaper, OpenSlip

_MORE_CASES = 1_000


class _Found(NamedTuple):
    """The first page of what lies here, the slips, the losses, the names of departments."""

    here: HeldPage
    coming: tuple[OpenSlip, ...]
    given: tuple[OpenSlip, ...]
    names: dict[str, str]
    lost: tuple[LostPaper, ...] = ()


_NOTHING = _Found(HeldPage(papers=(), next=None, cases=0), (), (), {})


class CustodyScreen(InMemoryScreen):
    """Space marks a paper, the asterisk all that are shown; left and right change the list."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("send_on", "agree", "withdraw", "send_back", "produce", "print"),
        *bindings("ask", "hand_in", "back"),
        *bindings("refresh", "sync", "cases", "arrange", "copy", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "send_on": (mark("Hand over"), mark("Hand the marked papers over on a slip")),
        "agree": (mark("Take over"), mark("Count what came on the slip, and confirm it")),
        "withdraw": (mark("Take back"), mark("Take a slip back that nobody has confirmed")),
        "send_back": (mark("Return"), mark("Give the marked papers back to the applicant")),
        "produce": (mark("Put on file"), mark("Put the marked papers of ended cases on file")),
        "print": (mark("Print slip"), mark("Print this slip once more")),
        "ask": (mark("Lost"), mark("Report the marked papers lost or damaged")),
        "hand_in": (mark("Made good"), mark("A lost paper was found, or another one is here")),
        **InMemoryScreen.SORT,
    }
    AUTO_FOCUS = "#papers"

    listing = getters.query_one("#papers", Listing)
    said = getters.query_one("#said", Static)

    def __init__(self) -> None:
        """Begin with nothing known."""
        super().__init__()
        self._found = _NOTHING
        self._here: list[HeldPaper] = []
        self._read: list[HeldPaper] = self._here
        self._paper = ""
        self._papers: list[HeldPaper] = []
        self._locked = ""
        self._slip_keys = SlipKeys(self, self._hand, self._say_paper)

    def compose(self) -> ComposeResult:
        """The lists, what is looked for, and the last slip's place."""
        yield StatusBar()
        yield QueueBar()
        hint = _("Scan a slip or a receipt, or type to narrow the list")
        yield LineBox(id="filter", placeholder=hint, select_on_focus=False)
        yield Listing(rows.paper_columns(), empty=self._nothing, id="papers")
        yield Static("", id="said", markup=False)
        yield KeyBar()

    def reload(self) -> None:
        """Read the lists anew."""
        self.load(self._fetch, self._show, group="papers", failed=self._show_locked)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Enter opens the case of a paper, and counts a slip that comes here."""
        one = self.listed(event.index)
        if isinstance(one, HeldPaper | LostPaper):
            self.app.open_case(one.case.id)
        elif self.tabs.shown == rows.COMING:
            self.action_agree()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A scanned slip that comes here is counted at once; else to what was found."""
        coming = [one for one in self._found.coming if one.number == event.value.strip().upper()]
        self.listing.focus()
        if coming:
            self.tabs.shown = rows.COMING
            self.show_list(keep_cursor=False)
            self.action_agree()

    def action_send_on(self) -> None:
        """Ask where to, then hand over."""
        papers = self._chosen()
        places = self.desk.custody.destinations(papers) if papers else ()
        if papers and not places:
            self.app.warn(_("These papers have no place in common. Mark fewer of them."))
        elif papers:
            title = counted(GIVE, rows.total(papers))
            options = rows.name_places(places, self._names(papers))
            self.app.push_screen(Choose(title, options), partial(self._give, papers, places))

    def offers(self, verb: str) -> bool:
        """Papers go back to the applicant at a window alone."""
        return super().offers(verb) and (verb != "send_back" or self._is_window)

    def action_send_back(self) -> None:
        """Ask who takes them, then give the papers back; a department is told at once why not."""
        if not self._is_window:
            told = explain("papers.returned_at_window", {})
            self.app.warn(in_a_row(told.what, told.remedy))
            return
        papers = self._chosen()
        if papers:
            names = {one.case.applicant for one in papers}
            name = names.pop() if len(names) == 1 else ""
            questions = [
                Question("receiver", _("Name of whoever takes the papers back"), name),
                Question("signature", _("How it was signed"), on_paper(mark("signed by hand"))),
            ]
            title = counted(RETURN, rows.total(papers))
            self.app.push_screen(AskText(title, questions), partial(self._return, papers))

    def action_produce(self) -> None:
        """Ask where the file stands, then put the papers there."""
        papers = self._chosen()
        if papers:
            question = Question("place", _("Where the file stands"), required=False)
            title = counted(FILE, rows.total(papers))
            self.app.push_screen(AskText(title, [question]), partial(self._file, papers))

    def action_agree(self) -> None:
        """Count the slip under the cursor, and confirm it."""
        here = self.listed(self.listing.cursor)
        if self._some_slips(rows.COMING) and isinstance(here, OpenSlip):
            count_slip(self, here, partial(self._take, here))

    def action_withdraw(self) -> None:
        """Take the marked slips back, or the one under the cursor."""
        self._slip_keys.take_back(self._some_slips(rows.GIVEN))

    def action_print(self) -> None:
        """Print the marked slips once more, or the one under the cursor."""
        self._slip_keys.print_again(self._some_slips(rows.COMING, rows.GIVEN))

    def action_ask(self) -> None:
        """Report the marked papers lost or damaged."""
        papers = self._chosen()
        if papers:
            report_loss(self, papers, partial(self._hand, told=REPORTED))

    def action_hand_in(self) -> None:
        """Say how the loss under the cursor was made good."""
        lost = self.listed(self.listing.cursor)
        if not isinstance(lost, LostPaper):
            self.app.warn(_("What is lost stands in the last list. Choose the paper there."))
        elif not lost.notice:
            self.app.warn(_("Nobody has confirmed this loss. Whoever is to can reject it."))
        else:
            make_good(self, lost, self._hand)

    @property
    def _is_window(self) -> bool:
        user = self.desk.present if self.app.is_open else None
        return user is not None and user.has(Role.COUNTER)

    def _give(self, papers: list[HeldPaper], places: tuple[Holder, ...], key: str | None) -> None:
        if key is not None:
            self._hand(partial(self.desk.custody.give, papers, places[int(key)]))

    def _return(self, papers: list[HeldPaper], answers: dict[str, str] | None) -> None:
        if answers is not None:
            give_back = self.desk.custody.give_back
            self._hand(partial(give_back, papers, answers["receiver"], answers["signature"]))

    def _file(self, papers: list[HeldPaper], answers: dict[str, str] | None) -> None:
        if answers is not None:
            self._hand(partial(self.desk.custody.put_on_file, papers, answers["place"]))

    def _take(self, slip: OpenSlip, short: Short) -> None:
        self._hand(partial(self.desk.custody.take, slip, short))

    def _hand(self, act: Callable[[Errand], Handed], told: Plural = DONE) -> None:
        """Case by case: Escape stops between two."""
        stopped = _("Stopped. What is done already stays done.")
        done = partial(self._show_handed, told=told)
        run_errand(self, _("Papers change hands"), act, done, cancelled=stopped)

    # What comes back

    def _fetch(self) -> _Found:
        custody = self.desk.custody
        names = {one.id: one.name for one in self.desk.catalogue.departments()}
        slips = custody.coming(), custody.given()
        return _Found(custody.held(), *slips, names, custody.lost())

    def _show(self, found: _Found) -> None:
        """Show the first page at once; the others come behind it.

        A longer list that is shown already stays as it is until all of it is read anew.
        """
        self._locked, self._found = "", found
        self._read = list(found.here.papers)
        if not self._here or found.here.next is None:
            self._here = self._read
        self.show_list()
        self._tell(found.here, self._read)

    def _read_on(self, page: HeldPage, read: list[HeldPaper]) -> None:
        if read is self._read:
            fetch = partial(self.desk.custody.held, page.next, _MORE_CASES)
            done = partial(self._append, read=read)
            self.load(fetch, done, group="more papers", failed=self._show_locked)

    def _append(self, page: HeldPage, read: list[HeldPaper]) -> None:
        if read is not self._read:
            return
        read += page.papers
        if read is self._here and self.tabs.shown == rows.HERE and self.is_sorted:
            self.show_list()
        elif read is self._here and self.tabs.shown == rows.HERE:
            self._papers += self.meant(page.papers, self._paper_cells, rows.paper_words)
            self.listing.show(self.listing.source or Rows((), self._paper_cells))
        elif page.next is None and read is not self._here:
            self._here = read
            self.show_list()
        self._tell(page, read)

    def _tell(self, page: HeldPage, read: list[HeldPaper]) -> None:
        """Tell how many there are, and read on while there are more."""
        if page.next is None:
            self.said.update(self._paper)
        else:
            told = _("Reading on, cases so far: {cases}, up to {number}")
            last = read[-1].case.number if read else ""
            self.said.update(told.format(number=spaced(last), cases=page.cases))
            self.call_later(self._read_on, page, read)
        found, here = self._found, sum(one.count for one in self._here)
        lost = sum(one.count for one in found.lost)
        self.tabs.show(rows.count_tabs((here, len(found.coming), len(found.given), lost)))

    def _show_locked(self, problem: ClerkError) -> None:
        told = explain(problem.code, problem.parameters)
        self._locked, self._found = in_a_row(told.what, told.remedy), _NOTHING
        self._here = self._read = []
        self.show_list(keep_cursor=False)

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show one of the lists, narrowed and in order."""
        found, columns, cells = self._found, rows.paper_columns(), self._paper_cells
        source: Rows[Any]
        if self.tabs.shown == rows.HERE:
            meant = self.meant(self._here, cells, rows.paper_words)
            self._papers = self.in_order(meant, columns, cells)
            source = self.as_rows(self._papers, columns, cells, identify=rows.identify)
        elif self.tabs.shown == rows.LOST:
            source = self.rows_of(
                found.lost,
                rows.lost_columns(),
                rows.lost_cells,
                rows.lost_colour,
                identify=rows.identify_lost,
                also=rows.paper_words,
            )
        else:
            source = self.rows_of(
                found.coming if self.tabs.shown == rows.COMING else found.given,
                rows.slip_columns(),
                self._slip_cells,
                identify=lambda one: one.number,
                also=rows.slip_words,
            )
        self.put(source, keep_cursor=keep_cursor)

    def _slip_cells(self, slip: OpenSlip) -> list[str]:
        return rows.slip_cells(slip, self._found.names)

    def _paper_cells(self, paper: HeldPaper) -> list[str]:
        return rows.paper_cells(paper, marked=rows.identify(paper) in self.marked)

    def _show_handed(self, handed: Handed, told: Plural) -> None:
        self.app.say(counted(told, len(handed.done)))
        if handed.paper is not None:
            self._say_paper(handed.paper)
        self.end_several()
        if handed.failed:
            self.app.tell_problem(handed.failed[0][1])

    def _say_paper(self, path: object) -> None:
        self._paper = _("Slip, two copies: {path}").format(path=path)
        self.said.update(self._paper)

    def _chosen(self) -> list[HeldPaper]:
        """What is marked and still here, else the paper under the cursor; in the first list."""
        papers = self.several(HeldPaper) if self.tabs.shown == rows.HERE else []
        wanted = {rows.identify(one) for one in papers}
        chosen = [one for one in self._here if rows.identify(one) in wanted]
        if not chosen:
            self.app.warn(_("Papers that lie here are in the first list. Mark them there."))
        return chosen

    def _some_slips(self, *shown: int) -> list[OpenSlip]:
        """What is marked in one of these lists, else what is under the cursor."""
        slips = self.several(OpenSlip) if self.tabs.shown in shown else []
        if not slips:
            self.app.warn(_("There is no such slip under the cursor. Left and right change lists."))
        return slips

    def _names(self, papers: list[HeldPaper]) -> dict[str, str]:
        own = {one.case.department: one.case.department_name for one in papers}
        return own | self._found.names

    def _nothing(self) -> str:
        if self._locked:
            return self._locked
        if self.typing.value:
            return _("Nothing like that in this list.")
        nothing = {
            rows.COMING: _("No slip is on its way here. Scan one when it comes."),
            rows.GIVEN: _("No slip from here waits to be confirmed."),
            rows.LOST: _("Nothing is lost. Ctrl+W in the first list reports what cannot be found."),
        }
        if self.tabs.shown in nothing:
            return nothing[self.tabs.shown]
        return _("No papers are listed here. What is ticked as received lies at its window.")
