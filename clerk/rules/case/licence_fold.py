"""What becomes of a case's licence: its sealed paper, and what it is worth."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import LicenceSealed
from clerk.rules.case.state import Case, SealedPaper


def sealed(case: Case, event: LicenceSealed) -> Case:
    """The licence lies ready as a sealed PDF."""
    paper = SealedPaper(event.sha256, event.size, event.issue)
    return replace(case, sealing=False, licence_paper=paper)
