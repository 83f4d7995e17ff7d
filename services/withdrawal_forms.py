"""The confirmation of a withdrawal, gathered from the events (撤回申请确认书)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from clerk.contract.case import CaseRecord, Withdrawn
from clerk.contract.custody import HolderKind, Mishap, PaperForm
from clerk.contract.tick import Ticked
from clerk.rules.case import Case
from clerk.rules.custody.ledger import Paper
from clerk.rules.custody.lines import name_material
from clerk.rules.custody.losing import owed_of, reports_of
from clerk.rules.custody.places import custody_of
from clerk.rules.identifiers.masking import scrub
from exports.papers.forms import WithdrawalNotice
from exports.papers.unreturned import UnreturnedPaper
from services.headings import Desktop, case_then, day_of, event_of, heading

_OFFICE = frozenset({HolderKind.WINDOW, HolderKind.DEPARTMENT})


def withdrawal_notice(
    record: CaseRecord, _case: Case, at: Desktop, number: str
) -> WithdrawalNotice:
    """What was taken back and why, with the papers that are given back for it, and those lost."""
    event = event_of(record, number, Withdrawn)
    then = case_then(record, event)
    return WithdrawalNotice(
        **heading(then, at, number, event.at),
        received_on=day_of(then.received_at),
        reason=scrub(event.reason),
        papers=tuple(_given_back(then)),
        losses=tuple(_unreturned(then)),
    )


def _unreturned(then: Case) -> Iterator[UnreturnedPaper]:
    """What the office still owes for, then what was reported and nobody had confirmed."""
    for one in owed_of(then):
        yield UnreturnedPaper(
            name=name_material(then, one.line.material),
            form=one.line.form,
            count=one.line.count,
            mishap=one.mishap,
            document=one.document,
        )


def _given_back(then: Case) -> Iterator[Ticked]:
    """What lies with the office by its ledger, less what is reported lost."""
    held = Counter[Paper]()
    for lot in custody_of(then).lots:
        held[lot.material, lot.form] += lot.count if lot.holder.kind in _OFFICE else 0
    for one in reports_of(then):
        for line in one.plan.papers if one.plan.mishap is Mishap.LOST else ():
            held[line.material, line.form] -= line.count
    for tick in then.materials:
        originals, copies = (
            max(0, held[tick.key, form]) for form in (PaperForm.ORIGINAL, PaperForm.COPY)
        )
        if originals or copies:
            yield replace(tick, originals=originals, copies=copies)
