"""The office's settings as the feed carries them, each under its name with its version."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select

from central.db import dialect
from central.db.engine import Connection
from central.db.feed import Change
from central.db.setting_schema import settings
from clerk.contract.setting import (
    CLOCK_CHOICES,
    MATTER_CHOICES,
    RATING_CHOICE,
    ClockChoices,
    MatterChoices,
    RatingChoice,
    read_setting,
)
from clerk.contract.sync import EntityKind


def put(connection: Connection, setting_id: str, value: object, at: datetime) -> Change:
    """Set one, as its next version; announce what is returned."""
    known = select(settings.c.version).where(settings.c.id == setting_id).with_for_update()
    version = (connection.execute(known).scalar() or 0) + 1
    row = {"id": setting_id, "version": version, "changed_at": at}
    dialect.put(connection, settings, {**row, "body": msgspec.json.encode(value)})
    return Change(kind=EntityKind.SETTING, id=setting_id, version=version)


def find_body(connection: Connection, setting_id: str) -> bytes | None:
    """One setting, undecoded; nothing where it has its default."""
    statement = select(settings.c.body).where(settings.c.id == setting_id)
    return connection.execute(statement).scalar()


def get_choices(connection: Connection) -> ClockChoices:
    """How the office counts."""
    return read_setting(find_body(connection, CLOCK_CHOICES), ClockChoices)


def get_matter_choices(connection: Connection) -> MatterChoices:
    """The office's limits of matters (诉求)."""
    return read_setting(find_body(connection, MATTER_CHOICES), MatterChoices)


def get_rating_choice(connection: Connection) -> RatingChoice:
    """Where applicants rate."""
    return read_setting(find_body(connection, RATING_CHOICE), RatingChoice)
