"""What stands in a list goes onto the clipboard; numbers of people stay masked there."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.locale import _, _n
from clerk.rules.identifiers.masking import scrub
from screens.base import DeskScreen


def copy_rows(screen: DeskScreen, rows: Sequence[Sequence[str]]) -> None:
    """Copy these rows, as a spreadsheet takes them."""
    if not rows:
        screen.app.warn(_("There is no row under the cursor."))
        return
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    screen.app.copy_to_clipboard(scrub("\n".join(lines)))
    screen.app.say(
        _n("{count} row is copied.", "{count} rows are copied.", len(rows)).format(count=len(rows))
    )
