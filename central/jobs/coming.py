"""What was published for a later day takes effect on it; a withdrawn item is offered no more."""

from __future__ import annotations

import logging
from functools import partial

from central.catalogue.coming import bring
from central.db import coming, feed
from central.db.coming import Coming
from central.db.engine import Connection
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.log import write_event

_log = logging.getLogger(__name__)


def sweep_coming(central: Central) -> int:
    """Publish what is due by today, in the order of its days; how many. Twice is once."""
    today = central.clock.now().astimezone(OFFICE_ZONE).date()
    with central.database.read() as connection:
        due = coming.list_all(connection, today)
    brought = sum(central.database.commit(partial(_bring, central=central, one=one)) for one in due)
    if brought:
        write_event(_log, "items.effective", count=brought)
    return brought


def _bring(connection: Connection, central: Central, one: Coming) -> int:
    changes = bring(connection, one, central.clock.now())
    feed.announce(connection, changes)
    return len(changes)
