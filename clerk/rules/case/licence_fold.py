"""What becomes of a case's licence: its sealed paper, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from clerk.contract.case import Decided, DocumentKind, LicenceSealed
from clerk.contract.licence import LicenceStatus
from clerk.contract.licence_life import LicenceAct, LicenceChanged, LicenceExpired
from clerk.rules.case.state import Case, SealedPaper, printed

_STATUS = {
    LicenceAct.SUSPEND: LicenceStatus.SUSPENDED,
    LicenceAct.RESUME: LicenceStatus.VALID,
    LicenceAct.REVOKE: LicenceStatus.REVOKED,
    LicenceAct.CANCEL: LicenceStatus.CANCELLED,
    LicenceAct.CORRECT: LicenceStatus.VALID,
    LicenceAct.REISSUE: LicenceStatus.VALID,
}
_GOING_ON = frozenset({LicenceStatus.VALID, LicenceStatus.SUSPENDED})
"""What an act makes of a licence that is over only where that one counts as renewed (Art. 50)."""

NEW_PAPER = frozenset({LicenceAct.CORRECT, LicenceAct.REISSUE})
"""What ends the paper that is out and asks for another, under the same number."""

NO_PAPER = frozenset({LicenceAct.REVOKE, LicenceAct.CANCEL})
"""What ends the paper for good."""


def granted(event: Decided) -> dict[str, Any]:
    """What a decision says of the licence that it grants, if it grants one."""
    return {
        "licence": event.licence,
        "sealing": event.to_seal,
        "licence_paper": None,
        "licence_status": LicenceStatus.VALID,
    }


def sealed(case: Case, event: LicenceSealed) -> Case:
    """The licence lies ready as a sealed PDF."""
    paper = SealedPaper(event.sha256, event.size, event.issue)
    return replace(case, sealing=False, licence_paper=paper)


def changed(case: Case, event: LicenceChanged) -> Case:
    """The licence is worth something else, or says something else."""
    name = event.holder or case.applicant.name
    gone = event.act in NEW_PAPER | NO_PAPER
    worth = _STATUS[event.act]
    over = case.licence_status is LicenceStatus.EXPIRED and worth in _GOING_ON
    return replace(
        case,
        proposals=tuple(one for one in case.proposals if one.n != event.proposal),
        applicant=replace(case.applicant, name=name),
        fields=case.fields | event.fields,
        licence_status=LicenceStatus.EXPIRED if over else worth,
        licence_ended_as=worth if over else None,
        suspended_until=event.until if event.act is LicenceAct.SUSPEND else None,
        sealing=event.to_seal,
        licence_paper=None if gone else case.licence_paper,
        documents=printed(case, DocumentKind.LICENCE, event.document, event.at),
    )


def expired(case: Case, _event: LicenceExpired) -> Case:
    """The licence holds no more; what it was until then is kept, should it count as renewed."""
    return replace(case, licence_status=LicenceStatus.EXPIRED, licence_ended_as=case.licence_status)


FOLDS: dict[type, Callable[[Case, Any], Case]] = {
    LicenceSealed: sealed,
    LicenceChanged: changed,
    LicenceExpired: expired,
}
"""How each event changes the case."""
