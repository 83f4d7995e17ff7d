"""The words of the workbook that figures.py does not already hold."""

from __future__ import annotations

from clerk.contract.case import Outcome, Stage
from clerk.locale import mark

STAGES: dict[Stage, str] = {
    Stage.DRAFT: mark("Draft"),
    Stage.RECEIVED: mark("Received"),
    Stage.SUPPLEMENTING: mark("Supplementing"),
    Stage.ACCEPTED: mark("Accepted"),
    Stage.HANDLING: mark("Handling"),
    Stage.DECIDED: mark("Decided"),
    Stage.DECLINED: mark("Declined"),
    Stage.WITHDRAWN: mark("Withdrawn"),
    Stage.VOID: mark("Void"),
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.NONE: "",
    Outcome.GRANTED: mark("Granted"),
    Outcome.REFUSED: mark("Refused"),
    Outcome.GRANTED_DEFERRED: mark("Granted with deferred material"),
    Outcome.TRANSFERRED: mark("Transferred"),
}

NOTES: tuple[str, ...] = (
    mark("Both ends of the period are included; all dates are the office's local dates."),
    mark(
        "Change the first or the last day on the first sheet and the figures of the period follow. "
        "Which cases are in hand and which are overdue stays as it was when the report was made."
    ),
    mark("A case decided on its due date is on time; of a limit in hours, until its very time."),
    mark("The last sheet lists every case that was counted. It holds no personal data."),
)
