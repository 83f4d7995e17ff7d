"""Why a loss of papers may not be reported, or not made good."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

LOSSES: dict[str, Row] = {
    "loss.note_missing": (
        mark("It is not said where the paper was found, or where the new one is from."),
        KEPT,
        mark("Write it down: it stays with the case."),
    ),
    "loss.not_open": (
        mark("{count} of “{material}” were named, and {owed} are owed."),
        UNCHANGED,
        mark("Fetch anew (F5): somebody may have found it already."),
    ),
    "loss.ours": (
        mark("“{material}” was lost or damaged in the office: the applicant gave it ({notice})."),
        UNCHANGED,
        mark("Leave it out of the notice; the office sees to another one itself (Shift+F8)."),
    ),
    "loss.reason_missing": (
        mark("It is not said what is known of the loss."),
        KEPT,
        mark("Write where the paper lay last and where you looked for it."),
    ),
}
