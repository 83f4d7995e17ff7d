"""What was published for a later day takes effect on it; a withdrawn item is offered no more."""

from __future__ import annotations

import logging
from functools import partial

from central.catalogue.coming import bring
from central.catalogue.coming_bundles import bring_bundle
from central.db import coming, feed, findings
from central.db.coming import Coming, ComingBundle
from central.db.engine import Connection
from central.service import Central
from central.watching.policy import get_policy
from clerk.clock import OFFICE_ZONE
from clerk.contract.item import Bundle, Item
from clerk.errors import InputError
from clerk.log import write_event
from clerk.rules.supervision.kept_back import KeptBack, find_kept_back
from clerk.rules.supervision.patterns import ActiveRules

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
    """One of them; what keeps it back is a finding, and `catalogue coming` tells it too."""
    try:
        return central.database.commit(partial(_bring, central=central, one=one))
    except InputError as problem:
        entry = _entry_of(one)
        write_event(
            _log, "items.kept_back", item=entry.id, day=one.on.isoformat(), code=problem.code
        )
        central.metrics.count("clerk_kept_back_total", code=problem.code)
        central.database.commit(partial(_tell, central=central, one=one, problem=problem))
        return 0


def _tell(
    connection: Connection, central: Central, one: Coming | ComingBundle, problem: InputError
) -> None:
    """Put before the auditor, once, what should have changed and did not."""
    entry, now = _entry_of(one), central.clock.now()
    kept = KeptBack(
        entry=entry.id,
        name=entry.name,
        on=one.on,
        put_by=one.actor,
        code=problem.code,
        parameters=problem.parameters,
    )
    found = find_kept_back(kept, now, ActiveRules(get_policy(connection).patterns))
    new = findings.add(connection, found, now)
    feed.announce(connection, [findings.change_of(one) for one in new])


def _entry_of(one: Coming | ComingBundle) -> Item | Bundle:
    return one.item if isinstance(one, Coming) else one.bundle


def _bring(connection: Connection, central: Central, one: Coming | ComingBundle) -> int:
    now = central.clock.now()
    if isinstance(one, Coming):
        changes = bring(connection, one, now)
    else:
        changes = bring_bundle(connection, one, now)
    feed.announce(connection, changes)
    return len(changes)
