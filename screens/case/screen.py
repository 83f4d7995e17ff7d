"""One case: where it stands on each of its four axes, what is in it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from clerk.contract.item import Window
from clerk.contract.user import Role
from clerk.errors import ClerkError, StoreError
from clerk.locale import _, in_a_row, mark
from clerk.rules.case import Case
from clerk.rules.supervision.recording import link, visits_of
from screens.base import DeskScreen
from screens.case import clock_page, page
from screens.case.choices import Choices
from screens.case.contents import ABOVE, LEFT, RIGHT, sections_of
from screens.case.counter import CounterKeys
from screens.case.department import DepartmentKeys
from screens.case.licence import LicenceKeys
from screens.case.performer import Performer, Read, context_of
from screens.case.printing import PrintKeys
from screens.case.proposals import ProposalKeys
from screens.case.scans import ScanKeys
from screens.case.section_bar import MOST, SectionBar
from screens.case.verbs import OWN_VERBS, may_ever
from screens.dialogs import Choose
from screens.keymap import bindings
from screens.looks import PLAIN
from screens.lookup.asking import look_up_case
from screens.supervision.asking import AskingKeys
from screens.whole import WHOLE_S, WholeNumber, ask_whole
from screens.widgets.facts import Facts
from screens.widgets.key_bar import KeyBar
from screens.widgets.status_bar import StatusBar
from screens.words import word
from services.cases import CaseDetail
from services.counter import Done
from services.lookup import Unmasked

T = TypeVar("T")

_DEPARTMENT_LABELS = {"agree": mark("Grant"), "decline": mark("Refuse")}


class CaseScreen(DeskScreen):
    """Keys act on the case; one that cannot act now says why."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*OWN_VERBS, "ask", "deal", "open"),
        *bindings("scan", "print", "unmask", "look_up", "recording", "back"),
        *bindings("next_part", quiet=True),
        *(Binding(str(at + 1), f"section({at})", show=False) for at in range(MOST)),
    ]
    AUTO_FOCUS = "#case-body"

    said = getters.query_one("#case-said", Static)
    section_bar = getters.query_one(SectionBar)

    def __init__(self, case_id: str) -> None:
        """Show this case."""
        super().__init__()
        self._case_id = case_id
        self._performer = Performer(self, self._show_done)
        self._scans = ScanKeys(self._performer, self._say)
        self._printing = PrintKeys(self._performer, self._say)
        self._counter: CounterKeys | None = None
        self._department: DepartmentKeys | None = None
        self._choices: Choices | None = None
        self._windows: dict[str, Window] = {}
        self._links: dict[int, str] = {}
        self._whole = WholeNumber[Unmasked](self, WHOLE_S)

    @property
    def rated_case(self) -> str:
        """The case on the page: its visit is rated, whoever was served last."""
        return self._case_id

    def compose(self) -> ComposeResult:
        """The head stays; the parts below it scroll."""
        yield StatusBar()
        yield Static("", id="case-name")
        for name in ("states", "dates", "step"):
            yield Facts(id=f"case-{name}")
        yield Static("", id="case-said", markup=False)
        yield SectionBar()
        with VerticalScroll(id="case-body"):
            yield from (_part(name) for name in ABOVE)
            with Container(id="case-columns"):
                with Vertical(classes="column"):
                    yield from (_part(name) for name in LEFT)
                with Vertical(classes="column"):
                    yield from (_part(name) for name in RIGHT)
        yield KeyBar()

    def on_mount(self) -> None:
        """Get the keys of whoever is here."""
        if self._is_counter():
            self._counter = CounterKeys(self._performer, self.desk)
        else:
            self._department = DepartmentKeys(self._performer, self.desk)
        self._choices = Choices(
            self._performer,
            ProposalKeys(self._performer, self.desk),
            AskingKeys(self._performer, self.desk),
            self._department,
            LicenceKeys(self._performer, self.desk),
        )

    @property
    def case(self) -> Case | None:
        """The case as it was read last."""
        return self._performer.read.case if self._performer.read else None

    def reload(self) -> None:
        """Read the case anew."""
        self.load(self._fetch, self._show, group="case", failed=self._lose)

    def do(
        self,
        act: Callable[..., T],
        *arguments: object,
        done: Callable[[T], None] | None = None,
        failed: Callable[[ClerkError], None] | None = None,
        named: str = "",
    ) -> None:
        """Act; what was said of the act before does not stand beside it any more."""
        if not self.is_busy:
            self._say("")
        super().do(act, *arguments, done=done, failed=failed, named=named)

    def offers(self, verb: str) -> bool:
        """The verbs that whoever is here can ever use on this case."""
        user, read = self.desk.present, self._performer.read
        if user is None or not may_ever(user, verb, read.case if read else None):
            return False
        return super().offers(verb)

    def label_of(self, binding: Binding) -> str:
        """A department grants and refuses where a window accepts and declines."""
        if not self._is_counter() and binding.id in _DEPARTMENT_LABELS:
            return _DEPARTMENT_LABELS[binding.id]
        return super().label_of(binding)

    # Keys

    def action_agree(self) -> None:
        """Accept, or grant."""
        if self._counter:
            self._counter.agree()
        elif self._department:
            self._department.agree()

    def action_decline(self) -> None:
        """Decline, or refuse."""
        if self._counter:
            self._counter.decline()
        elif self._department:
            self._department.decline()

    def action_supplement(self) -> None:
        """Ask once for what is missing."""
        if self._counter:
            self._counter.supplement()
        else:
            self._tell_role(Role.COUNTER)

    def action_hand_in(self) -> None:
        """Take in what was asked for."""
        if self._counter:
            self._counter.hand_in()
        else:
            self._tell_role(Role.COUNTER)

    def action_withdraw(self) -> None:
        """The applicant withdraws."""
        if self._counter:
            self._counter.withdraw()
        else:
            self._tell_role(Role.COUNTER)

    def action_claim(self) -> None:
        """Take the case on, or give it back."""
        if self._department:
            self._department.claim()
        else:
            self._tell_role(Role.HANDLER)

    def action_send_on(self) -> None:
        """Pass the case on."""
        if self._department:
            self._department.send_on()
        else:
            self._tell_role(Role.HANDLER)

    def action_send_back(self) -> None:
        """Send it back."""
        if self._department:
            self._department.send_back()
        else:
            self._tell_role(Role.HANDLER)

    def action_produce(self) -> None:
        """The result is made."""
        if self._department:
            self._department.produce()
        else:
            self._tell_role(Role.HANDLER)

    def action_ask(self) -> None:
        """Propose, urge, or do without what the case waits for."""
        if self._choices:
            self._choices.ask()

    def action_deal(self) -> None:
        """Approve, answer or countersign."""
        if self._choices:
            self._choices.deal()

    def action_open(self) -> None:
        """What lies behind the page: its dates day by day, the whole bundle application."""
        if self._choices:
            self._choices.open()

    def action_scan(self) -> None:
        """Add a scan, or open one."""
        self._scans.scan()

    def action_recording(self) -> None:
        """Copy the link to a recording of one of the visits."""
        if not self._links:
            self.app.warn(_("There is no link to a recording here, or it is not yours to see."))
        elif len(self._links) == 1:
            self._copy(next(iter(self._links.values())))
        else:
            visits = [(link, link) for link in self._links.values()]
            self.app.push_screen(Choose(_("Copy the link to which recording?"), visits), self._copy)

    def action_print(self) -> None:
        """Print one of its papers again."""
        self._printing.offer()

    def action_reprint(self, place: int) -> None:
        """Print the paper again that was clicked."""
        self._printing.reprint(place)

    def action_section(self, place: int) -> None:
        """To a section by its digit."""
        sections = self.section_bar.sections
        if not sections:
            return
        if place >= len(sections):
            self.app.warn(_("The last part of this case is {count}.").format(count=len(sections)))
            return
        name, _title = sections[place]
        self.query_one(f"#case-{name}").scroll_visible(top=True, animate=False, force=True)
        self.section_bar.mark(place)

    def action_next_part(self) -> None:
        """To the next section, and after the last to the first."""
        count = len(self.section_bar.sections)
        if count:  # none stands there while the case is being read
            self.action_section((self.section_bar.here + 1) % count)

    def on_section_bar_chosen(self, event: SectionBar.Chosen) -> None:
        """A section was clicked."""
        self.action_section(event.place)

    def action_look_up(self) -> None:
        """What the registers say about the applicant, kept with the case."""
        if self._performer.read is not None:
            look_up_case(self, self._performer.read.case)

    def action_unmask(self) -> None:
        """Show the numbers whole for a while, with a reason on record."""
        if self._whole.shown:
            self.hide_whole()
        else:
            ask_whole(self, self._case_id, self._show_number)

    # What comes back

    def _fetch(self) -> Read:
        held = self._find_held()
        detail = held or self.desk.supervision.detail(self._case_id)
        scans = self.desk.scans.of_case(self._case_id) if held else ()
        self._windows = {one.id: one for one in self.desk.catalogue.windows()}
        return Read(detail, context_of(self.desk), scans)

    def _find_held(self) -> CaseDetail | None:
        """The case as this desk holds it, or nothing where whoever is here only watches it."""
        try:
            return self.desk.cases.detail(self._case_id)
        except StoreError as problem:
            if problem.code != "case.unknown" or not self.desk.supervision.may_read:
                raise
        return None

    def _show(self, read: Read) -> None:
        self._performer.read = read
        case, now = read.case, read.context.now
        self.query_one("#case-name", Static).update(page.name_case(case))
        self.query_one("#case-states", Facts).show(page.four_states(case))
        dated = page.dates(case, read.detail.timing, now)
        self.query_one("#case-dates", Facts).show(dated + clock_page.stops(case, read.context))
        self.query_one("#case-step", Facts).show(page.standing(case, read.detail.timing, now))
        self._show_people(case)
        self._links = self._list_links(read)
        shown = [("people", _("Applicant"))]
        for one in sections_of(read, self._links, plain=self.app.has_class(PLAIN)):
            self._fill(one.name, one.title, one.text)
            shown += [(one.name, one.title)] if one.text.plain else []
        self.query_one("#case-people").border_title = _("Applicant")
        order = (*ABOVE, *LEFT, *RIGHT)
        self.section_bar.show(sorted(shown, key=lambda one: order.index(one[0])))
        self.refresh_bindings()

    def _list_links(self, read: Read) -> dict[int, str]:
        """The recordings of its visits, for whom they are, by the number of the event."""
        if not self.offers("recording"):
            return {}
        templates = {one.id: one.recording for one in self._windows.values()}
        return {
            visit.seq: link(templates[visit.window], visit.window, visit.began_at, visit.ended_at)
            for visit in visits_of(read.detail.record)
            if templates.get(visit.window)
        }

    def _copy(self, address: str | None) -> None:
        if address:
            self.app.copy_to_clipboard(address)
            self._say(_("Copied: {link}").format(link=address))

    def _fill(self, name: str, title: str, text: Content) -> None:
        part = self.query_one(f"#case-{name}", Static)
        part.border_title = title
        part.set_class(not text.plain, "empty")
        part.update(text)

    def _lose(self, problem: ClerkError) -> None:
        """The case left one's sight, or the store is locked."""
        self.leave()
        self.app.tell_problem(problem)

    def _show_done(self, said: str, done: Done) -> None:
        papers = [one for one in (*done.more, done.paper) if one]
        told = [_("The paper is at {path}").format(path=one) for one in papers]
        self._say(in_a_row(said, *told))
        self.app.say(said)
        self.reload()

    def _say(self, text: str) -> None:
        self.said.update(text)
        self.said.set_class(bool(text), "told")

    def _show_people(self, case: Case) -> None:
        window = self._windows[case.window].name if case.window in self._windows else case.window
        self.query_one("#case-people", Facts).show(page.people(case, window, self._whole.shown))

    def _show_number(self, numbers: Unmasked) -> None:
        self._whole.show(numbers)
        self.reload()

    def hide_whole(self) -> None:
        """Hide the numbers at once; nothing that cannot be read keeps it on the screen."""
        if self._whole.hide() and self._performer.read is not None and self.is_whole:
            self._show_people(self._performer.read.case)

    def _is_counter(self) -> bool:
        user = self.desk.present
        return user is not None and user.has(Role.COUNTER)

    def _tell_role(self, role: Role) -> None:
        self.app.warn(_("That is for another role: {role}.").format(role=word(role)))


def _part(name: str) -> Widget:
    if name == "people":
        people = Facts(id="case-people")
        people.add_class("part")
        return people
    return Static("", id=f"case-{name}", classes="part empty")
