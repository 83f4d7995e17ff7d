"""The lists of papers at a place: what lies there, page by page, and the open slips, all of them.

What is kept of a case is what its lines say, however many events it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from clerk.contract.custody import Holder, PaperForm, PaperLine
from clerk.rules.case import Case, fold
from clerk.rules.custody.ledger import Slip, SlipState
from clerk.rules.custody.losing import reported_of
from clerk.rules.custody.places import custody_of, places_of
from services.overlay import every_record, lay_all
from storage import cases
from storage.case_head import label_of
from storage.cases import CaseKey, CaseQuery, Order
from storage.moments import write_moment
from storage.store import Connection


class PaperCase(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a case beside its papers; `places` may hold them, `materials` are named."""

    id: str
    number: str
    item: str
    applicant: str
    department: str
    department_name: str
    places: tuple[Holder, ...]
    materials: dict[str, str]

    def name(self, material: str) -> str:
        """What a material is called."""
        return self.materials.get(material, material)


class HeldPaper(msgspec.Struct, frozen=True, kw_only=True):
    """Papers of one material that lie here and can be handed on."""

    case: PaperCase
    material: str
    name: str
    form: PaperForm
    count: int
    missed: bool = False

    @property
    def line(self) -> PaperLine:
        """As a slip names it."""
        return PaperLine(self.material, self.form, self.count)


class HeldPage(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of so many cases, the oldest first; the next page begins after `next`.

    `cases` is how many cases central knows to have papers here, on all pages.
    """

    papers: tuple[HeldPaper, ...]
    next: CaseKey | None
    cases: int


class OpenSlip(msgspec.Struct, frozen=True, kw_only=True):
    """A slip that nobody has confirmed, with its part of each case."""

    number: str
    parts: tuple[tuple[PaperCase, Slip], ...]

    @property
    def first(self) -> Slip:
        """Any part tells who, when and where to."""
        return self.parts[0][1]

    @property
    def count(self) -> int:
        """How many papers it names."""
        return sum(line.count for _case, slip in self.parts for line in slip.papers)


def held_page(
    connection: Connection, place: Holder, after: CaseKey | None, most: int, now: datetime
) -> HeldPage:
    """The papers that lie free at a place, of the next so many cases."""
    query = CaseQuery(papers_at=label_of(place), order=Order.OLDEST, after=after, limit=most)
    laid = lay_all(connection)
    rows = cases.page(connection, query, now)
    end = cases.key_of(rows[-1], query.order) if len(rows) == most else None
    found = [fold(cases.get(connection, row.id)) for row in rows if row.id not in laid]
    waiting = (fold(one.record) for one in laid.values() if one.record)
    found += [one for one in waiting if _is_between(after, one, end)]
    found.sort(key=lambda one: (one.received_at, one.id))
    return HeldPage(
        papers=tuple(paper for case in found for paper in _held_in(case, place)),
        next=end,
        cases=cases.count(connection, msgspec.structs.replace(query, after=None), now),
    )


def open_slips(
    connection: Connection, query: CaseQuery, now: datetime, wanted: Callable[[Slip], bool]
) -> tuple[OpenSlip, ...]:
    """The open slips of a query that are wanted, the oldest first, each with all its cases."""
    parts: dict[str, list[tuple[Case, Slip]]] = {}
    for case in map(fold, every_record(connection, query, now, lay_all(connection))):
        for slip in custody_of(case).slips:
            if slip.state is SlipState.OPEN and wanted(slip):
                parts.setdefault(slip.number, []).append((case, slip))
    slips = [OpenSlip(number=number, parts=_in_order(them)) for number, them in parts.items()]
    return tuple(sorted(slips, key=lambda one: (one.first.at, one.number)))


def _in_order(parts: Iterable[tuple[Case, Slip]]) -> tuple[tuple[PaperCase, Slip], ...]:
    ordered = sorted(parts, key=lambda one: (one[0].received_at, one[0].number))
    return tuple((tell_case(case), slip) for case, slip in ordered)


def _is_between(after: CaseKey | None, case: Case, end: CaseKey | None) -> bool:
    """Whether a page that begins after one key and ends with another is a case's."""
    here = (write_moment(case.received_at), case.id)
    begun = after is None or here > (after.value, after.id)
    return begun and (end is None or here <= (end.value, end.id))


def _held_in(case: Case, place: Holder) -> list[HeldPaper]:
    ledger, told = custody_of(case), tell_case(case)
    missed = {(one.material, one.form) for slip, one in ledger.differences if slip.giver == place}
    return [
        HeldPaper(
            case=told,
            material=lot.material,
            name=told.name(lot.material),
            form=lot.form,
            count=free,
            missed=(lot.material, lot.form) in missed,
        )
        for lot in ledger.held_by(place)
        if (free := lot.free - reported_of(case, place, (lot.material, lot.form)))
    ]


def tell_case(case: Case) -> PaperCase:
    """What is told of a case beside its papers."""
    return PaperCase(
        id=case.id,
        number=case.number,
        item=case.terms.name,
        applicant=case.applicant.name,
        department=case.terms.department,
        department_name=case.terms.department_name,
        places=places_of(case),
        materials={one.key: one.name for one in case.terms.materials},
    )
