"""Papers of cases in the desk's sight: what lies here, what comes here, and handing them on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.command import (
    AnyCommand,
    FilePapers,
    GivePapers,
    RecallPapers,
    ReturnPapers,
    TakePapers,
)
from clerk.contract.custody import Holder, HolderKind, Mishap, PaperLine, Remedy, Shortage
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError, ClerkError, RefusedError, StoreError
from clerk.rules.custody.ledger import Slip
from clerk.rules.custody.places import place_at
from clerk.rules.custody.slips import SLIP_BYTES, slip_number
from services.acts import Acts
from services.contact import Contact
from services.lost_papers import LostPaper, lost_at
from services.paper_lists import HeldPage, HeldPaper, OpenSlip, held_page, open_slips
from services.seat import seated
from services.session import Session
from services.slips import SlipPrinter
from services.waiting import Waiting
from storage import identity
from storage.case_head import label_of
from storage.cases import CaseKey, CaseQuery
from storage.store import Connection, Store

PAGE_CASES = 200
"""So many cases of papers are there at once; the others come behind them."""

_WAITING = (GivePapers, RecallPapers, ReturnPapers, DeclareLoss, MakeGood)
"""What a window may say of its papers while the line is down."""

_CommandOf = Callable[[str], AnyCommand]


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it, case by case; `paper` is the slip in two copies, where there is one."""

    done: tuple[str, ...]
    failed: tuple[tuple[str, ClerkError], ...] = ()
    slip: str = ""
    paper: Path | None = None


class Custody:
    """The papers of whoever is at this desk. After the offline lease they stay locked."""

    def __init__(
        self,
        store: Store,
        session: Session,
        contact: Contact,
        clock: Clock,
        *,
        acts: Acts,
        waiting: Waiting,
        printer: SlipPrinter,
    ) -> None:
        """Act for whoever is signed in: at once, or as what may wait for the line."""
        self._store = store
        self._session = session
        self._contact = contact
        self._clock = clock
        self._acts = acts
        self._waiting = waiting
        self._printer = printer

    @property
    def place(self) -> Holder | None:
        """The window or the department whose papers these are; nobody else holds any."""
        user = self._session.user
        if user is None:
            return None
        with self._store.read() as connection:
            enrolled = identity.get_enrolled(connection)
        return place_at(seated(user, enrolled), enrolled.window)

    def held(self, after: CaseKey | None = None, most: int = PAGE_CASES) -> HeldPage:
        """What lies here free, of so many cases after a key. Raises StoreError `cases.locked`."""
        with self._reading() as connection:
            return held_page(connection, self._get_place(), after, most, self._clock.now())

    def coming(self) -> tuple[OpenSlip, ...]:
        """The open slips that come here."""
        place = self._get_place()
        return self._slips(CaseQuery(papers_to=label_of(place)), lambda slip: slip.to == place)

    def given(self) -> tuple[OpenSlip, ...]:
        """The open slips that went out from here and that nobody has confirmed."""
        place = self._get_place()
        query = CaseQuery(papers_from=label_of(place))
        return self._slips(query, lambda slip: slip.giver == place)

    def lost(self) -> tuple[LostPaper, ...]:
        """What was lost or damaged here and is not made good, the oldest first."""
        with self._reading() as connection:
            return lost_at(connection, self._get_place(), self._clock.now())

    def destinations(self, papers: Sequence[HeldPaper]) -> tuple[Holder, ...]:
        """Where all of these can go."""
        place = self._get_place()
        first, *rest = dict.fromkeys(one.case.places for one in papers) or [()]
        return tuple(one for one in first if one != place and all(one in them for them in rest))

    def give(self, papers: Sequence[HeldPaper], to: Holder, errand: Errand | None = None) -> Handed:
        """Hand papers over on one new slip; at a window the line may be down."""
        number = self._new_slip()
        lines = _by_case(papers)
        handed = self._carry_out(
            list(lines), lambda one: GivePapers(slip=number, to=to, papers=lines[one]), errand
        )
        return self._with_paper(handed, number)

    def take(
        self,
        slip: OpenSlip,
        short: dict[str, tuple[Shortage, ...]],
        errand: Errand | None = None,
    ) -> Handed:
        """Confirm a slip; `short` is what was not there, by case. Needs the line.

        The taker's confirmation moves what the giver answers for, so that it is central's to
        decide before anybody relies on it.
        """
        handed = self._carry_out(
            [case.id for case, _part in slip.parts],
            lambda one: TakePapers(slip=slip.number, short=short.get(one, ())),
            errand,
        )
        return self._with_paper(handed, slip.number)

    def recall(self, slip: OpenSlip, errand: Errand | None = None) -> Handed:
        """Take a slip back that nobody has confirmed."""
        ids = [case.id for case, _part in slip.parts]
        return self._carry_out(ids, lambda _one: RecallPapers(slip=slip.number), errand)

    def give_back(
        self,
        papers: Sequence[HeldPaper],
        receiver: str,
        signature: str,
        errand: Errand | None = None,
    ) -> Handed:
        """Return papers to the applicant; the line may be down."""
        number = self._new_slip()
        lines = _by_case(papers)
        handed = self._carry_out(
            list(lines),
            lambda one: ReturnPapers(
                slip=number, papers=lines[one], receiver=receiver, signature=signature
            ),
            errand,
        )
        return self._with_paper(handed, number)

    def put_on_file(
        self, papers: Sequence[HeldPaper], place: str, errand: Errand | None = None
    ) -> Handed:
        """File papers of cases that are over."""
        lines = _by_case(papers)
        return self._carry_out(
            list(lines), lambda one: FilePapers(papers=lines[one], place=place), errand
        )

    def report_loss(
        self,
        papers: Sequence[HeldPaper],
        mishap: Mishap,
        reason: str,
        errand: Errand | None = None,
    ) -> Handed:
        """Report papers lost or damaged, for somebody else to confirm; the line may be down."""
        lines = _by_case(papers)
        return self._carry_out(
            list(lines),
            lambda one: DeclareLoss(papers=lines[one], mishap=mishap, reason=reason),
            errand,
        )

    def make_good(self, paper: LostPaper, remedy: Remedy, note: str) -> Handed:
        """Say that a lost paper is here again, or another one in its place."""
        command = MakeGood(papers=(paper.line,), remedy=remedy, note=note)
        return self._carry_out([paper.case.id], lambda _one: command, None)

    def print_again(self, slip: OpenSlip) -> Path:
        """The slip once more, marked as a second print."""
        return self._printer.print_slip(
            slip.number, [case.id for case, _part in slip.parts], reprint=True
        )

    def _carry_out(
        self, case_ids: Sequence[str], command_of: _CommandOf, errand: Errand | None
    ) -> Handed:
        """One case after the other; one that cannot be does not keep back the others.

        Called off between two, those that are done stay done, on a slip that names no other.
        """
        errand = errand or Errand()
        done: list[str] = []
        failed: list[tuple[str, ClerkError]] = []
        for nth, case_id in enumerate(case_ids):
            try:
                errand.tell(Phase.CASES, nth, len(case_ids))
            except CancelledError:
                if not done:
                    raise
                break
            command = command_of(case_id)
            try:
                if self._may_wait(command):
                    self._waiting.put(case_id, command)
                else:
                    self._acts.perform(case_id, command)
            except ClerkError as error:
                failed.append((case_id, error))
            else:
                done.append(case_id)
        if failed and not done:
            raise failed[0][1]
        return Handed(done=tuple(done), failed=tuple(failed))

    def _may_wait(self, command: AnyCommand) -> bool:
        at_window = self._get_place().kind is HolderKind.WINDOW
        return at_window and isinstance(command, _WAITING)

    def _with_paper(self, handed: Handed, number: str) -> Handed:
        paper = self._printer.print_slip(number, handed.done)
        return msgspec.structs.replace(handed, slip=number, paper=paper)

    def _new_slip(self) -> str:
        day = self._clock.now().astimezone(OFFICE_ZONE).date()
        return slip_number(day, os.urandom(SLIP_BYTES))

    def _get_place(self) -> Holder:
        place = self.place
        if place is None:
            raise RefusedError("papers.no_place")
        return place

    def _slips(self, query: CaseQuery, wanted: Callable[[Slip], bool]) -> tuple[OpenSlip, ...]:
        with self._reading() as connection:
            return open_slips(connection, query, self._clock.now(), wanted)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Read what cases hold, while the offline lease lasts."""
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")
        with self._store.read() as connection:
            yield connection


def _by_case(papers: Sequence[HeldPaper]) -> dict[str, tuple[PaperLine, ...]]:
    lines: dict[str, tuple[PaperLine, ...]] = {}
    for one in papers:
        lines[one.case.id] = (*lines.get(one.case.id, ()), one.line)
    return lines
