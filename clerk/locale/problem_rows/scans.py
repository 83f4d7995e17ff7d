"""What may be wrong with scans: the file, the case, and the way to central."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import TELL, UNCHANGED, Row

_NOT_ADDED = mark("The scan was not added; the case is as it was.")
_STAYS = mark("The scan stays on this machine and is sent again by itself.")
_SCAN_ANEW = mark("Scan the paper again, or choose another file.")

SCANS: dict[str, Row] = {
    "blob.awaited": (
        mark("This scan has not reached central yet."),
        mark("The desk that took it still has it."),
        mark("Try again later; it is sent by itself."),
    ),
    "blob.hash_wrong": (
        mark("A scan came to central other than it was sent."),
        _STAYS,
        "",
    ),
    "blob.malformed": (mark("Central did not understand how a scan was sent."), _STAYS, TELL),
    "blob.offset": (mark("Central has another part of the scan than was sent."), _STAYS, ""),
    "blob.quota": (
        mark("Too many scans of this desk are half-way to central."),
        _STAYS,
        mark("Central clears away what never ends; nothing is to be done here."),
    ),
    "blob.range": (mark("The scan has no such part."), "", _SCAN_ANEW),
    "blob.too_large": (
        mark("The scan is larger than central takes: {most_bytes} bytes at most."),
        mark("The case is complete without its bytes; they are only on this machine."),
        mark("Scan the paper with fewer dots per inch."),
    ),
    "blob.type": (
        mark("Central takes pictures and PDF files only."),
        mark("The case is complete without its bytes; they are only on this machine."),
        _SCAN_ANEW,
    ),
    "blob.unknown": (
        mark("Central knows no such scan, or this desk does not see its case."),
        UNCHANGED,
        mark("Refresh (F5) and look again."),
    ),
    "blobs.limit": (
        mark("The setting {variable} is no number of bytes."),
        "",
        mark("Set a whole number above 0, or leave it out."),
    ),
    "blobs.unavailable": (mark("Central's store of scans does not answer."), _STAYS, TELL),
    "blobs.url": (
        mark("The address of the store of scans cannot be used."),
        "",
        mark("Set CLERK_BLOBS to file:///folder or s3://bucket/prefix."),
    ),
    "case.closed": (
        mark("Case {number} is closed."),
        UNCHANGED,
        mark("Nothing more is put to it."),
    ),
    "scan.attached_already": (
        mark("This very scan belongs to case {number} already."),
        UNCHANGED,
        mark("Choose another file if it is another paper."),
    ),
    "scan.damaged": (
        mark("The scan that came is not the one that was taken."),
        mark("It was thrown away and is not shown."),
        mark("Try again; if it happens once more, tell the administrator."),
    ),
    "scan.disk_full": (
        mark("There is not enough room on this machine for the scan."),
        _NOT_ADDED,
        mark("Free some room, or let what waits be sent first."),
    ),
    "scan.empty": (mark("The file is empty."), _NOT_ADDED, _SCAN_ANEW),
    "scan.malformed": (mark("The scan is described wrongly."), _NOT_ADDED, TELL),
    "scan.pdf_active": (
        mark("The file is a PDF that can run something or carries other files."),
        _NOT_ADDED,
        mark("Print it and scan the paper."),
    ),
    "scan.pdf_locked": (
        mark("The file is a PDF that is locked with a password."),
        _NOT_ADDED,
        mark("Print it and scan the paper."),
    ),
    "scan.picture_too_large": (
        mark("The picture has more dots than can be opened safely."),
        _NOT_ADDED,
        mark("Scan the paper with fewer dots per inch."),
    ),
    "scan.too_large": (
        mark("The file is larger than {most_mib} MiB."),
        _NOT_ADDED,
        mark("Scan the paper with fewer dots per inch."),
    ),
    "scan.too_many": (
        mark("A case has {most} scans at most."),
        _NOT_ADDED,
        mark("Put several pages into one PDF."),
    ),
    "scan.too_much_waits": (
        mark("Scans of {most_mib} MiB wait on this machine already."),
        _NOT_ADDED,
        mark("See that the line is up, and let them be sent first (F6)."),
    ),
    "scan.type": (
        mark("That is no picture and no PDF file."),
        _NOT_ADDED,
        mark("Scan the paper as JPEG, PNG, TIFF or PDF."),
    ),
    "scan.unknown": (mark("This case has no such scan."), UNCHANGED, mark("Refresh (F5).")),
    "scan.unreadable": (
        mark("The file cannot be read."),
        _NOT_ADDED,
        _SCAN_ANEW,
    ),
}
