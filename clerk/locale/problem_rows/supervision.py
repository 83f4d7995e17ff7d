"""Why a case may not be urged, supervised or answered for, and what is wrong with a policy."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, NOTHING_SENT, UNCHANGED, Row

_POLICY_KEPT = mark("The policy of before holds on.")

SUPERVISION: dict[str, Row] = {
    "renewal.no_answer": (
        mark("It is not said whether the licence is treated as renewed."),
        UNCHANGED,
        mark("Confirm it, or say why it is not so."),
    ),
    "ask.days": (
        mark("An answer is due in 1 to {most} working days."),
        KEPT,
        mark("Type a number of days within that."),
    ),
    "ask.not_open": (
        mark("Nothing like that waits for an answer any more."),
        UNCHANGED,
        mark("Look at what happened to the case; perhaps a colleague has answered."),
    ),
    "ask.not_watched": (
        mark("You do not watch over this case."),
        UNCHANGED,
        mark("Leave it to its window, its department or the centre's supervisors."),
    ),
    "ask.not_yours": (
        mark("The answer is for this role where the case stood: {role}."),
        UNCHANGED,
        mark("Leave it to them."),
    ),
    "ask.open": (
        mark("That was asked already; the answer is due on {due}."),
        UNCHANGED,
        mark("Wait for it: unanswered it goes up by itself."),
    ),
    "ask.own": (
        mark("You hold this case yourself."),
        UNCHANGED,
        mark("Move it on instead of urging."),
    ),
    "ask.words_missing": (
        mark("There is nothing written."),
        KEPT,
        mark("Write it: it stays with the case, for others to read."),
    ),
    "finding.unknown": (
        mark("This finding is not among those that you may see."),
        UNCHANGED,
        mark("Fetch anew (F5); findings are looked into at an auditors' desk."),
    ),
    "finding.own": (
        mark("Nobody looks into what was found in their own acts."),
        UNCHANGED,
        mark("Leave it to another auditor."),
    ),
    "pattern.parameter": (
        mark("The rule {rule} knows no parameter “{name}”, or not with that value: {known}."),
        _POLICY_KEPT,
        mark("Give a number of 0 or more for one of these."),
    ),
    "pattern.unknown": (
        mark("There is no rule {rule}."),
        _POLICY_KEPT,
        mark("`clerk-central supervision show` lists the rules."),
    ),
    "policy.after_days": (
        mark("A step goes up after 0 to {most} working days."),
        _POLICY_KEPT,
        mark("Change `after_days`."),
    ),
    "policy.file": (
        mark("The file is no policy of supervision, at {at}."),
        _POLICY_KEPT,
        mark("Begin with what `clerk-central supervision show` prints."),
    ),
    "policy.role": (
        mark("Nothing goes up to “{role}”."),
        _POLICY_KEPT,
        mark("Choose one of: {roles}."),
    ),
    "recording.template": (
        mark("That is no template of a link to a recording."),
        mark("The window is as it was."),
        mark("An http or https address, with {names} and no others; one says when it begins."),
    ),
    "watched.query": (
        mark("Central does not understand which cases are wanted."),
        NOTHING_SENT,
        mark("Open the board again (F10)."),
    ),
}
