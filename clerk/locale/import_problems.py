"""What can be wrong or odd about an imported file, in the three sentences of every problem."""

from __future__ import annotations

from clerk.locale import mark

_NOTHING = mark("Nothing was imported.")
_LEFT_OUT = mark("This row was not imported.")
_USED = mark("The row was imported.")

FILE_PROBLEMS: dict[str, tuple[str, str, str]] = {
    "file.unreadable": (
        mark("The file {file} cannot be opened: {reason}."),
        _NOTHING,
        mark("Check its name and whether you may read it."),
    ),
    "file.too_large": (
        mark("The file {file} is larger than {most_mb} MB."),
        _NOTHING,
        mark("Divide it into several files."),
    ),
    "file.empty": (
        mark("The file {file} is empty."),
        _NOTHING,
        mark("Export it once more."),
    ),
    "file.old_excel": (
        mark("The file {file} is an old Excel workbook (.xls), or has a password."),
        _NOTHING,
        mark("Save it as .xlsx without a password, or as CSV."),
    ),
    "file.binary": (
        mark("The file {file} is neither a text nor an Excel workbook."),
        _NOTHING,
        mark("Give a CSV or an .xlsx file."),
    ),
    "file.encoding": (
        mark("The file {file} says that it is {encoding}, and is not throughout."),
        _NOTHING,
        mark("Save it once more as CSV in UTF-8."),
    ),
    "file.encoding_unknown": (
        mark("The file {file} is neither UTF-8 nor GB18030: line {line} cannot be read."),
        _NOTHING,
        mark("Save it once more as CSV in UTF-8."),
    ),
    "file.nul": (
        mark("The file {file} has a NUL character in line {line}: it is damaged."),
        _NOTHING,
        mark("Export it once more."),
    ),
    "file.broken_workbook": (
        mark("The workbook {file} is damaged or was cut short."),
        _NOTHING,
        mark("Open it in Excel, save it once more, and copy it again."),
    ),
    "file.broken_sheet": (
        mark("The sheet {sheet} of the workbook cannot be read."),
        _NOTHING,
        mark("Open it in Excel and save it once more."),
    ),
    "file.too_many_cells": (
        mark("The workbook {file} reaches over more than {most} cells."),
        _NOTHING,
        mark("Delete what stands far right or far below, or save it as CSV."),
    ),
    "file.quotes": (
        mark("The file {file} breaks off its cells in line {line}: quotes do not close."),
        mark("Of a list of items nothing was imported; of a register, what stands before."),
        mark("Mend the quotes in that line or the one where the cell begins."),
    ),
    "file.no_header": (
        mark("The file {file} has no header with the columns {needed}."),
        _NOTHING,
        mark("Give the columns one of the names that the guide to importing lists."),
    ),
    "file.no_rows": (mark("There is no row below the header."), "", ""),
    "import.resumed": (
        mark("An earlier import of this file broke off; it went on after row {after_row}."),
        mark("Nothing was imported twice."),
        "",
    ),
    "row.ragged": (
        mark("The row has {have} cells where the header has {need}."),
        _LEFT_OUT,
        mark("Look for a separator or a quote too many or too few."),
    ),
    "row.repeated": (mark("It says the same as row {first_row}."), "", ""),
    "row.contradicts": (
        mark("It is the same thing as in row {first_row} and says something else."),
        _LEFT_OUT,
        mark("Keep the one that is right."),
    ),
    "column.unknown": (mark("The column is not known and was not used."), "", ""),
    "sheet.ignored": (mark("The sheet {sheet} was not used."), "", ""),
    "value.too_long": (
        mark("The cell is longer than {most} characters."),
        _LEFT_OUT,
        mark("Shorten it."),
    ),
    "value.rounded": (
        mark("A spreadsheet has rounded the number; its last digits are lost."),
        _LEFT_OUT,
        mark("Format the column as text and fill it in from the source again."),
    ),
    "value.unread": (
        mark("The cell cannot be understood and was left empty."),
        _USED,
        mark("Correct it and import the file again."),
    ),
}

CATALOGUE_PROBLEMS: dict[str, tuple[str, str, str]] = {
    "code.empty": (
        mark("The item has no code; it is known by source, department and name."),
        _USED,
        "",
    ),
    "code.characters": (mark("The code {value} has unusual characters."), _USED, ""),
    "code.pseudo": (
        mark("The code {value} names a body without a social credit code (TE)."),
        _USED,
        "",
    ),
    "code.form_unknown": (mark("The code {value} has an unknown form."), _USED, ""),
    "code.old_organisation": (
        mark("The code names its body by an old organisation code, {value}."),
        _USED,
        "",
    ),
    "code.organisation_wrong": (
        mark("The body in the code, {value}, is no valid social credit code."),
        _USED,
        "",
    ),
    "code.several_forms": (mark("The codes have {forms} different forms."), _USED, ""),
    "item.name_empty": (
        mark("The name of the item is missing."),
        _LEFT_OUT,
        mark("Fill it in."),
    ),
    "item.department_empty": (
        mark("The department is missing, so nobody could decide a case of this item."),
        _LEFT_OUT,
        mark("Fill it in."),
    ),
    "item.name_twice": (
        mark("The same department has an item of this name in row {first_row} already."),
        _USED,
        "",
    ),
    "item.moved": (
        mark("The item belonged to {department} until now."),
        _USED,
        mark("Check that the code is not used for two items."),
    ),
    "limit.blank": (mark("There is no promised limit."), _USED, ""),
    "limit.unread": (
        mark("The limit “{value}” cannot be understood and was left empty."),
        _USED,
        mark("Write a number, and the unit in its own column."),
    ),
    "limit.text": (mark("The limit is a text, “{value}”; its number was used."), _USED, ""),
    "limit.longer_than_statutory": (
        mark("The promised limit, {promised}, is longer than the statutory one, {statutory}."),
        _USED,
        mark("Check both."),
    ),
    "limit.waits": (
        mark("No item has this source, department and name yet."),
        mark("The limit is kept and waits for the item."),
        mark("Import the list of items."),
    ),
    "limit.ambiguous": (
        mark("Several items have this source, department and name."),
        mark("The limit is kept and was given to none of them."),
        mark("Make the names different."),
    ),
    "limit.item_id_twice": (
        mark("Row {first_row} gives the same mark to another item."),
        _LEFT_OUT,
        mark("Give each item a mark of its own."),
    ),
    "material.item_empty": (
        mark("The row does not say which item the material belongs to."),
        _LEFT_OUT,
        mark("Fill it in."),
    ),
    "material.name_empty": (
        mark("The name of the material is missing."),
        _LEFT_OUT,
        mark("Fill it in."),
    ),
    "material.list_spoilt": (
        mark("Row {spoilt_row} of the same item cannot be used, and lists come whole."),
        _LEFT_OUT,
        mark("Correct that row and import the file again."),
    ),
    "material.name_odd": (
        mark("The name of the material has no Chinese character."),
        _USED,
        mark("Check that it is no test data."),
    ),
    "material.copies_unread": (
        mark("“{value}” tells neither originals nor copies; both are 0."),
        _USED,
        mark("Write 原件 or 复印件, and a number."),
    ),
    "material.copies_text": (
        mark("The number of copies is a text, “{value}”; its number was used."),
        _USED,
        "",
    ),
    "material.necessity_blank": (
        mark("Nothing says whether the material is necessary; it will be asked for."),
        _USED,
        "",
    ),
    "material.necessity_unread": (
        mark("“{value}” does not say whether the material is necessary; it will be asked for."),
        _USED,
        mark("Write 必要 or 非必要."),
    ),
    "material.source_unread": (
        mark("“{value}” names no known source of a material; it is noted as another one."),
        _USED,
        "",
    ),
    "material.medium_code": (
        mark("The medium is a code of another system, “{value}”, and was kept as it is."),
        _USED,
        "",
    ),
    "material.seq_unread": (
        mark("“{value}” is no sequence number; the material comes first."),
        _USED,
        "",
    ),
    "material.twice": (
        mark("The item asks for this material in row {first_row} already; it stays twice."),
        _USED,
        "",
    ),
    "material.waits": (
        mark("No item is known by this mark yet ({rows} rows)."),
        mark("The materials are kept and wait for the item."),
        mark("Import the lists of items and of limits."),
    ),
}

REGISTER_PROBLEMS: dict[str, tuple[str, str, str]] = {
    "person.name_empty": (mark("The name is missing."), _LEFT_OUT, mark("Fill it in.")),
    "person.kind_unread": (
        mark("The kind of document is not known."),
        _LEFT_OUT,
        mark("Write 居民身份证, 港澳台居民居住证, 外国人永久居留身份证, 护照 or 通行证."),
    ),
    "person.number_twice": (
        mark("An earlier row of the file has the same number under another name."),
        _LEFT_OUT,
        mark("Find out whose number it is."),
    ),
    "person.other_name": (
        mark("The register has this number under another name."),
        _LEFT_OUT,
        mark("Find out whose number it is; after a change of name import with --renames."),
    ),
    "person.repeated": (mark("The number stands in an earlier row already."), "", ""),
    "person.sex_contradicts": (
        mark("The number tells another sex; the number counts."),
        _USED,
        "",
    ),
    "person.birth_contradicts": (
        mark("The number tells another date of birth; the number counts."),
        _USED,
        "",
    ),
    "organisation.representative_unread": (
        mark("The number of the representative is wrong and was left empty."),
        _USED,
        mark("Correct it and import the file again."),
    ),
}

IMPORT_PROBLEMS = FILE_PROBLEMS | CATALOGUE_PROBLEMS | REGISTER_PROBLEMS
