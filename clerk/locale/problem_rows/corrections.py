"""Why an act may not be put right so: `clerk.rules.case.correcting`."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

CORRECTIONS: dict[str, Row] = {
    "correction.awaited": (
        mark("The supplement notice asks for “{name}”; it is not a slip of the record."),
        UNCHANGED,
        mark("Take it in (Ctrl+U) when it comes."),
    ),
    "correction.counts": (
        mark("There cannot be fewer than no papers."),
        KEPT,
        mark("Type how many originals and copies there are."),
    ),
    "correction.handed_out": (
        mark("A handing out can be found a mistake until {day}, the next working day."),
        UNCHANGED,
        mark("It stays recorded as handed out; tell your manager what happened."),
    ),
    "correction.hearing": (
        mark("A hearing has its own dates and notice; another procedure does not become one."),
        UNCHANGED,
        mark("Undo the stop, and propose the right one."),
    ),
    "correction.longer": (
        mark("A correction gives a special procedure {most} working days at most, as planned."),
        KEPT,
        mark("If it needs more, propose a prolongation: the applicant is told of it."),
    ),
    "correction.no_act": (
        mark("That is nothing a correction can put right."),
        UNCHANGED,
        mark("What the law or the clock concluded stands; look at what happened to the case."),
    ),
    "correction.not_its": (
        mark("“{name}” was not taken in with that act, or came in anew later."),
        UNCHANGED,
        mark("Put right the act that it was taken in with last."),
    ),
    "correction.not_so": (
        mark("That act cannot be put right in this way."),
        UNCHANGED,
        mark("Choose what is offered for it."),
    ),
    "correction.not_yours": (
        mark(
            "Who works on the case proposes: the window for its acts, the department for its own."
        ),
        UNCHANGED,
        mark("Tell them what is wrong."),
    ),
    "correction.nothing": (
        mark("Nothing would be otherwise."),
        KEPT,
        mark("Type what should stand there."),
    ),
    "correction.prolonged": (
        mark("This special procedure was prolonged; its planned days were told twice."),
        UNCHANGED,
        mark("End it, or undo the whole stop."),
    ),
    "correction.released": (
        mark("The decision is handed out and in force; a correction does not change it any more."),
        UNCHANGED,
        mark("If it is wrong in law it is revoked (Art. 69), outside this program."),
    ),
    "correction.stays_accepted": (
        mark("The five working days were over on {day}: the case stays accepted (Art. 32(4))."),
        UNCHANGED,
        mark("What is missing now is for the department to examine; it decides in its limit."),
    ),
    "correction.undone": (
        mark("This act is undone already."),
        UNCHANGED,
        mark("If that was the mistake, do the act anew."),
    ),
    "correction.validity": (
        mark("A licence of this case cannot end on that day."),
        KEPT,
        mark("Type a day from today on; only a case with a licence has one."),
    ),
    "correction.was_accepted": (
        mark("The case was accepted with “{material}”; a correction does not make it incomplete."),
        UNCHANGED,
        mark("Within the five days, undo the acceptance and ask for it (Art. 32(4))."),
    ),
}
