"""Special procedures in words, for screens and reports."""

from __future__ import annotations

from clerk.contract.proposal import Procedure
from clerk.locale import mark

PROCEDURES: dict[str, str] = {
    Procedure.HEARING: mark("Hearing"),
    Procedure.TENDER: mark("Tender"),
    Procedure.AUCTION: mark("Auction"),
    Procedure.INSPECTION: mark("Inspection"),
    Procedure.TEST: mark("Test"),
    Procedure.QUARANTINE: mark("Quarantine"),
    Procedure.APPRAISAL: mark("Appraisal"),
    Procedure.EXPERT_REVIEW: mark("Expert review"),
}
