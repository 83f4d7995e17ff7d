"""Why a complaint, an inquiry, a suggestion or a follow-up may not be dealt with so."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, Row

_AS_IT_WAS = mark("The matter is as it was.")
_LOOK = mark("Fetch anew (F5) and look at what happened to it.")

MATTERS: dict[str, Row] = {
    "matter.answered": (
        mark("{name} has answered it already."),
        mark("What you wrote did not go out."),
        _LOOK,
    ),
    "matter.appeal_waits": (
        mark("An appeal against the rating waits for an answer."),
        _AS_IT_WAS,
        mark("Let a manager or an auditor look into the appeal first."),
    ),
    "matter.appealed": (
        mark("{name} has appealed against this rating already."),
        _AS_IT_WAS,
        mark("One appeal is looked into, once; mend what was found."),
    ),
    "matter.close_unanswered": (
        mark("It has no answer yet."),
        _AS_IT_WAS,
        mark("Answer it; without an answer a manager alone closes it, with the reason."),
    ),
    "matter.closed": (
        mark("It is closed."),
        _AS_IT_WAS,
        mark("If there is more to it, take it in anew."),
    ),
    "matter.department_missing": (
        mark("It is not said which department it goes to."),
        KEPT,
        mark("Choose the department; a window may leave that to the centre."),
    ),
    "matter.no_rating": (
        mark("This follows up no rating."),
        _AS_IT_WAS,
        mark("Answer it, or hand it on."),
    ),
    "matter.not_answered": (
        mark("There is no answer yet that could be told."),
        _AS_IT_WAS,
        mark("Wait for the department, or urge it by telephone."),
    ),
    "matter.not_appealed": (
        mark("No appeal waits here for an answer."),
        _AS_IT_WAS,
        _LOOK,
    ),
    "matter.not_yours": (
        mark("It is not yours to deal with."),
        _AS_IT_WAS,
        mark("Leave it to the department that it is with, or to the window that took it in."),
    ),
    "matter.of_rating": (
        mark("A follow-up is opened by the rating alone."),
        KEPT,
        mark("Take it in as a complaint, an inquiry or a suggestion."),
    ),
    "matter.own_appeal": (
        mark("You appealed yourself."),
        _AS_IT_WAS,
        mark("Leave the answer to another manager or an auditor."),
    ),
    "matter.same_department": (
        mark("It is with them already."),
        KEPT,
        mark("Choose another department, or the centre."),
    ),
    "matter.taken": (
        mark("It was taken in already."),
        mark("It is kept once."),
        mark("Fetch anew (F5): it stands in the list."),
    ),
    "matter.told": (
        mark("{name} has noted already that they were told."),
        _AS_IT_WAS,
        _LOOK,
    ),
    "matter.too_long": (
        mark("That is more than {most} letters."),
        KEPT,
        mark("Shorten it; papers that belong to it stay with the case."),
    ),
    "matter.unknown": (
        mark("There is no such matter within your sight."),
        mark("Nothing changed."),
        mark("Fetch anew (F5); it may have gone to another department."),
    ),
    "matter.words_missing": (
        mark("There is nothing written."),
        KEPT,
        mark("Write it: others read it, and it stays with the matter."),
    ),
    "setting.matter_days": (
        mark("“{days}” is no limit."),
        mark("The limits of before hold on."),
        mark("Write a number of working days from 1 to {most}."),
    ),
}
