"""What was published for a later day takes effect on it; a withdrawn item is offered no more."""

from __future__ import annotations

import logging
from functools import partial

from central.catalogue.coming import bring
from central.catalogue.coming_bundles import bring_bundle
from central.db import coming, feed
from central.db.coming import Coming, ComingBundle
from central.db.engine import Connection
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.errors import InputError
from clerk.log import write_event

_log = logging.getLogger(__name__)


def sweep_coming(central: Central) -> int:
    """Publish what is due by today, items by their days, then bundles; how many. Twice is once.

    What cannot be published stays, and is tried again; it holds up nothing else.
    """
    today = central.clock.now().astimezone(OFFICE_ZONE).date()
    with central.database.read() as connection:
        due: list[Coming | ComingBundle] = [
            *coming.items.list_all(connection, today),
            *coming.bundles.list_all(connection, today),
        ]
    brought = sum(_try(central, one) for one in due)
    if brought:
        write_event(_log, "items.effective", count=brought)
    return brought


def _try(central: Central, one: Coming | ComingBundle) -> int:
    """One of them; `clerk-central catalogue coming` tells what kept it back."""
    try:
        return central.database.commit(partial(_bring, central=central, one=one))
    except InputError as problem:
        name = one.item.id if isinstance(one, Coming) else one.bundle.id
        day = one.on.isoformat()
        write_event(_log, "items.kept_back", item=name, day=day, code=problem.code)
        return 0


def _bring(connection: Connection, central: Central, one: Coming | ComingBundle) -> int:
    now = central.clock.now()
    if isinstance(one, Coming):
        changes = bring(connection, one, now)
    else:
        changes = bring_bundle(connection, one, now)
    feed.announce(connection, changes)
    return len(changes)
