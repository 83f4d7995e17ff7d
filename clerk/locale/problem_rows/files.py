"""What may be wrong with a file that is imported, as a whole, and with central's set-up."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import NOTHING_READ, Row

_SAMPLE = mark("The sample catalogue was not imported.")
_MEND = mark("Mend the file and import it again.")

FILES: dict[str, Row] = {
    "backup.in_use": (
        mark("Central is still at work on this database."),
        mark("Nothing was changed."),
        mark("Stop central first, then restore."),
    ),
    "backup.of_server": (
        mark("A PostgreSQL server is backed up by its own programs."),
        mark("Nothing was changed."),
        mark("Use pg_dump and pg_restore, then run `clerk-central restore` without a file."),
    ),
    "backup.unreadable": (
        mark("{path} is no whole backup of central."),
        mark("Nothing was changed."),
        mark("Take an older backup."),
    ),
    "calendar.day_unreadable": (
        mark("This is no date."),
        NOTHING_READ,
        mark("Write dates as 2027-01-01."),
    ),
    "calendar.kind_unknown": (
        mark("This kind of day is not known."),
        NOTHING_READ,
        mark("Write holiday (节假日) or makeup_workday (调休上班)."),
    ),
    "calendar.makeup_on_weekday": (
        mark("{day} is a weekday; a make-up day is worked on a weekend."),
        NOTHING_READ,
        mark("Check it against the State Council's notice."),
    ),
    "calendar.not_whole": (
        mark("The year {year} is not whole: {day} is a holiday in every year."),
        NOTHING_READ,
        mark("Put all holidays and make-up days of the year into the file."),
    ),
    "calendar.empty": (
        mark("The calendar {version} names no holiday and no make-up day."),
        NOTHING_READ,
        mark("Import the calendar of a whole year."),
    ),
    "calendar.kind": (
        mark("{day} is neither a holiday nor a make-up day, but “{kind}”."),
        NOTHING_READ,
        mark("List only holidays and make-up days."),
    ),
    "calendar.none": (
        mark("Central has no calendar of working days yet."),
        "",
        mark("Import one, then try again."),
    ),
    "calendar.two-kinds": (
        mark("{day} stands in the calendar as a holiday and as a make-up day."),
        NOTHING_READ,
        mark("Leave the right one."),
    ),
    "calendar.year-missing": (
        mark("The calendar leaves out the year {year}."),
        NOTHING_READ,
        mark("Add that year."),
    ),
    "department.unknown": (
        mark("There is no department “{department}”."),
        "",
        mark("Check its name, or import its items first."),
    ),
    "file.binary": (
        mark("{file} is not a text file and no Excel workbook."),
        NOTHING_READ,
        mark("Save it as .csv or .xlsx."),
    ),
    "file.broken_sheet": (
        mark("The sheet “{sheet}” cannot be read."),
        NOTHING_READ,
        mark("Open the workbook in Excel, save it again, and import that."),
    ),
    "file.broken_workbook": (
        mark("{file} is a damaged workbook."),
        NOTHING_READ,
        mark("Open it in Excel, save it again, and import that."),
    ),
    "file.empty": (mark("{file} is empty."), NOTHING_READ, mark("Choose another file.")),
    "file.encoding": (
        mark("{file} is not in the encoding {encoding} that it says it is in."),
        NOTHING_READ,
        mark("Save it as UTF-8 or GB18030."),
    ),
    "file.encoding_unknown": (
        mark("{file} is neither UTF-8 nor GB18030; line {line} cannot be read."),
        NOTHING_READ,
        mark("Save it as UTF-8 or GB18030."),
    ),
    "file.no_header": (
        mark("No row of {file} has the column names that are expected."),
        NOTHING_READ,
        mark("Put the names of the columns in the first row."),
    ),
    "file.no_rows": (
        mark("The file has a header and no rows."),
        NOTHING_READ,
        mark("Check that it is the right file."),
    ),
    "file.nul": (
        mark("{file} holds a NUL character in line {line}."),
        NOTHING_READ,
        mark("Save it anew from the program that it came from."),
    ),
    "file.old_excel": (
        mark("{file} is a workbook of the old kind (.xls)."),
        NOTHING_READ,
        mark("Save it as .xlsx."),
    ),
    "file.quotes": (
        mark("The quotation marks of {file} do not close; look at line {line}."),
        NOTHING_READ,
        _MEND,
    ),
    "file.too_large": (
        mark("{file} is larger than {most_mb} MB."),
        NOTHING_READ,
        mark("Split it."),
    ),
    "file.too_many_cells": (
        mark("{file} has more than {most} cells."),
        NOTHING_READ,
        mark("Split it, or delete the empty columns."),
    ),
    "system.refused": (
        mark("The system refuses {file}: {reason}."),
        "",
        mark("Check the name, the rights and the free space, then try again."),
    ),
    "serve.address": (
        mark("Central cannot listen at {host}:{port}: {reason}."),
        "",
        mark("Name another address with --host, or another port with --port (1 to 65535)."),
    ),
    "file.unwritable": (
        mark("{file} cannot be written: {reason}."),
        mark("What was read so far is in the register."),
        mark("Give another place with --errors, and import again: it goes on there."),
    ),
    "import.elsewhere": (
        mark("Another process is importing {name} at this moment."),
        mark("What it has read is in the register, and nothing is doubled."),
        mark("Wait until it has ended; `clerk-central import list` tells how far it is."),
    ),
    "import.errors_over_input": (
        mark("{file} is the file that is to be imported."),
        NOTHING_READ,
        mark("Name another file with --errors, or none."),
    ),
    "import.folder_empty": (
        mark("The folder {folder} has no CSV file and no workbook."),
        NOTHING_READ,
        mark("Give the folder in which they are."),
    ),
    "file.unreadable": (
        mark("{file} cannot be read: {reason}."),
        NOTHING_READ,
        mark("Check the name and the rights of the file."),
    ),
    "sample.not_a_number": (
        mark("{file}: {key} is not a number."),
        _SAMPLE,
        _MEND,
    ),
    "sample.not_toml": (mark("{file} is not TOML: {place}."), _SAMPLE, _MEND),
    "sample.not_yes_or_no": (mark("{file}: {key} is neither yes nor no."), _SAMPLE, _MEND),
    "sample.unknown_department": (
        mark("{file}: {key} names a department that is not there."),
        _SAMPLE,
        _MEND,
    ),
    "sample.unknown_item": (
        mark("{file}: “{key}” is an item that is not there."),
        _SAMPLE,
        _MEND,
    ),
    "sample.unknown_key": (mark("{file}: the key “{key}” is not known."), _SAMPLE, _MEND),
    "sample.unknown_licence_type": (
        mark("{file}: {key} names a licence type that is not there."),
        _SAMPLE,
        _MEND,
    ),
    "sample.unknown_shared": (
        mark("{file}: “{key}” is a shared material that is not there."),
        _SAMPLE,
        _MEND,
    ),
    "sample.wrong_value": (mark("{file}: {key} cannot be so: {problem}."), _SAMPLE, _MEND),
    "sample.wrong_width": (
        mark("{file}: {key} has more or fewer columns than the header."),
        _SAMPLE,
        _MEND,
    ),
    "password.differs": (
        mark("The two passwords are not the same."),
        "",
        mark("Type the password twice."),
    ),
    "password.too_short": (
        mark("The password is too short: it needs {least} characters."),
        "",
        mark("Choose a longer one."),
    ),
    "user.department_missing": (
        mark("Somebody with such a role belongs to a department."),
        "",
        mark("Name the department."),
    ),
    "user.known_otherwise": (
        mark("“{login}” is known otherwise: a list changes nobody who is there."),
        NOTHING_READ,
        mark("Write the row as the person is known (`user list`), or take it out."),
    ),
    "user.login_disabled": (
        mark("“{login}” was let go and signs in no more."),
        NOTHING_READ,
        mark("Choose another login, or take the row out."),
    ),
    "user.login_twice": (
        mark("The login “{login}” stands in row {first_row} already."),
        NOTHING_READ,
        mark("Give each person a login of their own."),
    ),
    "user.name_missing": (
        mark("The person has no name."),
        NOTHING_READ,
        mark("Write how others see them."),
    ),
    "user.role_missing": (
        mark("Nothing says what the person is there for."),
        NOTHING_READ,
        mark("Write at least one role."),
    ),
    "user.role_unknown": (
        mark("“{text}” is no role."),
        NOTHING_READ,
        mark("Write one that the template offers; several with semicolons between."),
    ),
    "users.none_in_file": (
        mark("{file} names nobody."),
        NOTHING_READ,
        mark("Write one person in each row below the head."),
    ),
    "user.login_invalid": (
        mark("“{login}” cannot be a login."),
        "",
        mark("Use letters, digits and dots, without spaces."),
    ),
    "user.login_taken": (
        mark("The login “{login}” belongs to somebody else."),
        "",
        mark("Choose another one."),
    ),
    "user.offices_separated": (
        mark("System, security and audit are never one person's: {roles}."),
        "",
        mark("Grant one of these roles only."),
    ),
    "window.unknown": (
        mark("There is no window “{window}”."),
        "",
        mark("Check its name, or make it first."),
    ),
}
