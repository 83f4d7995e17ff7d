"""Why a shift may not be handed over or taken, or a day not be closed."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

JOURNAL: dict[str, Row] = {
    "journal.at_window": (
        mark("A journal is a window's; this desk is of none."),
        UNCHANGED,
        mark("Write it at the desk of the window."),
    ),
    "journal.reason_missing": (
        mark("What was counted, or what came and went, does not come out, and nothing is said."),
        KEPT,
        mark("Count once more; if it stays so, write what you know of each difference."),
    ),
    "journal.too_long": (
        mark("So many papers lie here that one entry cannot tell of them all."),
        UNCHANGED,
        mark("Hand papers on, or put those of ended cases on file; then count again."),
    ),
    "journal.unknown": (
        mark("No shift waits here for somebody to follow."),
        UNCHANGED,
        mark("Let whoever leaves count and sign first."),
    ),
    "journal.written": (
        mark("This entry was written already."),
        UNCHANGED,
        mark("Fetch anew (F5) and look at the journal."),
    ),
    "shift.same_person": (
        mark("You handed this shift over yourself."),
        UNCHANGED,
        mark("Let the one who follows sign in: a hand-over is two people's."),
    ),
    "shift.taken": (
        mark("{name} has taken this shift over already."),
        UNCHANGED,
        mark("Fetch anew (F5) and look at the journal."),
    ),
}
