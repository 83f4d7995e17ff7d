"""The notice of what was done to a licence, gathered from its event."""

from __future__ import annotations

from clerk.contract.case import CaseRecord
from clerk.contract.licence_life import LicenceChanged
from clerk.rules.case import Case
from exports.papers.licence_forms import LicenceNotice
from services.headings import Desktop, event_of, heading


def licence_notice(record: CaseRecord, case: Case, at: Desktop, number: str) -> LicenceNotice:
    """撤销、注销、暂扣、恢复的决定书或通知书 (Art. 69, 70)."""
    event = event_of(record, number, LicenceChanged)
    return LicenceNotice(
        **heading(case, at, number, event.at),
        licence_name=case.terms.result.name or case.terms.name,
        licence_number=event.licence,
        act=event.act,
        reason=event.reason,
        ground=event.ground,
        basis=event.basis,
        until=event.until,
    )
