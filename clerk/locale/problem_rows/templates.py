"""What may be wrong with the office's own workbook, which a report is filled into."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import Row

_SAFE = mark("No file was written, and the workbook of the office is as it was.")
_MEND = mark("Mend it in Excel and check it with `clerk report --check FILE`.")
_SAVE = mark("Open it in Excel, save it as .xlsx without a password or macros, and try again.")

TEMPLATES: dict[str, Row] = {
    "template.unreadable": (
        mark("The file {file} cannot be read."),
        _SAFE,
        mark("Check its name and folder, and that you may read it."),
    ),
    "template.broken": (mark("{file} is no whole Excel workbook."), _SAFE, _SAVE),
    "template.locked": (mark("{file} has a password or is of the old form .xls."), _SAFE, _SAVE),
    "template.macros": (
        mark("{file} holds macros, which nobody here can vouch for."),
        _SAFE,
        _SAVE,
    ),
    "template.too_large": (
        mark("{file} is too large for a workbook to fill: at most 50 MB."),
        _SAFE,
        mark("Take pictures and old data out of it, and try again."),
    ),
    "template.onto_itself": (
        mark("{file} would be overwritten by what it is filled into."),
        _SAFE,
        mark("Name another file to write."),
    ),
    "template.empty": (
        mark("The workbook asks for nothing: there is no placeholder and no named cell in it."),
        _SAFE,
        mark("Write a placeholder such as {{{{received}}}} into a cell."),
    ),
    "template.unknown": (
        mark("{sheet}!{cell}: this report has nothing called {text}."),
        _SAFE,
        mark("It has these: {known}."),
    ),
    "template.dimension": (
        mark("{sheet}!{cell}: {text} counts by what this report does not count by."),
        _SAFE,
        mark("It counts by these: {known}."),
    ),
    "template.name_unknown": (
        mark("{sheet}!{cell}: {text} asks for “{name}”, which there cannot be."),
        _SAFE,
        mark("There are these: {known}."),
    ),
    "template.unclosed": (
        mark("{sheet}!{cell}: a placeholder is not closed."),
        _SAFE,
        mark("It begins with two braces and ends with two."),
    ),
    "template.in_formula": (
        mark("{sheet}!{cell}: a placeholder stands within a formula."),
        _SAFE,
        mark("Put it into a cell of its own and let the formula refer to that cell."),
    ),
    "template.two_repeats": (
        mark("{sheet}!{cell}: one row is to be repeated by two things."),
        _SAFE,
        mark("Give each of them a row of its own."),
    ),
    "template.name_place": (
        mark("The name {name} is not that of one cell: {place}."),
        _SAFE,
        mark("Let it name one cell, or call it something else."),
    ),
    "template.name_taken": (
        mark("{sheet}!{cell}: the cell named {name} holds a formula or lies in a repeated row."),
        _SAFE,
        mark("Give the name to an empty cell, or call it something else."),
    ),
    "template.elsewhere": (
        mark("A placeholder stands where none is filled: {part}."),
        _SAFE,
        mark("Put it into a cell; the title of a chart can refer to that cell."),
    ),
    "template.pivot": (
        mark("On {sheet} there are a repeated row and a pivot table, which would not move."),
        _SAFE,
        mark("Put the pivot table on a sheet of its own."),
    ),
    "template.formula_unread": (mark("A formula on {sheet} cannot be read."), _SAFE, _MEND),
    "template.name": (
        mark("A workbook cannot be kept as “{name}”."),
        mark("Nothing was kept."),
        mark("Give it a name of at most {most} characters, without / and the like: --name NAME."),
    ),
    "template.too_large_to_keep": (
        mark("{file} is too large to be kept for all desks: at most {most} MB."),
        mark("Nothing was kept."),
        mark("Take pictures and old data out of it, or fill it from its file."),
    ),
    "template.not_kept": (
        mark("Central keeps no workbook “{name}” for the report {report}."),
        "",
        mark("It keeps these: {known}. `clerk-central report-template add` keeps another."),
    ),
    "template.scheduled": (
        mark("“{name}” is what the scheduled reports {numbers} are filled into."),
        mark("It is kept as it was."),
        mark("Take them off first: `clerk-central schedule remove NUMBER`."),
    ),
    "template.too_many_rows": (
        mark("{sheet} would have more rows than Excel has room for."),
        _SAFE,
        mark("Choose a shorter period, or repeat by something else."),
    ),
}
