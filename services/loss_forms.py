"""The notice of lost or damaged papers, gathered from the events (材料遗失告知书)."""

from __future__ import annotations

from clerk.contract.case import CaseRecord
from clerk.contract.custody import LossMadeGood, PapersLost
from clerk.rules.case import Case
from clerk.rules.custody.lines import name_material
from clerk.rules.custody.places import custody_of
from clerk.rules.identifiers.masking import scrub
from exports.papers.loss_forms import LossNotice, LossPaper
from services.headings import Desktop, day_of, event_of, heading


def loss_notice(record: CaseRecord, case: Case, at: Desktop, number: str) -> LossNotice:
    """What came to harm and what is known of it; printed later, how it was made good too."""
    event = event_of(record, number, PapersLost)
    ended = _last_remedy(record, case, event)
    return LossNotice(
        **heading(case, at, number, event.at),
        received_on=day_of(case.received_at),
        mishap=event.mishap,
        papers=tuple(
            LossPaper(name=name_material(case, one.material), form=one.form, count=one.count)
            for one in event.papers
        ),
        reason=scrub(event.reason),
        remedy=ended.remedy if ended else None,
        settled_on=day_of(ended.at) if ended else None,
    )


def _last_remedy(record: CaseRecord, case: Case, event: PapersLost) -> LossMadeGood | None:
    """What made the last of it good; nothing while any of it is owed."""
    losses = [one for one in custody_of(case).losses if one.document == event.document]
    if any(one.open for one in losses):
        return None
    named = {(one.material, one.form) for one in event.papers}
    remedies = [
        one
        for one in record.events
        if isinstance(one, LossMadeGood) and named & {(p.material, p.form) for p in one.papers}
    ]
    return remedies[-1]
