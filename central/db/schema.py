"""The tables of central, the same for SQLite and PostgreSQL.

What is asked by has a column, the rest lies in its `body`; events, audit and answers only grow.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

import central.db.coming_schema
import central.db.journal_schema
import central.db.load_schema
import central.db.lookup_schema
import central.db.matter_schema
import central.db.package_schema
import central.db.project_schema
import central.db.rating_schema
import central.db.register_schema
import central.db.reminder_schema
import central.db.scan_schema
import central.db.schedule_schema
import central.db.seal_schema
import central.db.setting_schema
import central.db.supervision_schema
import central.db.usual_schema  # noqa: F401 - their tables belong to the one schema
from central.db.columns import Body, Moment, Position
from central.db.metadata import metadata

__all__ = ["metadata"]

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single facts: the generation of this database, the key of digests."""

# The office and its people.

departments = Table(
    "departments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Body, nullable=False),
)

windows = Table(
    "windows",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Body, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""`roles` are the role values with blanks between; `password_hash` is argon2id."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user", String(64), nullable=False, index=True),
    Column("device", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

# The desks.

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("window", String(64), nullable=False, default=""),
    Column("department", String(64), nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("used_at", Moment),
    Column("device", String(64), nullable=False, default=""),
)
"""A code is for a window or for a department, never both; it is used once."""

devices = Table(
    "devices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False, default=""),
    Column("public_key", String(64), nullable=False, unique=True),
    Column("incarnation", Integer, nullable=False, default=1),
    Column("hello_count", BigInteger, nullable=False, default=0),
    Column("last_n", BigInteger, nullable=False, default=0),
    Column("window", String(64), nullable=False, default=""),
    Column("department", String(64), nullable=False, default=""),
    Column("scope_version", Integer, nullable=False, default=1),
    Column("quarantined", Boolean, nullable=False, default=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("seen_at", Moment),
    Column("runs", Text),
    Column("disabled_at", Moment),
)
"""`runs` are the starts heard of last, with blanks between, the present one last."""

device_tokens = Table(
    "device_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("device", String(64), nullable=False, index=True),
    Column("until", Moment, nullable=False),
)

number_leases = Table(
    "number_leases",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=True),
    Column("window", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("device", String(64), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("readopted", Integer, nullable=False, server_default="0"),
    Index("ix_number_leases_window_id", "window", "id"),
    Index("ix_number_leases_device", "device"),
    sqlite_autoincrement=True,
)
"""`readopted`: lent by what a restore has lost, and named by the desk that holds it."""

# The catalogue.

items = Table(
    "items",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("code", String(64), nullable=False, default="", index=True),
    Column("name", Text, nullable=False),
    Column("department", String(64), nullable=False),
    Column("source", String(64), nullable=False, default=""),
    Column("content_hash", String(64), nullable=False),
    Column("effective_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_items_current_id", "current", "id"),
)
"""Every version stays; one of an item's versions is the current one."""

catalogue_parts = Table(
    "catalogue_parts",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("item", String(200), nullable=False, default="", index=True),
    Column("body", Body, nullable=False),
)
"""Imported limits and lists of materials; `item` is empty while they wait for their item."""

bundles = Table(
    "bundles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", Body, nullable=False),
)

licence_types = Table(
    "licence_types",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False, default=1),
    Column("name", Text, nullable=False),
    Column("body", Body, nullable=False),
)

calendars = Table(
    "calendars",
    metadata,
    Column("id", Position, primary_key=True, autoincrement=True),
    Column("version", String(64), nullable=False, unique=True),
    Column("added_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
    sqlite_autoincrement=True,
)
"""The one with the highest id is in force."""

# Registers.

people = Table(
    "people",
    metadata,
    Column("id_number", String(32), primary_key=True),
    Column("id_kind", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("sex", String(8), nullable=False, default=""),
    Column("birth_date", Date),
    Column("address", Text, nullable=False, default=""),
    Column("phone", String(32), nullable=False, default=""),
    Column("source", String(64), nullable=False),
    Column("as_of", Moment, nullable=False),
)

organisations = Table(
    "organisations",
    metadata,
    Column("uscc", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(64), nullable=False, default=""),
    Column("representative_name", Text, nullable=False, default=""),
    Column("representative_id", String(32), nullable=False, default="", index=True),
    Column("address", Text, nullable=False, default=""),
    Column("phone", String(32), nullable=False, default=""),
    Column("established_on", Date),
    Column("status", String(32), nullable=False, default=""),
    Column("source", String(64), nullable=False),
    Column("as_of", Moment, nullable=False),
)

licences = Table(
    "licences",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("type", String(64), nullable=False),
    Column("number", String(128), nullable=False),
    Column("holder_kind", String(32), nullable=False),
    Column("holder_number", String(32), nullable=False, index=True),
    Column("holder_name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("status", String(32), nullable=False),
    Column("ended_as", String(32)),
    Column("case_id", String(64), nullable=False, default="", index=True),
    Column("source", String(64)),
    Column("as_of", Moment),
    UniqueConstraint("type", "number"),
    Index("ix_licences_number", "number"),
    Index("ix_licences_status_valid_until", "status", "valid_until"),
)
"""`ended_as` is what a licence was when its last day was over.

`source` and `as_of` tell whose word it is if it was loaded; one issued here has a case.
"""

cases = Table(
    "cases",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(32), nullable=False, unique=True),
    Column("application", String(64), nullable=False, index=True),
    Column("item", String(200), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("department", String(64), nullable=False),
    Column("window", String(64), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("clock", String(32), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("delivery", String(32), nullable=False),
    Column("step", String(64), nullable=False, default=""),
    Column("applicant_number", String(32), nullable=False, index=True),
    Column("received_on", Date, nullable=False),
    Column("accepted_on", Date),
    Column("declined_on", Date),
    Column("decided_on", Date),
    Column("decided_in", Integer),
    Column("released_on", Date),
    Column("five_days_until", Date),
    Column("promised_due", Date),
    Column("statutory_due", Date),
    Column("stops_until", Date),
    Column("query_password_hash", Text, nullable=False, default=""),
    Column("closed", Boolean, nullable=False, default=False),
    Column("project", String(64), index=True),
    Column("joint_until", Moment, index=True),
    Index("ix_cases_received_on", "received_on"),
    Index("ix_cases_decided_on", "decided_on"),
    Index("ix_cases_item_decided_on", "item", "decided_on"),
    Index("ix_cases_stage_five_days_until", "stage", "five_days_until"),
    Index("ix_cases_stops_until", "stops_until"),
    Index("ix_cases_window_received_on", "window", "received_on"),
    Index("ix_cases_department_received_on", "department", "received_on"),
)
"""What is asked for by column; the truth is in `events`."""

case_audiences = Table(
    "case_audiences",
    metadata,
    Column("audience", String(80), primary_key=True),
    Column("case_id", String(64), primary_key=True),
    Index("ix_case_audiences_case_id", "case_id"),
)
"""Who sees a case now: the labels of its feed rows, for the bootstrap of a scope."""

events = Table(
    "events",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Body, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("case_id", String(64), nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("user", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("body", Body, nullable=False),
    Column("answer", Body),
)
"""The idempotency key comes first in every push; `answer` is set before the commit."""

document_counters = Table(
    "document_counters",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("department", String(64), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("last", Integer, nullable=False),
)

# What others are told, and what is remembered of who did what.

feed = Table(
    "feed",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("audience", String(80), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("entity", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("op", String(8), nullable=False),
    Index("ix_feed_audience_position", "audience", "position"),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Numbered without gaps; each row hashes the one before it."""
