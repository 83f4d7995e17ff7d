"""The calls about matters: those of the whole centre for whoever watches, and whom to call."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from central import access
from central.access import Caller
from central.acts.mattering import show_contact
from central.db import matters
from central.http.asked import Asked
from central.service import Central
from clerk.contract.matter import AskContact, ContactGiven, MatterRecord
from clerk.rules.matter import fold_matter
from clerk.rules.matter.privacy import masked_matter
from clerk.rules.matter.who import WATCHING, sees_matter

SHOWN_DAYS = 90
"""Of those that nobody waits for any more; older ones are told by the report."""


def list_matters(central: Central, asked: Asked) -> tuple[MatterRecord, ...]:
    """Matters within somebody's sight, from all desks: those that are open, and newer ones."""
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        access.demand_role(caller.user, WATCHING)
        found = matters.list_since(connection, caller.now - timedelta(days=SHOWN_DAYS))
    seen = (one for one in found if sees_matter(fold_matter(one), caller.user))
    return tuple(map(masked_matter, seen))


def give_contact(central: Central, asked: Asked) -> ContactGiven:
    """Who brought a matter, with the number whole, for a reason."""
    ask = asked.decode(AskContact)
    with central.database.read() as connection:
        caller: Caller = asked.get_caller(connection)
    matter_id = asked.path["matter_id"]
    return central.database.commit(
        partial(show_contact, matter_id=matter_id, ask=ask, caller=caller)
    )
