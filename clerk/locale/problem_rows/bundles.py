"""What may not be in a bundle application and in joint review, and what a graph lacks."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, NOTHING_READ, UNCHANGED, Row

BUNDLES: dict[str, Row] = {
    "bundle.applicant_other": (
        mark("The project “{title}” is another applicant's."),
        KEPT,
        mark("Check the number, or begin a bundle application of this applicant's own."),
    ),
    "bundle.in_hand": (
        mark("“{item}” is in hand or granted in this project already: case {number}."),
        KEPT,
        mark("Take the item out of this visit; Enter on that case shows the whole of the project."),
    ),
    "bundle.none": (
        mark("Case {number} belongs to no bundle application."),
        UNCHANGED,
        mark("Open a case of the project."),
    ),
    "bundle.not_awaited": (
        mark("The case does not wait for this item."),
        UNCHANGED,
        mark("Look at the whole of the project for what it waits for."),
    ),
    "bundle.not_in": (
        mark("The item is not one of the bundle's."),
        KEPT,
        mark("Take it in beside the bundle, as an item of its own."),
    ),
    "bundle.title_missing": (
        mark("The project has no name."),
        KEPT,
        mark("Type what the applicant calls it, as it stands in the project approval."),
    ),
    "bundle.together": (
        mark("The applicant wants the results of this stage together; still to come: {names}."),
        UNCHANGED,
        mark("Hand them out once all are there, or record that the applicant chose otherwise."),
    ),
    "bundle.waits": (
        mark("The case may not be decided before these are granted: {names}."),
        UNCHANGED,
        mark("Review it meanwhile; its limit begins once they are. Waive what is not needed."),
    ),
    "joint.limit_over": (
        mark("The limit for an opinion ended on {day}."),
        KEPT,
        mark("The silence is on record; speak to the lead department."),
    ),
    "joint.none": (
        mark("Case {number} stands in no joint review."),
        UNCHANGED,
        mark("An opinion is given while the case stands in its joint step."),
    ),
    "joint.not_asked": (
        mark("Your department is not asked in this joint review."),
        UNCHANGED,
        mark("The departments that countersign stand in the flow of the item."),
    ),
    "joint.open": (
        mark("The joint review is still open; to speak: {names}."),
        UNCHANGED,
        mark("Wait for them; who says nothing within the limit is recorded as silent."),
    ),
    "joint.said_already": (
        mark("Your department has spoken already."),
        UNCHANGED,
        mark("If the step is gone through once more, it is asked again."),
    ),
    "joint.unmet": (
        mark("“{step}” did not find the consent it needs, so nothing can be granted."),
        UNCHANGED,
        mark("Refuse with the reason, or send the case back and ask again."),
    ),
    "project.nothing_asked": (
        mark("Neither a case number nor an ID number was asked for."),
        "",
        mark("Type the number on a receipt, or the applicant's number."),
    ),
    "progress.unknown": (
        mark("No case has this number with this password."),
        "",
        mark("Check the number and the password on the receipt."),
    ),
    "project.unknown": (
        mark("No bundle application is known by this."),
        "",
        mark("Check the number on the receipt."),
    ),
    "bundle.after_itself": (
        mark("“{item}” waits for itself."),
        NOTHING_READ,
        mark("Take it out of what it waits for."),
    ),
    "bundle.after_later": (
        mark("“{item}” waits for “{after}”, which belongs to a later stage."),
        NOTHING_READ,
        mark("Move one of the two to the other's stage, or drop the dependency."),
    ),
    "bundle.after_unknown": (
        mark("“{after}” is waited for and is not an item of the bundle."),
        NOTHING_READ,
        mark("Write it as the item stands in the bundle, or add the item."),
    ),
    "bundle.cycle": (
        mark("The items wait for one another: {way}."),
        NOTHING_READ,
        mark("Drop the one dependency of them that the law does not ask for."),
    ),
    "bundle.item_twice": (
        mark("“{item}” stands in the bundle twice."),
        NOTHING_READ,
        mark("Keep one of the two rows."),
    ),
    "bundle.stage_empty": (
        mark("Stage “{stage}” has no items, so nothing ever leads into or out of it."),
        NOTHING_READ,
        mark("Give it an item, or take the stage out."),
    ),
    "bundle.stage_twice": (
        mark("Stage “{stage}” stands there twice."),
        NOTHING_READ,
        mark("Keep one of the two rows."),
    ),
    "bundle.stage_unknown": (
        mark("There is no stage “{stage}” in this bundle."),
        NOTHING_READ,
        mark("Write one of the bundle's stages, or add this one."),
    ),
}
