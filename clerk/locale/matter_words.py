"""What matters (诉求) are called: their kinds, the ways they come, and where they stand."""

from __future__ import annotations

from clerk.contract.matter import MatterKind, MatterWay
from clerk.locale import mark

MATTER_KINDS: dict[str, str] = {
    MatterKind.INQUIRY: mark("Inquiry"),
    MatterKind.COMPLAINT: mark("Complaint"),
    MatterKind.SUGGESTION: mark("Suggestion"),
    MatterKind.FOLLOW_UP: mark("Follow-up"),
}
MATTER_WAYS: dict[str, str] = {
    MatterWay.WINDOW: mark("At a window"),
    MatterWay.TELEPHONE: mark("By telephone (12345)"),
    MatterWay.ONLINE: mark("Online"),
    MatterWay.RATING: mark("By a bad rating"),
}
