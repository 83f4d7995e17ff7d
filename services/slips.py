"""Slips on paper, gathered from the cases that they name (材料交接单)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clerk.contract.case import CaseRecord
from clerk.contract.custody import Holder, HolderKind
from clerk.rules.case import Case, fold
from clerk.rules.custody.ledger import Slip, SlipState
from clerk.rules.custody.places import custody_of
from clerk.rules.identifiers.masking import scrub
from exports.papers.custody_forms import SlipPaper, TransferSlip
from services.headings import Desktop
from services.overlay import lay
from services.papers import Papers
from storage.store import Store

_APPLICANT, _FILE = "申请人", "案卷"


class SlipPrinter:
    """Prints slips beside the other papers of their first case."""

    def __init__(self, store: Store, papers: Papers) -> None:
        """Read the cases here, and print where papers are printed."""
        self._store = store
        self._papers = papers

    def print_slip(self, number: str, case_ids: Sequence[str], *, reprint: bool = False) -> Path:
        """The slip with its part of each of these cases, in two copies."""
        with self._store.read() as connection:
            laid = [lay(connection, case_id).record for case_id in case_ids]
        records = [one for one in laid if one is not None]
        at = self._papers.desktop_for(records[0], reprint=reprint)
        paper = slip_of(number, records, at)
        return self._papers.write(paper, f"{fold(records[0]).number}-slip-{number}")


def slip_of(number: str, records: Sequence[CaseRecord], at: Desktop) -> TransferSlip:
    """What stands on a slip now: with who confirmed it and what was short, if somebody did."""
    parts = [(case, custody_of(case).find_slip(number)) for case in map(fold, records)]
    known = [(case, slip) for case, slip in parts if slip is not None]
    case, first = known[0]
    return TransferSlip(
        centre=at.centre,
        reprint=at.reprint,
        number=number,
        given_at=first.at,
        from_place=name_place(first.giver, case, at),
        giver=first.by.name,
        to_place=name_place(first.to, case, at),
        papers=tuple(one for case, slip in known for one in _papers_of(case, slip)),
        taker=first.taken_by.name if first.taken_by else first.receiver,
        taken_at=first.at if first.state is SlipState.RETURNED else first.taken_at,
        returned=first.state is SlipState.RETURNED,
        note=scrub(first.signature),
    )


def name_place(holder: Holder, case: Case, at: Desktop) -> str:
    """A place as it stands on paper."""
    match holder.kind:
        case HolderKind.WINDOW:
            return at.window
        case HolderKind.DEPARTMENT:
            own = {case.terms.department: case.terms.department_name}
            return (own | at.departments).get(holder.id, holder.id)
        case HolderKind.APPLICANT:
            return _APPLICANT
        case _:
            return _FILE


def _papers_of(case: Case, slip: Slip) -> list[SlipPaper]:
    names = {one.key: one.name for one in case.terms.materials}
    short = {(one.material, one.form): one for one in slip.short}
    return [
        SlipPaper(
            case_number=case.number,
            item_name=case.terms.name,
            material=names.get(one.material, one.material),
            form=one.form,
            count=one.count,
            short=lack.count if lack else 0,
            reason=scrub(lack.reason) if lack else "",
        )
        for one in slip.papers
        for lack in (short.get((one.material, one.form)),)
    ]
