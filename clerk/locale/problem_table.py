"""Every problem code with its three sentences: what happened, what is safe, what to do.

The sentences are marked here and translated when they are told. A test finds a code that the
program can raise and that has no row.
"""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.import_problems import IMPORT_PROBLEMS

PROBLEMS: dict[str, tuple[str, str, str]] = {
    **IMPORT_PROBLEMS,
    "desk.unexpected": (
        mark("The program met something that it does not know."),
        mark("What was typed is kept."),
        mark("Try once more; if it comes again, tell the administrator the time."),
    ),
}
