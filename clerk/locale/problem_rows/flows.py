"""What keeps a file of flows or bundles out; each is told with its sheet, row and column."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import NOTHING_READ, ROW_USED, Row

FLOWS: dict[str, Row] = {
    "bundle.id_unknown": (
        mark("No stage of this file belongs to a bundle “{bundle}”."),
        NOTHING_READ,
        mark("Write the bundle's own short name as its stages have it."),
    ),
    "bundle.id_wrong": (
        mark("The bundle's short name is missing, or longer than {most} characters."),
        NOTHING_READ,
        mark("Give it one that stays the same in every version."),
    ),
    "bundle.item_ambiguous": (
        mark("Several items are called “{item}”."),
        NOTHING_READ,
        mark("Write its code, or its department beside it."),
    ),
    "bundle.item_unknown": (
        mark("There is no item “{item}” in the catalogue."),
        NOTHING_READ,
        mark("Write it as the catalogue has it, or import the item first."),
    ),
    "bundle.lead_unknown": (
        mark("The department that leads, “{department}”, is not known, or not one alone."),
        NOTHING_READ,
        mark("Write its name or id as `clerk-central departments` lists it."),
    ),
    "bundle.main_or_not": (
        mark("“{text}” says neither main nor auxiliary."),
        NOTHING_READ,
        mark("Write 主 for a main item, 辅 for an auxiliary one."),
    ),
    "bundle.name_missing": (
        mark("The bundle has no name."),
        NOTHING_READ,
        mark("Write what people call it."),
    ),
    "bundle.none_in_file": (
        mark("The file has no bundle."),
        NOTHING_READ,
        mark("Take the template: `clerk-central template bundles FILE`."),
    ),
    "flow.act_unknown": (
        mark("“{text}” is no act of a step, so nobody's role does it."),
        NOTHING_READ,
        mark("Write 承办 (handle), 审核 (review) or 批准 (approve)."),
    ),
    "flow.cycle": (
        mark("The steps lead in a circle: {way}."),
        NOTHING_READ,
        mark("Let the last one lead nowhere; sending back needs no step of its own."),
    ),
    "flow.department_ambiguous": (
        mark("Several departments are called “{department}”."),
        NOTHING_READ,
        mark("Write its id as `clerk-central departments` lists it."),
    ),
    "flow.department_unknown": (
        mark("There is no department “{department}”."),
        NOTHING_READ,
        mark("Write its name or id as `clerk-central departments` lists it."),
    ),
    "flow.empty": (
        mark("The flow has no steps."),
        NOTHING_READ,
        mark("Give it at least the step that decides."),
    ),
    "flow.item_ambiguous": (
        mark("{count} items are called “{item}”."),
        NOTHING_READ,
        mark("Write its code, or its department beside it."),
    ),
    "flow.item_unknown": (
        mark("There is no item “{item}” in the catalogue."),
        NOTHING_READ,
        mark("Write it as the catalogue has it, or import the item first."),
    ),
    "flow.joint_lead": (
        mark("In “{step}” the department that leads would countersign itself."),
        NOTHING_READ,
        mark("Take it out of those that countersign."),
    ),
    "flow.joint_nobody": (
        mark("“{step}” has a rule of joint review and nobody who countersigns."),
        NOTHING_READ,
        mark("Name the departments, or leave the rule empty."),
    ),
    "flow.joint_twice": (
        mark("In “{step}” a department countersigns twice."),
        NOTHING_READ,
        mark("Name each department once."),
    ),
    "flow.joint_unmeetable": (
        mark("“{step}” wants {quorum} departments to agree and asks {count}."),
        NOTHING_READ,
        mark("Ask for at least one and no more than there are."),
    ),
    "flow.last_undecided": (
        mark("The last step, “{step}”, may not decide, so no case would ever end."),
        NOTHING_READ,
        mark("Write 是 where it says whether the step decides."),
    ),
    "flow.limit_beyond": (
        mark("Up to “{step}” the steps take {days} working days; the law gives {most}."),
        NOTHING_READ,
        mark("Shorten the limits of the steps."),
    ),
    "flow.limit_unreadable": (
        mark("“{text}” is no limit."),
        NOTHING_READ,
        mark("Write a number, and the unit in its own column."),
    ),
    "flow.name_missing": (
        mark("The step has no name."),
        NOTHING_READ,
        mark("Write what the step is called."),
    ),
    "flow.next_unknown": (
        mark("There is no step “{step}” in this flow."),
        NOTHING_READ,
        mark("Write the next step's name as its row has it."),
    ),
    "flow.no_table": (
        mark("{file} has no sheet “{sheet}” with the columns {columns}."),
        NOTHING_READ,
        mark("Take the template: `clerk-central template flows FILE` or `template bundles FILE`."),
    ),
    "flow.nobody": (
        mark("Nobody in the department of “{step}” has the role {role} yet."),
        ROW_USED,
        mark("Add a user with this role before cases come to the step."),
    ),
    "flow.none_in_file": (
        mark("The file has no flow."),
        NOTHING_READ,
        mark("Take the template: `clerk-central template flows FILE`."),
    ),
    "flow.not_tables": (
        mark("{place} is no array of tables."),
        NOTHING_READ,
        mark("Write each of them under [[…]]."),
    ),
    "flow.not_toml": (
        mark("{file} is no TOML: {place}"),
        NOTHING_READ,
        mark("Mend that line, and import the file again."),
    ),
    "flow.rule_unknown": (
        mark("“{text}” is no rule of joint review."),
        NOTHING_READ,
        mark("Write 全部 (all), 任一 (any one), or how many must agree."),
    ),
    "flow.silence_unknown": (
        mark("“{text}” does not say what silence counts as."),
        NOTHING_READ,
        mark("Write 视为同意 (consent) or 视为不同意 (objection)."),
    ),
    "flow.step_twice": (
        mark("Two steps are called “{step}”."),
        NOTHING_READ,
        mark("Give each its own name."),
    ),
    "flow.unknown_key": (
        mark("Nothing here is called {place}."),
        NOTHING_READ,
        mark("Check the spelling against docs/importing.md."),
    ),
    "flow.unreachable": (
        mark("No way leads to the step “{step}”."),
        NOTHING_READ,
        mark("Let a step lead to it, or take it out."),
    ),
    "flow.yes_or_no": (
        mark("“{text}” is neither yes nor no."),
        NOTHING_READ,
        mark("Write 是 or 否."),
    ),
}
