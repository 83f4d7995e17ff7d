"""Folding a loss of papers: its proposal is answered, and the applicant is to have the notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from clerk.contract.case import DocumentKind
from clerk.contract.custody import LossPlan, PapersLost
from clerk.rules.case.state import Case, Proposal, printed


def lasting(case: Case) -> tuple[Proposal, ...]:
    """What is still to be answered whatever becomes of the case: where its papers are."""
    return tuple(one for one in case.proposals if isinstance(one.plan, LossPlan))


def _lost(case: Case, event: PapersLost) -> Case:
    return replace(
        case,
        proposals=tuple(one for one in case.proposals if one.n != event.proposal),
        documents=printed(case, DocumentKind.LOSS, event.document, event.at),
    )


FOLDS: dict[type, Callable[[Case, Any], Case]] = {PapersLost: _lost}
