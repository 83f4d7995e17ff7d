"""What was lost or damaged at a place and is not made good: reported, or confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from clerk.contract.custody import Holder, Mishap, PaperForm, PaperLine
from clerk.rules.case import Case, fold
from clerk.rules.custody.losing import owed_of
from services.overlay import every_record, lay_all
from services.paper_lists import PaperCase, tell_case
from storage.case_head import lost_label
from storage.cases import CaseQuery
from storage.store import Connection


class LostPaper(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one paper that the office owes; without a `notice` nobody has confirmed it.

    `by` reported it at that moment, which is of the confirmation once there is one.
    """

    case: PaperCase
    material: str
    name: str
    form: PaperForm
    count: int
    mishap: Mishap
    reason: str
    by: str
    at: datetime
    notice: str = ""

    @property
    def line(self) -> PaperLine:
        """As a command names it."""
        return PaperLine(self.material, self.form, self.count)


def lost_at(connection: Connection, place: Holder, now: datetime) -> tuple[LostPaper, ...]:
    """All that a place lost or damaged, the oldest first."""
    query = CaseQuery(papers_at=lost_label(place))
    cases = map(fold, every_record(connection, query, now, lay_all(connection)))
    found = [one for case in cases for one in _lost_in(case, place)]
    return tuple(sorted(found, key=lambda one: (one.at, one.case.number, one.name)))


def _lost_in(case: Case, place: Holder) -> Iterator[LostPaper]:
    told = tell_case(case)
    for one in owed_of(case):
        if one.holder == place:
            yield LostPaper(
                case=told,
                material=one.line.material,
                name=told.name(one.line.material),
                form=one.line.form,
                count=one.line.count,
                mishap=one.mishap,
                reason=one.reason,
                by=one.by.name,
                at=one.at,
                notice=one.document,
            )
