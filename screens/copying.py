"""What stands in a list goes onto the clipboard; numbers of people stay masked there."""

from __future__ import annotations

from clerk.locale import _
from clerk.rules.identifiers.masking import scrub
from screens.base import DeskScreen
from screens.widgets.listing import Listing
from screens.widgets.rows import GroupedRows


def copy_row(screen: DeskScreen, listing: Listing) -> None:
    """Copy the row under the cursor, as a spreadsheet takes it."""
    source, cursor = listing.source, listing.cursor
    if source is None or cursor >= len(source):
        screen.app.warn(_("There is no row under the cursor."))
        return
    cells = source.whole(cursor) if isinstance(source, GroupedRows) else source.cells(cursor)
    screen.app.copy_to_clipboard(scrub("\t".join(" ".join(cell.split()) for cell in cells)))
    screen.app.say(_("{count} rows are copied.").format(count=1))
