"""Sentences that many rows say: mostly what is safe."""

from __future__ import annotations

from clerk.locale import mark

Row = tuple[str, str, str]
"""What happened, what is safe, what to do. The first is never empty."""

KEPT = mark("What was typed is kept.")
UNCHANGED = mark("The case is as it was.")
NOTHING_SENT = mark("Nothing was sent or changed.")
NOTHING_READ = mark("Nothing was imported from this file.")
ROW_USED = mark("The row was imported.")
ROW_LEFT = mark("This row was left out; the others are not touched by it.")
COMPARE = mark("Compare it with the document.")
TELL = mark("Tell the administrator.")
