"""Supervision at the desk: the board of central, asking about cases, answering (电子监察)."""

from __future__ import annotations

import msgspec

from clerk.clock import Clock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.contract.command import AnswerAsk, SuperviseCase, UrgeCase
from clerk.contract.supervision import Board, WatchedPage
from clerk.contract.user import Role
from clerk.rules.case import fold
from clerk.rules.case.timing import timing_of
from clerk.rules.watching import watched_department
from services.acts import Acts
from services.calendars import get_calendar
from services.cases import CaseDetail
from services.client import Call
from services.counter import Done
from services.line import Line
from services.papers import Papers
from services.session import Session
from storage.store import Store


class BoardQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases of the board are wanted; what is left empty is not asked.

    `asked` is `urge`, `supervise`, `renewal`, `approve` or `escalated`; `after` is the key
    that a page ended with. `order` is `number`, `item_name`, `step`, `department`, `promised_due`
    or `statutory_due`, and anything in `backwards` turns it round.
    """

    department: str = ""
    stage: str = ""
    step: str = ""
    light: str = ""
    statutory_light: str = ""
    asked: str = ""
    text: str = ""
    order: str = ""
    backwards: str = ""
    after: str = ""


class Supervision:
    """The board, online, and the acts on its cases. Acts raise what `Acts.perform` raises."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        line: Line,
        session: Session,
        acts: Acts,
        papers: Papers,
        clock: Clock,
    ) -> None:
        """Ask and act for whoever is signed in."""
        self._store = store
        self._line = line
        self._session = session
        self._acts = acts
        self._papers = papers
        self._clock = clock

    @property
    def is_open(self) -> bool:
        """Whether whoever is signed in watches over anything."""
        user = self._session.user
        return user is not None and bool(watched_department(user))

    @property
    def may_read(self) -> bool:
        """Whether whoever is signed in may read cases that this desk does not hold."""
        user = self._session.user
        return self.is_open or (user is not None and user.has(Role.AUDITOR))

    def board(self, mark: int = -1) -> Board:
        """The counts of open cases; without them where nothing has changed since `mark`."""
        call = Call(path="/supervision/board", method="GET", query={"mark": str(mark)})
        return self._line.ask(call, Board, self._session.get_token())

    def cases(self, query: BoardQuery) -> WatchedPage:
        """A page of the board's cases, the most pressing first unless another order is wanted."""
        asked = {name: value for name, value in msgspec.structs.asdict(query).items() if value}
        call = Call(path="/supervision/cases", method="GET", query=asked)
        return self._line.ask(call, WatchedPage, self._session.get_token())

    def cases_as_far(self, query: BoardQuery, rows: int) -> WatchedPage:
        """The board's cases from the first, in as many pages as so many rows take."""
        page = self.cases(query)
        while page.next_key and len(page.cases) < rows:
            more = self.cases(msgspec.structs.replace(query, after=page.next_key))
            page = msgspec.structs.replace(more, cases=page.cases + more.cases)
        return page

    def detail(self, case_id: str) -> CaseDetail:
        """A watched case that this desk does not hold, as central shows it: masked, to read."""
        call = Call(path=f"/cases/{case_id}", method="GET")
        record = self._line.ask(call, CaseRecord, self._session.get_token())
        with self._store.read() as connection:
            calendar = get_calendar(connection)
        case = fold(record)
        timing = timing_of(case, calendar, self._clock.now())
        return CaseDetail(case=case, record=record, timing=timing)

    def urge(self, case_id: str, note: str, days: int) -> Done:
        """Ask the holder to go on (催办)."""
        return Done(self._acts.perform(case_id, UrgeCase(note=note, days=days)))

    def supervise(self, case_id: str, reason: str, demand: str, days: int) -> Done:
        """Ask the head of the department formally, on paper (督办)."""
        command = SuperviseCase(reason=reason, demand=demand, days=days)
        laid = self._acts.perform(case_id, command)
        record = laid.record or self.detail(case_id).record
        paper = self._papers.print_record(record, DocumentKind.SUPERVISION, reprint=False)
        return Done(laid, paper)

    def answer(self, case_id: str, ask: int, text: str, *, holds: bool | None = None) -> Done:
        """Answer what was asked; of a renewal, whether the licence holds on by law."""
        command = AnswerAsk(ask=ask, text=text, holds=holds)
        return Done(self._acts.perform(case_id, command))
