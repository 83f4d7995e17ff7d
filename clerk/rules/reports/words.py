"""The words of closed lists, as reports write them."""

from __future__ import annotations

from clerk.contract.case import Outcome, Stage
from clerk.contract.rating import RatingWay
from clerk.contract.report import AskKindTold, TimeKind
from clerk.contract.session import Purpose
from clerk.locale import mark

STAGES: dict[str, str] = {
    Stage.DRAFT: mark("Draft"),
    Stage.RECEIVED: mark("Received"),
    Stage.SUPPLEMENTING: mark("Supplementing"),
    Stage.ACCEPTED: mark("Accepted"),
    Stage.HANDLING: mark("In handling"),
    Stage.DECIDED: mark("Decided"),
    Stage.DECLINED: mark("Declined"),
    Stage.WITHDRAWN: mark("Withdrawn"),
    Stage.VOID: mark("Void"),
}

OUTCOMES: dict[str, str] = {
    Outcome.NONE: "",
    Outcome.GRANTED: mark("Granted"),
    Outcome.REFUSED: mark("Refused"),
    Outcome.GRANTED_DEFERRED: mark("Granted with deferred material"),
    Outcome.TRANSFERRED: mark("Transferred"),
}

TIME_KINDS: dict[str, str] = {
    TimeKind.INSTANT: mark("Done at once"),
    TimeKind.PROMISED: mark("Within a limit"),
    TimeKind.SPECIAL: mark("With a special procedure"),
}

CHANNELS: dict[str, str] = {"window": mark("At the window")}

ASKS: dict[str, str] = {
    AskKindTold.URGE: mark("Urged"),
    AskKindTold.SUPERVISE: mark("Supervised"),
}

RATING_WAYS: dict[str, str] = {
    RatingWay.PAGE: mark("By the code of the receipt"),
    RatingWay.DESK: mark("At the desk"),
}

PURPOSES: dict[str, str] = {
    Purpose.DRAFT: mark("For an application"),
    Purpose.CASE: mark("For a case"),
    Purpose.RELEASE: mark("For handing out"),
    Purpose.FIND: mark("Among cases"),
    Purpose.BREAK_GLASS: mark("Break-glass"),
}

ACTS: dict[str, str] = {
    "received": mark("Received"),
    "accepted": mark("Accepted"),
    "supplement_asked": mark("Supplement asked"),
    "declined": mark("Declined"),
    "step_passed": mark("Step done"),
    "step_returned": mark("Sent back"),
    "decided": mark("Decided"),
    "produced": mark("Result made"),
    "released": mark("Released"),
}
"""By the tag of the event."""
