"""Reminders of renewals: noted once for each licence, then offered to the notifier once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from central.db import reminders
from central.db.engine import Connection
from central.db.reminders import Ending, Reminder
from central.notifier import Notifier, find_notifier, notice_of
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.contract.licence import RENEWAL_DAYS
from clerk.errors import StoreError
from clerk.log import write_event
from clerk.rules.renewal import is_to_remind, renew_by

AT_ONCE = 500
LOOKED_AHEAD_DAYS = 400
"""How far ahead licences are looked at; no type's renewal is due earlier than that less a month."""

_log = logging.getLogger(__name__)


def sweep_reminders(central: Central) -> int:
    """Note whom to tell and offer it; how many were noted. Twice is once, by however many."""
    now = central.clock.now()
    noted = _note_all(central, now)
    notifier = find_notifier()
    if notifier is not None:
        _offer_all(central, notifier, now)
    return noted


def _note_all(central: Central, now: datetime) -> int:
    today = now.astimezone(OFFICE_ZONE).date()
    last, after, noted = today + timedelta(days=LOOKED_AHEAD_DAYS), "", 0
    while True:
        with central.database.read() as connection:
            page = reminders.list_ending(connection, today, last, after, AT_ONCE)
        due = [one for one in page if is_to_remind(one.until, _renewal_days(one), today)]
        if due:
            noted += central.database.commit(partial(_note, endings=due, now=now))
        if len(page) < AT_ONCE:
            break
        after = page[-1].licence
    if noted:
        write_event(_log, "reminders.noted", count=noted)
    return noted


def _note(connection: Connection, endings: list[Ending], now: datetime) -> int:
    return sum(reminders.note(connection, one.licence, _reminder(one), now) for one in endings)


def _offer_all(central: Central, notifier: Notifier, now: datetime) -> None:
    """Hand over what is open. Ended midway, one is offered again under the id that it had."""
    with central.database.read() as connection:
        waiting = reminders.list_open(connection, AT_ONCE)
    try:
        for one in waiting:
            notifier.offer(notice_of(one))
            central.database.commit(partial(reminders.note_handed, reminder=one, at=now))
    except StoreError as error:
        write_event(_log, "reminders.not_handed", code=error.code)


def _renewal_days(one: Ending) -> int:
    return one.type.renewal_days if one.type else RENEWAL_DAYS


def _reminder(one: Ending) -> Reminder:
    return Reminder(
        id=f"{one.licence}-{one.until:%Y%m%d}",
        phone=one.phone,
        holder=one.holder_name,
        licence_name=one.type.name if one.type else one.type_id,
        number=one.number,
        office=one.issuer,
        until=one.until,
        renew_by=renew_by(one.until, _renewal_days(one)),
    )
