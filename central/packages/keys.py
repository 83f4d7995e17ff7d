"""Keys to packages: one dataset, one subscriber, for a time; shown once and kept as a hash."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from central.db import audit, packages
from central.db.engine import Connection
from central.db.packages import PackageKey
from central.packages.publishing import get_dataset
from central.secrets import hash_token, new_token
from clerk.clock import OFFICE_ZONE
from clerk.errors import InputError, RefusedError

PREFIX = "clerk-package-"
"""What a key begins with, so that one that was left somewhere is known for what it is."""
MOST_DAYS = 366


def give_key(
    connection: Connection, dataset: str, subscriber: str, days: int, told: tuple[datetime, str]
) -> tuple[PackageKey, str]:
    """Make a key for a subscriber of a dataset; the second of the two is the key itself."""
    now, actor = told
    _, defined = get_dataset(connection, dataset)
    if defined.find_subscriber(subscriber) is None:
        raise InputError("dataset.no_such_subscriber", dataset=dataset, subscriber=subscriber)
    if not 0 < days <= MOST_DAYS:
        raise InputError("package.key_days", most=MOST_DAYS)
    text = PREFIX + new_token()
    key = PackageKey(
        id=secrets.token_hex(4),
        dataset=dataset,
        subscriber=subscriber,
        actor=actor,
        created_at=now,
        until=now + timedelta(days=days),
    )
    packages.add_key(connection, key, hash_token(text))
    _note(connection, "package.key_given", key, told)
    return key, text


def revoke_key(connection: Connection, key_id: str, told: tuple[datetime, str]) -> PackageKey:
    """Let a key open nothing any more, from this moment."""
    found = next((one for one in packages.list_keys(connection) if one.id == key_id), None)
    if found is None or not packages.revoke_key(connection, key_id, told[0]):
        raise InputError("package.no_such_key", key=key_id)
    _note(connection, "package.key_revoked", found, told)
    return found


def find_key(connection: Connection, text: str) -> PackageKey:
    """The key that somebody shows, good or not; raises RefusedError `package.key_unknown`."""
    found = packages.find_key(connection, hash_token(text)) if text.startswith(PREFIX) else None
    if found is None:
        raise RefusedError("package.key_unknown")
    return found


def demand_good(connection: Connection, key: PackageKey, now: datetime) -> None:
    """Refuse a key that was revoked or has run out, or whose agreement is over."""
    if key.revoked_at is not None or key.until <= now:
        raise RefusedError("package.key_ended")
    _, dataset = get_dataset(connection, key.dataset)
    subscriber = dataset.find_subscriber(key.subscriber)
    if subscriber is None or not subscriber.is_served_on(now.astimezone(OFFICE_ZONE).date()):
        raise RefusedError("package.agreement_ended")


def _note(connection: Connection, action: str, key: PackageKey, told: tuple[datetime, str]) -> None:
    detail = {"key": key.id, "subscriber": key.subscriber, "until": key.until.isoformat()}
    entry = audit.Entry(
        at=told[0], actor=told[1], action=action, subject=key.dataset, detail=detail
    )
    audit.append(connection, entry)
