"""What may be wrong with a report that makes itself, and with bringing it where it belongs."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import Row

_NOTHING_KEPT = mark("Nothing was scheduled.")
_NOT_WRITTEN = mark("No report was written.")
_KEPT = mark("The figures are not lost: the report can be made again.")

SCHEDULES: dict[str, Row] = {
    "schedule.at_work": (
        mark("The report {number} is being made at this very moment."),
        _KEPT,
        mark("See how it went with `clerk-central schedule list`."),
    ),
    "schedule.broken_off": (
        mark("The program ended each time while it made the report."),
        _KEPT,
        mark("Look into the log, then run it again with `clerk-central schedule run`."),
    ),
    "schedule.days": (
        mark("“{on}” names no days."),
        _NOTHING_KEPT,
        mark("Give one of these: {known}; or a day of the month, 1 to 31."),
    ),
    "schedule.folder": (
        mark("There is no folder {folder}."),
        _NOT_WRITTEN,
        mark("Make the folder, or connect the drive."),
    ),
    "schedule.folder_closed": (
        mark("Nothing can be written into {folder}: {reason}."),
        _NOT_WRITTEN,
        mark("Let the account that central runs under write there, and make room on the disk."),
    ),
    "schedule.removed": (
        mark("The report was taken off the schedule before it arrived."),
        _NOT_WRITTEN,
        "",
    ),
    "schedule.secret": (
        mark("There is no secret where --secret points."),
        _NOTHING_KEPT,
        mark("Give env:NAME or file:PATH; the file holds the secret in one line."),
    ),
    "schedule.span": (
        mark("“{span}” is no span of days."),
        _NOTHING_KEPT,
        mark("Give one of these: {known}."),
    ),
    "schedule.template": (
        mark("The office's workbook “{reason}” does not fit the report any more."),
        _KEPT,
        mark("Check it with `clerk-central report REPORT --check FILE` and keep it anew."),
    ),
    "schedule.time": (
        mark("“{at}” is no time of day."),
        _NOTHING_KEPT,
        mark("Write hours and minutes, such as 07:30."),
    ),
    "schedule.unknown": (
        mark("No report is scheduled under {number}."),
        "",
        mark("`clerk-central schedule list` shows the numbers."),
    ),
    "schedule.url": (
        mark("A report cannot be sent to this address."),
        _NOTHING_KEPT,
        mark(
            "Give one that begins with https://, without user name and password; http:// is for "
            "this machine alone."
        ),
    ),
    "webhook.down": (
        mark("The webhook could not be reached."),
        _KEPT,
        mark("See whether its server runs and its certificate is trusted here."),
    ),
    "webhook.late": (
        mark("The webhook did not answer in time."),
        _KEPT,
        mark("See whether its server is overloaded."),
    ),
    "webhook.refused": (
        mark("The webhook did not take the report ({reason})."),
        _KEPT,
        mark("Ask whoever runs it; it may want another address or secret."),
    ),
    "webhook.secret": (
        mark("The secret of the webhook cannot be read."),
        _KEPT,
        mark("Put it where the schedule says, for the account that central runs under."),
    ),
}
