"""What is wrong with a walk-in: the applicant, the materials, the form, the numbers."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import COMPARE, KEPT, NOTHING_SENT, UNCHANGED, Row

INTAKE: dict[str, Row] = {
    "agent.name_missing": (
        mark("The agent's name is missing; digits alone are none."),
        KEPT,
        COMPARE,
    ),
    "agent.phone_wrong": (
        mark("The agent's telephone number is none."),
        KEPT,
        mark("Type its digits, or leave it empty."),
    ),
    "agent.number_invalid": (mark("The agent's ID number is not correct."), KEPT, COMPARE),
    "applicant.name_missing": (
        mark("The applicant's name is missing; digits alone are none."),
        KEPT,
        COMPARE,
    ),
    "applicant.phone_wrong": (
        mark("The applicant's telephone number is none."),
        KEPT,
        mark("Type its digits, or leave it empty."),
    ),
    "applicant.number_invalid": (mark("The applicant's ID number is not correct."), KEPT, COMPARE),
    "applicant.wrong_kind": (
        mark("“{item}” is not open to this kind of applicant."),
        KEPT,
        mark("Take the item out of the visit, or take in the one who may apply."),
    ),
    "bundle.unknown": (
        mark("This bundle of items is not in the catalogue of this desk."),
        KEPT,
        mark("Refresh the catalogue (F5) and choose the items again."),
    ),
    "case_number.character": (
        mark("A case number has digits only."),
        "",
        mark("Scan the receipt again, or type the digits."),
    ),
    "case_number.check_digit": (
        mark("The check digit of the case number does not fit: a digit was mistyped."),
        "",
        mark("Compare it with the receipt."),
    ),
    "case_number.date": (
        mark("The case number does not begin with a date."),
        "",
        mark("Compare it with the receipt."),
    ),
    "case_number.length": (
        mark("A case number has 15 digits; this one has {have}."),
        "",
        mark("Scan the receipt again, or type all digits."),
    ),
    "case_number.not_lent": (
        mark("Case number {number} was never lent to this desk."),
        mark("The case is kept here with all that was typed."),
        mark("Tell the administrator; the applicant keeps the receipt."),
    ),
    "case_number.sequence": (
        mark("The case number cannot be right: its sequence is 0."),
        "",
        mark("Compare it with the receipt."),
    ),
    "case_number.taken": (
        mark("Case number {number} belongs to another case."),
        mark("The case is kept here with all that was typed."),
        mark("Receive the visit again under a new number and replace the receipt."),
    ),
    "case_number.window": (
        mark("The case number cannot be right: its window is 0."),
        "",
        mark("Compare it with the receipt."),
    ),
    "draft.unknown": (
        mark("This draft is not there any more."),
        mark("It was received or thrown away."),
        mark("Go back and look for the case by the applicant's name."),
    ),
    "field.missing": (mark("“{label}” is missing."), KEPT, mark("Fill it in.")),
    "field.not_asked": (
        mark("“{label}” was not asked for and is in order."),
        KEPT,
        mark("Only what the notice asked for, or what is lacking, can be filled in afterwards."),
    ),
    "field.not_a_date": (
        mark("“{label}” is not a date."),
        KEPT,
        mark("Type year, month and day, as 2026-03-09."),
    ),
    "field.not_a_number": (
        mark("“{label}” is not a number."),
        KEPT,
        mark("Type digits, as 120 or 36.5."),
    ),
    "field.not_a_phone": (
        mark("“{label}” is not a phone number."),
        KEPT,
        mark("Type 11 digits, or area code and number."),
    ),
    "field.not_an_identifier": (mark("“{label}” is not a correct ID number."), KEPT, COMPARE),
    "field.not_an_option": (
        mark("“{label}” is none of its options."),
        KEPT,
        mark("Choose one of them."),
    ),
    "field.not_money": (
        mark("“{label}” is not an amount."),
        KEPT,
        mark("Type yuan in digits, as 1200.00."),
    ),
    "field.too_long": (
        mark("“{label}” has {length} characters; at most {most} fit."),
        KEPT,
        mark("Shorten it."),
    ),
    "item.day_over": (
        mark("The day {day} is over."),
        UNCHANGED,
        mark("Name today or a later day."),
    ),
    "item.no_reason": (
        mark("Why “{item}” is to change is not said."),
        UNCHANGED,
        mark("Give the reason: it stands in the audit record."),
    ),
    "item.nothing_coming": (
        mark("Nothing takes effect for the item {item} on {day}."),
        NOTHING_SENT,
        mark("`clerk-central catalogue coming` lists what does."),
    ),
    "item.not_there": (
        mark("There is no item or bundle {item} in the catalogue."),
        NOTHING_SENT,
        mark("Give its id: the code, where it has one."),
    ),
    "bundle.offered_no_more": (
        mark("No application of “{bundle}” can begin any more; open ones go on."),
        mark("Nothing was received; everything typed is kept."),
        mark("Go on with an application that is open, or take the items one by one."),
    ),
    "item.offered_no_more": (
        mark("“{item}” is offered no more."),
        mark("Nothing was received; everything typed is kept."),
        mark("Take it out of the visit, or choose another item."),
    ),
    "item.offered": (
        mark("“{item}” is not withdrawn."),
        UNCHANGED,
        mark("Nothing is left to do."),
    ),
    "item.withdrawn": (
        mark("“{item}” is withdrawn already."),
        UNCHANGED,
        mark("Nothing is left to do."),
    ),
    "item.unknown": (
        mark("This item is not in the catalogue of this desk."),
        KEPT,
        mark("Refresh the catalogue (F5) and choose the item again."),
    ),
    "material.no_reason": (
        mark("A shared material needs a word, and a reason for merging."),
        UNCHANGED,
        mark("Give both; the reason stands in the audit record."),
    ),
    "material.not_asked_for": (
        mark("No item asks for “{material}”."),
        UNCHANGED,
        mark("Take the name exactly as `clerk-central materials duplicates` lists it."),
    ),
    "material.shared_already": (
        mark("“{material}” is shared already, by the word {word}."),
        UNCHANGED,
        mark("Merge into that word."),
    ),
    "material.no_evidence": (
        mark("“{material}” is exempted, but nothing stands for it."),
        KEPT,
        mark("Take the paper in, or choose the licence that replaces it."),
    ),
    "material.no_due": (
        mark("“{material}” is to come later, but no day is named."),
        KEPT,
        mark("Name the day by which it is promised."),
    ),
    "material.not_declarable": (
        mark("A declaration cannot stand for “{material}”."),
        KEPT,
        mark("Take the paper in."),
    ),
    "material.not_deferrable": (
        mark("“{material}” cannot be handed in later."),
        KEPT,
        mark("Take the paper in, or mark it as missing."),
    ),
    "material.there_already": (
        mark("“{material}” is there already."),
        UNCHANGED,
        mark("Hand in what lacks. A wrong tick or entry is put right as a mistake (Ctrl+W)."),
    ),
    "material.not_deferred": (
        mark("“{material}” was not put off; it is there already."),
        KEPT,
        mark("Tick only what was put off."),
    ),
    "material.not_held": (
        mark("The licence that was to stand for “{material}” does not hold."),
        KEPT,
        mark("Take the paper in instead."),
    ),
    "material.not_whole": (
        mark(
            "Of “{material}” fewer were counted than the item asks for: "
            "{originals} originals and {copies} copies."
        ),
        KEPT,
        mark("Count again, or leave it as missing."),
    ),
    "material.nothing_came": (
        mark("“{material}” is marked as missing: nothing of it came in."),
        KEPT,
        mark("Hand in only what is there."),
    ),
    "material.not_of_item": (
        mark("The item does not ask for “{material}”."),
        KEPT,
        mark("Ask only for what the item lists (Administrative Licensing Law, Art. 31)."),
    ),
    "numbers.exhausted": (
        mark("This desk has no case numbers left."),
        mark("The draft is kept as it was typed."),
        mark("Connect to central once (F5); new numbers come with it."),
    ),
    "situation.unanswered": (
        mark("“{question}” has no answer yet."),
        KEPT,
        mark("Choose the answer that is true for the applicant."),
    ),
    "visit.no_item": (
        mark("No item was chosen."),
        KEPT,
        mark("Choose at least one."),
    ),
}
