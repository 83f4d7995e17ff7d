"""Papers of cases in the desk's sight: what lies here, what comes here, and handing them on."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
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
from clerk.contract.custody import Holder, HolderKind, PaperForm, PaperLine, Shortage
from clerk.errand import CancelledError, Errand, Phase
from clerk.errors import ClerkError, RefusedError, StoreError
from clerk.rules.case import Case, fold
from clerk.rules.custody.ledger import Slip, SlipState
from clerk.rules.custody.places import custody_of, place_at, places_of
from clerk.rules.custody.slips import SLIP_BYTES, slip_number
from services.acts import Acts
from services.contact import Contact
from services.overlay import lay_all
from services.seat import seated
from services.session import Session
from services.slips import SlipPrinter
from services.waiting import Waiting
from storage import cases, identity
from storage.case_head import label_of
from storage.cases import CaseQuery, Order
from storage.store import Connection, Store

MOST_CASES = 500
"""Cases that a list of papers is made of; the oldest come first."""

_CommandOf = Callable[[str], AnyCommand]


class HeldPaper(msgspec.Struct, frozen=True, kw_only=True):
    """Papers of one material that lie here and can be handed on."""

    case: Case
    material: str
    name: str
    form: PaperForm
    count: int
    missed: bool = False

    @property
    def line(self) -> PaperLine:
        """As a slip names it."""
        return PaperLine(self.material, self.form, self.count)


class OpenSlip(msgspec.Struct, frozen=True, kw_only=True):
    """A slip that nobody has confirmed, with its part of each case."""

    number: str
    parts: tuple[tuple[Case, Slip], ...]

    @property
    def first(self) -> Slip:
        """Any part tells who, when and where to."""
        return self.parts[0][1]

    @property
    def count(self) -> int:
        """How many papers it names."""
        return sum(line.count for _case, slip in self.parts for line in slip.papers)


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

    def held(self) -> tuple[HeldPaper, ...]:
        """What lies here free, case by case. Raises StoreError `cases.locked`."""
        place = self._get_place()
        found = self._cases(CaseQuery(papers_at=label_of(place)))
        return tuple(one for case in found for one in _held_in(case, place))

    def coming(self) -> tuple[OpenSlip, ...]:
        """The open slips that come here."""
        place = self._get_place()
        found = self._cases(CaseQuery(papers_to=label_of(place)))
        return _open_slips(found, lambda slip: slip.to == place)

    def given(self) -> tuple[OpenSlip, ...]:
        """The open slips that went out from here and that nobody has confirmed."""
        place = self._get_place()
        found = self._cases(CaseQuery(papers_from=label_of(place)))
        return _open_slips(found, lambda slip: slip.giver == place)

    def destinations(self, papers: Sequence[HeldPaper]) -> tuple[Holder, ...]:
        """Where all of these can go."""
        place = self._get_place()
        several = [places_of(one.case) for one in papers]
        first, *rest = several or [()]
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
        return at_window and isinstance(command, GivePapers | RecallPapers | ReturnPapers)

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

    def _cases(self, query: CaseQuery) -> tuple[Case, ...]:
        """The cases of a query as they will stand with what is waiting, the oldest first."""
        if self._contact.lease_is_over():
            raise StoreError("cases.locked")
        query = msgspec.structs.replace(query, order=Order.OLDEST, limit=MOST_CASES)
        with self._store.read() as connection:
            return tuple(self._read(connection, query))

    def _read(self, connection: Connection, query: CaseQuery) -> list[Case]:
        laid = {key: one.case for key, one in lay_all(connection).items() if one.case}
        rows = cases.page(connection, query, self._clock.now())
        records = (cases.get(connection, row.id) for row in rows if row.id not in laid)
        found = [*(fold(record) for record in records), *laid.values()]
        return sorted(found, key=lambda one: (one.received_at, one.number))


def _held_in(case: Case, place: Holder) -> list[HeldPaper]:
    ledger = custody_of(case)
    names = {one.key: one.name for one in case.terms.materials}
    missed = {(one.material, one.form) for slip, one in ledger.differences if slip.giver == place}
    return [
        HeldPaper(
            case=case,
            material=lot.material,
            name=names.get(lot.material, lot.material),
            form=lot.form,
            count=lot.free,
            missed=(lot.material, lot.form) in missed,
        )
        for lot in ledger.held_by(place)
        if lot.free
    ]


def _open_slips(found: Sequence[Case], wanted: Callable[[Slip], bool]) -> tuple[OpenSlip, ...]:
    parts: dict[str, list[tuple[Case, Slip]]] = {}
    for case in found:
        for slip in custody_of(case).slips:
            if slip.state is SlipState.OPEN and wanted(slip):
                parts.setdefault(slip.number, []).append((case, slip))
    slips = [OpenSlip(number=number, parts=tuple(them)) for number, them in parts.items()]
    return tuple(sorted(slips, key=lambda one: (one.first.at, one.number)))


def _by_case(papers: Sequence[HeldPaper]) -> dict[str, tuple[PaperLine, ...]]:
    lines: dict[str, tuple[PaperLine, ...]] = {}
    for one in papers:
        lines[one.case.id] = (*lines.get(one.case.id, ()), one.line)
    return lines
