"""Why something may not be proposed or approved: `clerk.rules.case.proposing` and its plans."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

PROPOSALS: dict[str, Row] = {
    "days.wrong": (
        mark("So many working days cannot be planned at once."),
        KEPT,
        mark("Type a number from 1 to {most}."),
    ),
    "extension.not_begun": (
        mark("The limit of this case has not begun: it waits for {names}."),
        UNCHANGED,
        mark("It begins in full once these are granted; extend it then, if need be."),
    ),
    "extension.once": (
        mark("The limit of this case has been extended already; the law allows it once."),
        UNCHANGED,
        mark("Decide by the date that stands at the top of the page."),
    ),
    "extension.too_late": (
        mark("The statutory limit ran out on {day}; it can be extended only before that."),
        UNCHANGED,
        mark("Decide now: the case stays overdue."),
    ),
    "finding.missing": (
        mark("What the special procedure found is missing."),
        KEPT,
        mark("Write it; it stays with the case."),
    ),
    "flow.step_beyond": (
        mark("The step “{step}” of “{item}” may take longer than the law gives the whole item."),
        UNCHANGED,
        mark("Give the step a shorter limit, or the item its right one."),
    ),
    "hearing.applied_late": (
        mark("The hearing was applied for after {day}, the last of the five days (Art. 47)."),
        KEPT,
        mark("Check the two dates; a late application is none."),
    ),
    "hearing.dates_missing": (
        mark("A hearing needs its dates and its place."),
        KEPT,
        mark("Type when it was applied for, and when and where it is held."),
    ),
    "hearing.held_late": (
        mark("A hearing is held within twenty working days, here by {day} (Art. 47)."),
        KEPT,
        mark("Choose an earlier day."),
    ),
    "hearing.not_one": (
        mark("Only a hearing has the dates of one."),
        KEPT,
        mark("Choose the hearing as the procedure, or leave the dates out."),
    ),
    "hearing.notice_late": (
        mark("Time and place are told seven working days before a hearing (Art. 48)."),
        KEPT,
        mark("The earliest day is now {day}."),
    ),
    "hearing.order": (
        mark("The dates of the hearing are not in their order."),
        KEPT,
        mark("First told of the right, then applied for, both by today, then held."),
    ),
    "hearing.place_missing": (
        mark("Where the hearing is held is missing."),
        KEPT,
        mark("Write the place: it is printed on the notice."),
    ),
    "proposal.none": (
        mark("This proposal is no longer there to be answered."),
        UNCHANGED,
        mark("Look at what happened to the case; it may have been answered elsewhere."),
    ),
    "proposal.not_yours": (
        mark("This proposal is approved by: {role}."),
        UNCHANGED,
        mark("Tell somebody of that department with that role."),
    ),
    "proposal.own": (
        mark("Nobody approves what they have proposed themselves."),
        UNCHANGED,
        mark("Ask somebody else, or take the proposal back."),
    ),
    "proposal.there": (
        mark("The same is proposed already."),
        UNCHANGED,
        mark("It waits for its approval."),
    ),
    "supplement.first_is_free": (
        mark("No supplement notice was given yet; the first one needs no approval."),
        UNCHANGED,
        mark("Give it (Ctrl+K, in a department Ctrl+T)."),
    ),
    "supplement.needs_approval": (
        mark("A supplement notice was given on {day}; a second one needs an approval."),
        KEPT,
        mark("Propose it (Ctrl+W); a manager of the centre approves it."),
    ),
    "supplement.no_third": (
        mark("There is no third supplement notice."),
        UNCHANGED,
        mark("Take in what comes, accept, or decline with a reason."),
    ),
    "supplement.second_never": (
        mark("“{item}” allows no second supplement notice; the law knows only one."),
        UNCHANGED,
        mark("Take in what comes, accept, or decline with a reason."),
    ),
    "setting.hours": (
        mark("“{hours}” are no hours of an office."),
        UNCHANGED,
        mark("Write stretches in their order, such as 09:00-12:00,13:30-17:00."),
    ),
    "setting.warning": (
        mark("“{warning}” is no warning."),
        UNCHANGED,
        mark("Write auto, or a number from 0 to {most}."),
    ),
    "stop.none": (
        mark("That special procedure is over, or never began."),
        UNCHANGED,
        mark("Look at what happened to the case."),
    ),
    "stop.over": (
        mark("Its planned days were over on {day}; a prolongation comes before that."),
        KEPT,
        mark("If the procedure goes on, propose a new stop."),
    ),
}
