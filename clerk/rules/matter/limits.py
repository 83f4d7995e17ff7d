"""Which limits a matter gets when it is taken in."""

from __future__ import annotations

from clerk.contract.matter import MatterKind, MatterLimits
from clerk.contract.setting import MatterChoice


def limits_of(kind: MatterKind, choice: MatterChoice) -> MatterLimits:
    """The limits of a kind by the office's choice; it keeps them, whatever is chosen later."""
    match kind:
        case MatterKind.INQUIRY:
            return MatterLimits(choice.inquiry_answer)
        case MatterKind.SUGGESTION:
            return MatterLimits(choice.suggestion_answer)
        case MatterKind.COMPLAINT:
            return MatterLimits(choice.complaint_answer, choice.complaint_contact)
        case MatterKind.FOLLOW_UP:
            return MatterLimits(choice.follow_up_mend, choice.follow_up_contact)
