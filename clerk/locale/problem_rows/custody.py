"""Why papers may not be handed over, taken, returned or filed."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

_LOOK = mark("Fetch anew (F5) and look at the slip again.")

CUSTODY: dict[str, Row] = {
    "notice.unknown": (
        mark("The case has no notice {number} to hand over."),
        UNCHANGED,
        mark("Fetch anew (F5); what is decided is handed over with the result (F4)."),
    ),
    "notice.void": (
        mark("The notice {number} was taken back by a correction."),
        UNCHANGED,
        mark("Hand over the notice of the correction in its place."),
    ),
    "notice.not_yours": (
        mark("The notices of case {number} are handed over by its window or its department."),
        UNCHANGED,
        mark("Tell them how the applicant got it."),
    ),
    "notice.day": (
        mark("A notice that was made on {made} cannot be handed over on that day."),
        UNCHANGED,
        mark("Give a day from {made} to {today}."),
    ),
    "notice.receiver": (
        mark("Nobody is named who took the notice."),
        UNCHANGED,
        mark("Write the name of whoever took it."),
    ),
    "papers.handed_on": (
        mark("“{material}” is out of the window's hands, and so its count stands."),
        UNCHANGED,
        mark("Have it handed back to the window first, then put the count right."),
    ),
    "papers.no_place": (
        mark("Papers lie at windows and with departments, and you are of neither."),
        UNCHANGED,
        mark("Ask whoever holds them; each case tells where its papers are."),
    ),
    "papers.no_such_place": (
        mark("Papers of this case cannot go there."),
        UNCHANGED,
        mark("Choose its window or a department of its flow other than your own place."),
    ),
    "papers.none": (
        mark("No paper is marked, or one is named twice."),
        UNCHANGED,
        mark("Mark the papers with the space bar, then hand them over."),
    ),
    "papers.not_held": (
        mark("{count} of “{material}” were named, and {free} can be handed on from here."),
        UNCHANGED,
        mark("Look who holds the paper, or take an open slip back first."),
    ),
    "papers.not_over": (
        mark("Case {number} is still being handled."),
        UNCHANGED,
        mark("File its papers once it is decided or ended."),
    ),
    "papers.not_your_place": (
        mark("Papers of case {number} do not lie with you."),
        UNCHANGED,
        mark("Leave it to its window or to a department of its flow."),
    ),
    "papers.receiver_missing": (
        mark("It is not said who takes the papers back."),
        KEPT,
        mark("Type the name of the applicant or the agent."),
    ),
    "papers.returned_at_window": (
        mark("Papers go back to the applicant at the window."),
        UNCHANGED,
        mark("Hand them over to the window of the case."),
    ),
    "slip.not_for_you": (
        mark("Slip {slip} goes to another place."),
        UNCHANGED,
        mark("Leave it to whoever it is meant for."),
    ),
    "slip.not_open": (
        mark("Slip {slip} was confirmed or taken back already."),
        UNCHANGED,
        _LOOK,
    ),
    "slip.not_yours": (
        mark("Slip {slip} was written at another place."),
        UNCHANGED,
        mark("Ask whoever wrote it to take it back."),
    ),
    "slip.number": (
        mark("That is no number of a slip, or a character of it is wrong."),
        KEPT,
        mark("Scan it again, or type the 17 characters that begin with JJ."),
    ),
    "slip.reason_missing": (
        mark("A paper is missing, and it is not said why."),
        KEPT,
        mark("Write what was found out: it stays with the case."),
    ),
    "slip.same_person": (
        mark("You wrote slip {slip} yourself."),
        UNCHANGED,
        mark("Let somebody else count and confirm: a hand-over is two people's."),
    ),
    "slip.unknown": (
        mark("There is no slip {slip} here."),
        UNCHANGED,
        _LOOK,
    ),
    "slip.used": (
        mark("Slip {slip} was used for this case already."),
        UNCHANGED,
        mark("Hand the papers over on a new slip."),
    ),
    "slip.wrong_count": (
        mark("More is called missing than stood on slip {slip}."),
        KEPT,
        mark("Count again against the slip."),
    ),
}
