"""Every error that central answers with: its code, its status, and what it means.

The sentences describe the interface to programmers; people read the desk's translations.
"""

from __future__ import annotations

from clerk.contract.sync import Problem
from clerk.errors import ClerkError, InputError, RefusedError, StoreError, UnreachableError

PROBLEMS: dict[str, tuple[int, str]] = {
    "applicant.number_invalid": (422, "The ID number is not a right number of its kind."),
    "applicant.number_old": (422, "The unified social credit code has replaced this number."),
    "blob.awaited": (404, "The scan belongs to a case, but its bytes have not come yet."),
    "blob.hash_wrong": (422, "The bytes have another SHA-256; they were thrown away."),
    "blob.malformed": (422, "Offset, length and bytes do not go together."),
    "blob.offset": (409, "The upload stands at `offset`; go on from there."),
    "blob.quota": (429, "This desk has too many unfinished uploads; try again later."),
    "blob.range": (416, "The scan, of `size` bytes, has no such range."),
    "blob.too_large": (413, "A scan has `most_bytes` at most."),
    "blob.type": (415, "Only JPEG, PNG and PDF are taken, by what the bytes begin with."),
    "blob.unknown": (404, "No case that this desk sees has such a scan."),
    "blobs.unavailable": (503, "The object store does not answer."),
    "body.encoding": (415, "The request body is compressed, which is not understood."),
    "body.invalid": (422, "The JSON is not what this call takes; `at` says where."),
    "body.malformed": (400, "The request body is not JSON."),
    "body.too_large": (413, "The request body is larger than `most_bytes`."),
    "bootstrap.key_unknown": (422, "The key was not given out by an earlier page."),
    "calendar.none": (503, "No calendar of working days was imported yet."),
    "case.unknown": (404, "There is no such case, or this desk does not see it."),
    "case_number.character": (422, "A case number is digits only."),
    "case_number.check_digit": (422, "The check digit of the case number is wrong."),
    "case_number.date": (422, "The case number begins with no date."),
    "case_number.length": (422, "A case number has 15 digits."),
    "case_number.sequence": (422, "The case number has the sequence 0."),
    "case_number.window": (422, "The case number names the window 0."),
    "central.busy": (503, "Too much waits already; try again after Retry-After."),
    "central.unexpected": (500, "Something went wrong here; the log knows it by the request id."),
    "database.file": (503, "The database file cannot be opened or written."),
    "database.not_initialised": (503, "Run `clerk-central init` first."),
    "database.unavailable": (503, "The database does not answer."),
    "device.disabled": (403, "The desk was disabled."),
    "device.mismatch": (403, "The push names another desk or incarnation than its token."),
    "device.quarantined": (403, "The desk was copied or set back and is kept away."),
    "device.unknown": (403, "There is no such desk."),
    "enrolment.code_unknown": (403, "The one-time code is wrong or has run out."),
    "enrolment.code_used": (403, "The one-time code was used by another desk."),
    "enrolment.key_invalid": (422, "The public key is not 32 bytes in base64."),
    "http.method_not_allowed": (405, "This path has other methods."),
    "http.not_found": (404, "There is nothing at this path."),
    "lookup.not_of_case": (403, "The number looked up is not the applicant's of that case."),
    "lookup.other_number": (403, "This is not the number that the look was made for."),
    "lookup.over": (403, "The look was made too long ago; make another."),
    "lookup.subject_missing": (422, "A lookup names the draft or the case that it is for."),
    "lookup.unknown": (404, "There is no such look, or it was not made by this user here."),
    "matter.not_yours": (403, "Who brought it is told to those who answer for it, or tell it."),
    "matter.unknown": (404, "There is no such matter, or this desk does not see it."),
    "outbox.file_unreadable": (422, "The sealed outbox was not sealed for this central."),
    "package.agreement_ended": (403, "The agreement with this subscriber is over."),
    "package.key_ended": (403, "The key was revoked or has run out."),
    "package.key_unknown": (401, "Authorization holds no key to a data package."),
    "package.unknown": (404, "This key opens no such dataset, version or file."),
    "progress.unknown": (404, "No case has this number with this password."),
    "project.nothing_asked": (422, "Neither a case number nor an ID number was given."),
    "project.unknown": (404, "There is no such bundle application, or this desk does not see it."),
    "pull.cursor_invalid": (422, "Cursor and wait are whole numbers, not negative."),
    "push.envelope_malformed": (422, "A command's envelope has impossible ids, n or time."),
    "push.too_many": (413, "More commands than `most` in one push."),
    "find.nothing_asked": (422, "Neither a case number nor an ID number was given."),
    "ready.nothing_asked": (422, "Neither a case number nor an ID number was given."),
    "reason.missing": (422, "This needs a reason."),
    "register.not_needed": (403, "Neither role nor items need anything of this register."),
    "register.unknown": (404, "There is no such register, or it is not asked at present."),
    "report.period": (422, "The period is no two days in order, or longer than `most_days`."),
    "report.unknown": (422, "There is no report of the key `report`; there are `known`."),
    "session.expired": (401, "Nobody is signed in, or somebody other than the command's user."),
    "session.too_many_attempts": (429, "Too many wrong passwords; try again after Retry-After."),
    "session.elsewhere": (403, "This user has no work at this desk."),
    "session.wrong_password": (401, "Login or password are wrong, or the user is disabled."),
    "signature.wrong": (401, "The message was not signed with the desk's key."),
    "template.not_kept": (404, "No workbook of this `name` is kept for `report`; `known` are."),
    "token.expired": (401, "The desk's token is unknown or has run out; say hello again."),
    "user.role_needed": (403, "The user has none of the roles `role`."),
    "verification.too_many": (429, "Too many looks from one address; try after Retry-After."),
    "verification.unknown": (404, "There is no such licence, or the check digits are wrong."),
    "watched.query": (422, "The key was not given out by an earlier page, or `asked` is unknown."),
    "window.unknown": (422, "There is no such window."),
}

RETRIED = frozenset({429, 503})
"""Statuses that come with Retry-After."""

_BY_KIND: tuple[tuple[type[ClerkError], int], ...] = (
    (RefusedError, 403),
    (InputError, 422),
    (UnreachableError, 503),
    (StoreError, 503),
)


def status_of(error: ClerkError) -> int:
    """The status of an error, by its code or else by its kind."""
    if error.code in PROBLEMS:
        return PROBLEMS[error.code][0]
    return next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)


def describe(error: ClerkError, request_id: str) -> Problem:
    """An error as it goes over the line."""
    return Problem(code=error.code, parameters=error.told, request_id=request_id)
