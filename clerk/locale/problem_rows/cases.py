"""Why something may not happen to a case: the refusals of `clerk.rules.case`."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, UNCHANGED, Row

_RECEIVED_WITHOUT = mark("The case was received; the material counts as missing.")

CASES: dict[str, Row] = {
    "case.already_received": (
        mark("Case {number} has been received already."),
        UNCHANGED,
        mark("Open it instead of receiving it once more."),
    ),
    "basis.missing": (
        mark("The legal basis is missing."),
        KEPT,
        mark("Write the law and its article: it is printed for the applicant."),
    ),
    "case.clock_stopped": (
        mark("A special procedure has stopped the clock of this case."),
        UNCHANGED,
        mark("Go on once the procedure has ended (Ctrl+W)."),
    ),
    "case.deemed_accepted": (
        mark("The five days ran out: by law the case counts as accepted since {day}."),
        UNCHANGED,
        mark("Accept it, or let the department decide it."),
    ),
    "case.five_days_over": (
        mark("The five working days for a supplement notice, begun on {day}, are over."),
        UNCHANGED,
        mark("By law the case counts as accepted; the department decides it."),
    ),
    "case.item_withdrawn": (
        mark("“{item}” is offered no more since {day}; this receipt is of that day or later."),
        mark("Central has no such case. Everything typed, ticked and scanned is kept here."),
        mark(
            "Tell the applicant. Make the receipt a draft again to choose another item,"
            " or ask the department."
        ),
    ),
    "bundle.withdrawn": (
        mark(
            "No application of “{bundle}” can begin since {day}; this receipt is of that day or"
            " later."
        ),
        mark("Central has no such case. Everything typed, ticked and scanned is kept here."),
        mark(
            "Tell the applicant. Make the receipt a draft again and take its items one by one,"
            " or ask the department that leads."
        ),
    ),
    "case.item_unknown": (
        mark("The item of this case is not in the catalogue."),
        KEPT,
        mark("Refresh the catalogue (F5) and choose the item again."),
    ),
    "case.materials_missing": (
        mark("Materials still missing ({count}): {names}."),
        UNCHANGED,
        mark("Take them in, or give the supplement notice (Ctrl+K)."),
    ),
    "case.form_incomplete": (
        mark("Fields of the form that are empty or wrong ({count}): {names}."),
        UNCHANGED,
        mark("Ask for them in the supplement notice (Ctrl+K); handing in fills them in."),
    ),
    "case.not_instant": (
        mark("“{item}” is not decided on the spot."),
        UNCHANGED,
        mark("Accept it (Ctrl+Y); its department decides."),
    ),
    "case.other_window": (
        mark("Case {number} was taken in at another window, which decides it on the spot."),
        UNCHANGED,
        mark("Accept it (Ctrl+Y), or leave it to that window."),
    ),
    "case.supplement_once": (
        mark("A supplement notice was given on {day}; the law knows only one."),
        UNCHANGED,
        mark("Take in what comes, accept, or decline with a reason."),
    ),
    "case.unknown": (
        mark("This case is not among those that this desk may see."),
        "",
        mark("Check the number; the case may belong to another window or department."),
    ),
    "case.wrong_stage": (
        mark("That cannot be done now: the case stands at “{stage}”."),
        UNCHANGED,
        mark("Look at the stage at the top of the page for what comes next."),
    ),
    "claim.lost": (
        mark("Your hold on case {number} ran out at {until}."),
        KEPT,
        mark("Claim the case again (Ctrl+O), then send your text once more."),
    ),
    "claim.none": (
        mark("You have not claimed case {number}."),
        KEPT,
        mark("Claim the case first (Ctrl+O)."),
    ),
    "claim.taken": (
        mark("{by} has taken this case on until {until}."),
        KEPT,
        mark("Ask {by} to give it back, or wait until then."),
    ),
    "collector.name_missing": (
        mark("The name of whoever collects is missing."),
        KEPT,
        mark("Type the name as it stands on the document."),
    ),
    "collector.number_invalid": (
        mark("The agent's ID number is not correct."),
        KEPT,
        mark("Compare it with the document; the check digit finds a mistyped character."),
    ),
    "collector.signature_missing": (
        mark("There is no note of the signature."),
        KEPT,
        mark("Let the collector sign, and note how: by hand, by fingerprint."),
    ),
    "collector.unknown_kind": (
        mark("Only the applicant or an agent can collect."),
        KEPT,
        mark("Choose one of the two."),
    ),
    "decision.outcome_unknown": (
        mark("A case can be granted or refused, nothing else."),
        UNCHANGED,
        mark("Choose one of the two."),
    ),
    "decline.nothing_asked": (
        mark("The applicant was not asked for anything: nothing can be left uncorrected."),
        KEPT,
        mark("Give the supplement notice first (Ctrl+K), or choose another ground."),
    ),
    "decline.right_body_missing": (
        mark("Which body the matter belongs to is missing."),
        KEPT,
        mark("Name it: the law wants the applicant told at once."),
    ),
    "delivery.already_released": (
        mark("The result of case {number} has been handed out already."),
        UNCHANGED,
        mark("Open the case to see who collected it and when."),
    ),
    "delivery.wrong_state": (
        mark("The result is not ready for that: it stands at “{delivery}”."),
        UNCHANGED,
        mark("Wait until the department has made it."),
    ),
    "evidence.cancelled": (
        mark("The licence that was to stand for this material was cancelled."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.expired": (
        mark("The licence that was to stand for this material has expired."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.not_held": (
        mark("The licence that was to stand for this material is not held any more."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.not_sure": (
        mark("What the register was to say instead of this material could not be checked."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.other_name": (
        mark("The licence that was to stand for this material is in another name."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.other_number": (
        mark("The licence that was to stand for this material belongs to another number."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.renewal_open": (
        mark("The licence has ended; whether it counts as renewed is not confirmed yet."),
        _RECEIVED_WITHOUT,
        mark("Ask its department, or for the material itself."),
    ),
    "evidence.revoked": (
        mark("The licence that was to stand for this material was revoked."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.risk": (
        mark("The register that was to stand for this material says that care is needed."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "evidence.suspended": (
        mark("The licence that was to stand for this material is suspended."),
        _RECEIVED_WITHOUT,
        mark("Ask for the material itself."),
    ),
    "opinion.missing": (
        mark("The opinion is missing."),
        UNCHANGED,
        mark("Write what you have found; it stays with the case."),
    ),
    "paper.not_given": (
        mark("Case {number} has no “{kind}” yet."),
        UNCHANGED,
        mark("It is printed when that act has been done."),
    ),
    "paper.no_corrections": (
        mark("Nothing was put right in case {number}."),
        UNCHANGED,
        mark("There is a list once something was corrected."),
    ),
    "print.failed": (
        mark("{printer} did not print: {reason}"),
        mark("The papers are still in the print queue."),
        mark("See to the printer, then try the job again."),
    ),
    "print.folder": (
        mark("There is no folder {path}."),
        mark("Nothing was changed."),
        mark("Make it first, or name another."),
    ),
    "print.no_program": (
        mark("This machine has no program “{program}”, which prints."),
        mark("The papers are still in the print queue."),
        mark("Have CUPS installed, or let this seat print into a folder."),
    ),
    "print.not_there": (
        mark("Job {n} cannot do that now."),
        mark("Nothing was changed."),
        mark("Look at the print queue: it has gone on meanwhile."),
    ),
    "form.unknown": (
        mark("“{file}” is no form that can be changed."),
        mark("Nothing was changed."),
        mark("Name it as one of these: {names}."),
    ),
    "form.too_long": (
        mark("{file} is too long for a form."),
        mark("Nothing was changed."),
        mark("Leave out what is not printed, such as pictures."),
    ),
    "form.unreadable": (
        mark("{file} cannot be read as UTF-8 text."),
        mark("Nothing was changed."),
        mark("Save it as UTF-8, and try again."),
    ),
    "form.wrong": (
        mark("The form {file} is wrong in line {line}: {told}"),
        mark("Nothing was changed."),
        mark("Put that line right and save it again; until then the shipped form is printed."),
    ),
    "reason.missing": (
        mark("The reason is missing."),
        KEPT,
        mark("Write it: it is printed or recorded."),
    ),
    "step.last_decides": (
        mark("This is the last step; there is nobody to pass the case on to."),
        KEPT,
        mark("Grant (Ctrl+Y) or refuse (Ctrl+N)."),
    ),
    "step.may_not_decide": (
        mark("The step “{step}” does not decide."),
        KEPT,
        mark("Pass the case on (Ctrl+G)."),
    ),
    "step.may_not_send_back": (
        mark("The step “{step}” may not ask the applicant for more."),
        KEPT,
        mark("Send the case back to an earlier step instead."),
    ),
    "step.not_earlier": (
        mark("That step does not come before the present one."),
        KEPT,
        mark("Choose an earlier step."),
    ),
    "step.not_yours": (
        mark("The step “{step}” is for this role of its department: {role}."),
        UNCHANGED,
        mark("Leave it to them."),
    ),
    "step.own_work": (
        mark("You have done an earlier step of this case; nobody approves their own work."),
        UNCHANGED,
        mark("Leave the step “{step}” to a colleague."),
    ),
    "supplement.empty": (
        mark("Nothing was chosen."),
        UNCHANGED,
        mark("Choose at least one line with the space key."),
    ),
    "supplement.not_all": (
        mark("The notice leaves out what lacks: {names}."),
        KEPT,
        mark("Name it too: the applicant is told once, everything."),
    ),
    "supplement.reason_missing": (
        mark("It is not said what is wrong with “{material}”."),
        KEPT,
        mark("Write it: the notice tells the applicant everything at once."),
    ),
    "user.disabled": (
        mark("This account has been disabled."),
        UNCHANGED,
        mark("Ask the administrator."),
    ),
    "user.role_needed": (
        mark("That is for another role: {role}."),
        UNCHANGED,
        mark("Leave it to a colleague who has it."),
    ),
}
