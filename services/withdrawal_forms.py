"""The confirmation of a withdrawal, gathered from the events (撤回申请确认书)."""

from __future__ import annotations

from clerk.contract.case import CaseRecord, Withdrawn
from clerk.rules.case import Case
from clerk.rules.identifiers.masking import scrub
from exports.papers.forms import WithdrawalNotice
from services.headings import Desktop, case_then, day_of, event_of, heading


def withdrawal_notice(
    record: CaseRecord, _case: Case, at: Desktop, number: str
) -> WithdrawalNotice:
    """What was taken back and why, with the papers that are given back for it."""
    event = event_of(record, number, Withdrawn)
    then = case_then(record, event)
    return WithdrawalNotice(
        **heading(then, at, number, event.at),
        received_on=day_of(then.received_at),
        reason=scrub(event.reason),
        papers=tuple(one for one in then.materials if one.originals or one.copies),
    )
