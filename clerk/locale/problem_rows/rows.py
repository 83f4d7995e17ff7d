"""What an import notes about single rows: odd ones are used, unusable ones left out."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import ROW_LEFT, ROW_USED, Row

_LIST_LEFT = mark("The list of materials that it belongs to was left out as a whole.")
_CHECK = mark("Check it against the source.")
_EMPTY = mark("Empty where it must not be.")
_FILL = mark("Fill it in and import again.")
_SHORTEN = mark("Shorten it and import again.")
_AS_TEXT = mark("Format the column as text before saving, and import again.")

ROWS: dict[str, Row] = {
    "code.characters": (mark("The code “{value}” has unusual characters."), ROW_USED, _CHECK),
    "code.empty": (mark("The item has no code."), ROW_USED, ""),
    "code.form_unknown": (mark("The code “{value}” is of no known form."), ROW_USED, _CHECK),
    "code.old_organisation": (
        mark("The code names a body by its old organisation code “{value}”."),
        ROW_USED,
        "",
    ),
    "code.organisation_wrong": (
        mark("The code names a body by “{value}”, whose check digit is wrong."),
        ROW_USED,
        _CHECK,
    ),
    "code.pseudo": (mark("The code “{value}” is a made-up one."), ROW_USED, ""),
    "code.several_forms": (mark("The codes of this file are of several forms."), ROW_USED, ""),
    "column.unknown": (mark("This column is not known and was not read."), ROW_USED, ""),
    "import.resumed": (
        mark("The import went on after row {after_row}, where it was interrupted."),
        ROW_USED,
        "",
    ),
    "item.department_empty": (_EMPTY, ROW_LEFT, _FILL),
    "item.moved": (
        mark("The item belonged to “{department}” before."),
        ROW_USED,
        _CHECK,
    ),
    "item.name_empty": (_EMPTY, ROW_LEFT, _FILL),
    "item.name_twice": (
        mark("Row {first_row} has the same name in the same department."),
        ROW_USED,
        _CHECK,
    ),
    "licence.date_unread": (
        mark("This is no date."),
        ROW_LEFT,
        mark("Write dates as 2027-01-01; a licence without an end has 长期 or nothing."),
    ),
    "licence.ends_before": (mark("It ends before it was issued."), ROW_LEFT, _CHECK),
    "licence.issued_here": (
        mark("Central has issued this licence itself, for a case."),
        ROW_LEFT,
        mark("Nothing is to be done; what central knows of it holds."),
    ),
    "licence.number_twice": (
        mark("The licence came before in this load, with another holder."),
        ROW_LEFT,
        mark("Leave the right row."),
    ),
    "licence.other_holder": (
        mark("The library has this licence with another holder."),
        ROW_LEFT,
        mark("Check it; if the file is right, import with --renames."),
    ),
    "licence.status_unread": (
        mark("What the licence is worth is not understood."),
        ROW_LEFT,
        mark("Write 有效 (valid), 暂停 (suspended) or 吊销 (revoked)."),
    ),
    "licence.type_unknown": (
        mark("The licence catalogue has no such type."),
        ROW_LEFT,
        mark("Write a type's id or name as the catalogue has it."),
    ),
    "limit.ambiguous": (
        mark("Several items have this name; whose limits these are is open."),
        mark("The limits are kept and take effect once it is clear."),
        mark("Give the item's code."),
    ),
    "limit.blank": (mark("There is no limit here; the law's is taken."), ROW_USED, ""),
    "limit.item_id_twice": (
        mark("Row {first_row} has the same item id."),
        ROW_LEFT,
        mark("Leave one of the two."),
    ),
    "limit.longer_than_statutory": (
        mark("The promised limit is longer than the statutory one."),
        ROW_USED,
        _CHECK,
    ),
    "limit.text": (mark("The limit “{value}” was read out of a text."), ROW_USED, _CHECK),
    "limit.unread": (mark("The limit “{value}” is not understood."), ROW_USED, _CHECK),
    "limit.waits": (
        mark("No item of this name has been imported yet."),
        mark("The limits are kept and take effect with their item."),
        "",
    ),
    "material.copies_text": (
        mark("The number of copies “{value}” was read out of a text."),
        ROW_USED,
        _CHECK,
    ),
    "material.copies_unread": (
        mark("The number of copies “{value}” is not understood."),
        ROW_USED,
        _CHECK,
    ),
    "material.item_empty": (_EMPTY, _LIST_LEFT, _FILL),
    "material.list_spoilt": (
        mark("Row {spoilt_row} of the same list cannot be used."),
        _LIST_LEFT,
        mark("Mend that row and import again."),
    ),
    "material.medium_code": (
        mark("The medium “{value}” is a code without a meaning here."),
        ROW_USED,
        "",
    ),
    "material.name_empty": (_EMPTY, _LIST_LEFT, _FILL),
    "material.name_odd": (mark("This looks like no name of a material."), ROW_USED, _CHECK),
    "material.necessity_blank": (
        mark("It is not said whether the material is needed; it counts as needed."),
        ROW_USED,
        _CHECK,
    ),
    "material.necessity_unread": (
        mark("“{value}” does not tell whether the material is needed; it counts as needed."),
        ROW_USED,
        _CHECK,
    ),
    "material.seq_unread": (mark("The order “{value}” is no number."), ROW_USED, ""),
    "material.source_unread": (mark("The source “{value}” is not known."), ROW_USED, ""),
    "material.twice": (mark("Row {first_row} names the same material."), ROW_USED, _CHECK),
    "material.waits": (
        mark("No item of this id has been imported yet (rows: {rows})."),
        mark("The materials are kept and take effect with their item."),
        "",
    ),
    "organisation.representative_unread": (
        mark("The representative's ID number is not correct and was left out."),
        ROW_USED,
        _CHECK,
    ),
    "person.birth_contradicts": (
        mark("The date of birth contradicts the ID number, which was believed."),
        ROW_USED,
        _CHECK,
    ),
    "person.kind_unread": (
        mark("This kind of document is not known."),
        ROW_LEFT,
        mark("Name a kind that is known, or leave the column empty."),
    ),
    "person.name_empty": (_EMPTY, ROW_LEFT, _FILL),
    "person.number_twice": (
        mark("The number came before in this load, with another content."),
        ROW_LEFT,
        mark("Leave the right row."),
    ),
    "person.other_name": (
        mark("The register has another name under this number."),
        ROW_LEFT,
        mark("Check it; if the name has changed, import with --renames."),
    ),
    "person.repeated": (mark("The number came before in this load."), ROW_USED, ""),
    "person.sex_contradicts": (
        mark("The sex contradicts the ID number, which was believed."),
        ROW_USED,
        _CHECK,
    ),
    "row.contradicts": (
        mark("Row {first_row} says something else about the same thing."),
        ROW_LEFT,
        mark("Leave the right row."),
    ),
    "row.ragged": (
        mark("Cells of the row: {have}, of the header: {need}."),
        ROW_LEFT,
        mark("Look for a comma or a quotation mark too many or too few."),
    ),
    "row.repeated": (mark("Row {first_row} says the same."), ROW_USED, ""),
    "sheet.ignored": (mark("The sheet “{sheet}” was not read."), ROW_USED, ""),
    "value.rounded": (
        mark("Excel has rounded this number; its last digits are lost."),
        ROW_LEFT,
        _AS_TEXT,
    ),
    "value.too_long": (mark("Longer than {most} characters."), ROW_LEFT, _SHORTEN),
    "value.unread": (mark("This value is not understood and was left out."), ROW_USED, _CHECK),
}
