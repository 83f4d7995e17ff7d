"""The same window hands the result out: scan, choose, sign, print the proof of delivery."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from clerk.contract.identity import IdKind
from clerk.errors import ClerkError
from clerk.locale import _, _n, in_a_row, mark, on_paper
from clerk.rules.case import Case
from clerk.rules.identifiers import mask_identifier, read_identifier
from clerk.rules.numbers import spaced
from clerk.rules.scanned import ScanKind
from screens.dialogs import AskText, Choose, Question
from screens.home.batch_summary import BatchSummary, Told
from screens.keymap import bindings
from screens.lights import name_moment
from screens.release.finding import (
    Found,
    find_ready,
    still_unanswered,
    tell_answered,
    tell_sent,
)
from screens.sorting import SortedScreen
from screens.whole import WHOLE_S, WholeNumber, ask_whole
from screens.widgets.column import Column
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from screens.widgets.status_bar import StatusBar
from screens.words import explain_identifier, word
from services.lookup import Unmasked
from services.release import Collector, Handover

T = TypeVar("T")

_AMBIGUOUS = "identifier.ambiguous"
_UNANSWERED = "answer.awaited"
_OVER = frozenset({_UNANSWERED, "delivery.already_released"})
"""After these a case is asked for no more: it was handed out, or may have been."""


class ReleaseScreen(SortedScreen):
    """Everything ready for one person is marked at once; Space takes a line out or in."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("agree", "refresh", "cases", "sync", "back"),
        *bindings("arrange", "copy", "unmask", quiet=True),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "agree": (mark("Hand out"), mark("Hand out what is marked")),
        "refresh": (mark("Refresh"), mark("Ask once more what is ready for this person")),
        **SortedScreen.SORT,
    }
    KEEPS = False
    AUTO_FOCUS = "#scan"

    scan = getters.query_one("#scan", Input)
    listing = getters.query_one("#ready", Listing)
    note = getters.query_one("#release-note", Static)

    def __init__(self) -> None:
        """Begin with nobody."""
        super().__init__()
        self._cases: tuple[Case, ...] = ()
        self._shown: tuple[Case, ...] = ()
        self._marked: set[str] = set()
        self._typed: dict[str, str] = {}
        self._text = ""
        self._told = ("", "")
        self._handed: Handover | None = None
        self._sent: dict[str, str] = {}
        self._answered: list[str] = []
        self._whole = WholeNumber[str](self, WHOLE_S)

    def compose(self) -> ComposeResult:
        """The line to scan into, and what is ready."""
        yield StatusBar()
        hint = _("Scan the receipt, or type the applicant's ID number")
        takes = "scan-case scan-identifier scan-first scan-anew"
        yield LineBox(self._text, id="scan", placeholder=hint, classes=takes)
        yield Static("", id="release-note", markup=False)
        yield Listing(_columns(), empty=self._nothing, id="ready")
        yield KeyBar()

    def reload(self) -> None:
        """Show again what was found; only a new scan asks central."""
        self.show_list()
        self._tell_all()
        if self._sent:
            look = partial(still_unanswered, self.desk, tuple(self._sent))
            self.load(look, self._show_unanswered, group="sent")

    def _show_unanswered(self, unanswered: frozenset[str]) -> None:
        """Say so once central has answered what was sent without an answer."""
        answered = [number for one, number in self._sent.items() if one not in unanswered]
        if answered:
            self._sent = {one: number for one, number in self._sent.items() if one in unanswered}
            self._answered += answered
            self._tell_all()

    def _tell_all(self) -> None:
        """Put into words anew each time, for they may be another language's by now."""
        told = [
            _tell_handover(self._handed) if self._handed else self._told[0],
            tell_answered(self._answered) if self._answered else "",
            tell_sent(self._sent.values()) if self._sent else "",
        ]
        tone = "odd" if self._answered or self._sent else "good" if self._handed else self._told[1]
        self._tell(self._whole.shown or "\n".join(filter(None, told)), tone)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember what is typed, should everything be drawn anew."""
        self._text = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask what is ready."""
        if event.value.strip():
            self._look_for(event.value.strip(), None)

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """Enter hands out."""
        self.action_agree()

    def action_mark_line(self) -> None:
        """Take the line under the cursor out, or in."""
        if self._shown:
            self._marked ^= {self._shown[self.listing.cursor].id}
            self.show_list()

    def action_mark_all(self) -> None:
        """Take all in, or all out."""
        all_of_them = {one.id for one in self._cases}
        self._marked = set() if self._marked == all_of_them else all_of_them
        self.show_list()

    def several(self, kind: type[T]) -> list[T]:
        """What is in, else what is under the cursor."""
        at = self.listing.cursor
        return [one for one in self._chosen() or self._shown[at : at + 1] if isinstance(one, kind)]

    def action_refresh(self) -> None:
        """Ask again what is ready."""
        if self._text.strip():
            self._look_for(self._text.strip(), None)
        else:
            self.app.warn(_("Scan the receipt, or type the applicant's ID number first."))

    def action_agree(self) -> None:
        """Ask who collects, then hand out what is marked."""
        if not self._chosen():
            self.app.warn(_("Nothing is marked. Scan a receipt, then mark with the space key."))
            return
        applicant = self._chosen()[0].applicant.name
        ways = [
            ("self", _("the applicant: {name}").format(name=applicant)),
            ("agent", _("an agent, with their own document")),
        ]
        self.app.push_screen(Choose(_("Who collects?"), ways), self._ask_collector)

    def action_unmask(self) -> None:
        """Show the number of the case under the cursor whole for a while, with a reason."""
        at = self.listing.cursor
        if self._whole.shown:
            self.hide_whole()
        elif at < len(self._shown):
            ask_whole(self, self._shown[at].id, partial(self._show_whole, self._shown[at]))
        else:
            self.app.warn(_("Scan the receipt, or type the applicant's ID number first."))

    def _show_whole(self, case: Case, numbers: Unmasked) -> None:
        self._whole.show(in_a_row(case.applicant.name, numbers.id_number))
        self.reload()

    def hide_whole(self) -> None:
        """Hide the number at once."""
        if self._whole.hide() and self.is_whole:
            self.reload()

    def _look_for(self, text: str, kind: IdKind | None) -> None:
        self._whole.hide()
        self.scan.action_select_all()  # the next scan takes its place, and is not put behind it
        self.do(
            find_ready,
            self.desk,
            text,
            kind,
            done=self._show_found,
            failed=partial(self._not_found, text),
        )

    def _show_found(self, found: Found) -> None:
        self._cases = found.cases
        self._marked = {one.id for one in found.cases} - found.held_back
        self._typed = {}
        self._sent, self._answered, self._handed = dict(found.sent), [], None
        self._told = (found.note, "odd")
        self.reload()
        if found.cases:
            self.listing.focus()
        else:
            self.scan.focus()

    def _not_found(self, text: str, problem: ClerkError) -> None:
        if problem.code == _AMBIGUOUS:
            kinds = str(problem.parameters.get("candidates", "")).split()
            options = [(kind, word(IdKind(kind))) for kind in kinds]
            self.app.push_screen(
                Choose(_("Which document is it?"), options), partial(self._look_as, text)
            )
        else:
            self.app.tell_problem(problem)

    def _look_as(self, text: str, kind: str | None) -> None:
        if kind is not None:
            self._look_for(text, IdKind(kind))

    def _ask_collector(self, kind: str | None) -> None:
        if kind is None:
            return
        is_agent = kind == "agent"
        kept = self._typed if self._typed.get("kind") == kind else {}
        name = "" if is_agent else self._chosen()[0].applicant.name
        questions = [Question("name", _("Name of whoever collects"), kept.get("name", name))]
        if is_agent:
            number = kept.get("id_number", "")
            label = _("The agent's ID number")
            check, scans = self._check_number, (ScanKind.IDENTIFIER,)
            questions.append(Question("id_number", label, number, check=check, scans=scans))
        signed = kept.get("signature", on_paper(mark("signed by hand")))
        questions.append(Question("signature", _("How it was signed"), signed))
        self.app.push_screen(
            AskText(
                _n(
                    "Hand out {count} result", "Hand out {count} results", len(self._chosen())
                ).format(count=len(self._chosen())),
                questions,
            ),
            partial(self._take_answers, kind),
        )

    def _check_number(self, text: str) -> str:
        reading = read_identifier(text, today=self.desk.today)
        if reading.valid or reading.candidates:
            return ""
        return explain_identifier(reading.problems[0]) if reading.problems else ""

    def _take_answers(self, kind: str, answers: dict[str, str] | None) -> None:
        """A number that fits several documents: which one the agent showed is asked first."""
        if answers is None:
            return
        self._typed = {"kind": kind, **answers}
        reading = read_identifier(answers.get("id_number", ""), today=self.desk.today)
        if reading.candidates:
            options = [(one.value, word(one)) for one in reading.candidates]
            self.app.push_screen(
                Choose(_("Which document is it?"), options), partial(self._hand_out_as, kind)
            )
        else:
            self._hand_out(kind, IdKind.UNKNOWN)

    def _hand_out_as(self, kind: str, document: str | None) -> None:
        if document is None:
            self._ask_collector(kind)
        else:
            self._hand_out(kind, IdKind(document))

    def _hand_out(self, kind: str, document: IdKind) -> None:
        collector = Collector(
            name=self._typed["name"],
            kind=kind,
            id_number=self._typed.get("id_number", ""),
            id_kind=document,
            signature=self._typed["signature"],
        )
        self.do(
            self.desk.release.release,
            [one.id for one in self._chosen()],
            collector,
            done=self._show_handover,
            failed=partial(self._fail, kind),
        )

    def _fail(self, kind: str, problem: ClerkError) -> None:
        """None was handed out; what may have been is asked for no more, the others once more."""
        if problem.code in _OVER:
            self._drop([(one.id, problem) for one in self._chosen()])
            self._told, self._handed = ("", ""), None
            self.reload()
            self.app.tell_problem(problem)
        else:
            self.app.tell_problem(problem, then=partial(self._ask_collector, kind))

    def _drop(self, failed: Sequence[tuple[str, ClerkError]]) -> None:
        """Take out of the list what is handed out, or may be."""
        numbers = {one.id: one.number for one in self._cases}
        over = {one for one, problem in failed if problem.code in _OVER}
        self._sent |= {one: numbers[one] for one, why in failed if why.code == _UNANSWERED}
        self._cases = tuple(one for one in self._cases if one.id not in over)
        self._marked -= over

    def _show_handover(self, handover: Handover) -> None:
        released = set(handover.released)
        chosen = self._chosen()
        self._cases = tuple(one for one in self._cases if one.id not in released)
        self._marked -= released
        self._drop(handover.failed)
        self._told, self._handed = ("", ""), handover if released else None
        if not handover.failed:
            self.scan.value = ""  # else F5 asks once more for whoever stands here still
        self.reload()
        self.scan.focus()
        if handover.failed:
            self.scan.action_select_all()
            problems = dict(handover.failed)
            cases = [
                Told(spaced(one.number), one.terms.name, problems.get(one.id)) for one in chosen
            ]
            self.app.push_screen(BatchSummary(cases))
        else:
            self.app.say(_count_out(len(released)))

    def _chosen(self) -> list[Case]:
        return [one for one in self._cases if one.id in self._marked]

    def show_list(self, *, keep_cursor: bool = True) -> None:
        """Show what is ready, in order."""
        ordered = self.in_order(self._cases, _columns(), self._cells)
        self._shown = tuple(ordered)
        self.listing.show(
            self.as_rows(ordered, _columns(), self._cells, identify=lambda _one: ""),
            keep_cursor=keep_cursor,
        )

    def _cells(self, case: Case) -> Sequence[str]:
        return (
            "[×]" if case.id in self._marked else "[ ]",
            spaced(case.number),
            case.terms.name,
            case.applicant.name,
            mask_identifier(case.applicant.id_number),
            word(case.outcome),
            name_moment(case.decided_at) if case.decided_at else "",
        )

    def _tell(self, text: str, tone: str) -> None:
        self.note.update(text)
        for one in ("odd", "good"):
            self.note.set_class(one == tone, one)

    def _nothing(self) -> str:
        if self._text.strip() and not self._cases and (self._told[0] or self._sent):
            return ""
        return _("Scan a receipt or type an ID number to see what is ready.")


def _count_out(count: int) -> str:
    return _n("{count} result handed out.", "{count} results handed out.", count).format(
        count=count
    )


def _tell_handover(handover: Handover) -> str:
    paths = [_("Licence, sealed: {path}").format(path=path) for path in handover.licences]
    paths += [_("Proof of delivery: {path}").format(path=path) for path in handover.papers]
    return "\n".join([_count_out(len(handover.released)), *paths])


def _columns() -> list[Column]:
    return [
        Column("", 3, box=True),
        Column(mark("Number"), 18),
        Column(mark("Item"), groups=True),
        Column(mark("Applicant"), 0, 76, groups=True, most=30),
        Column(mark("ID number"), 18, 110),
        Column(mark("Outcome"), 12, groups=True),
        Column(mark("Decided"), 16, 100),
    ]
