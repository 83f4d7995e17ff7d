"""The tables of supervision: open cases with their light plans, their counts, the findings.

All of it is derived from the feed's cases and can be counted anew (central.watching.following).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

watch_state = Table(
    "watch_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("cursor", BigInteger, nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("calendar", String(64), nullable=False),
)
"""One row: how far the feed was followed, and a number that grows with each change here."""

watched = Table(
    "watched",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(32), nullable=False),
    Column("item_name", Text, nullable=False),
    Column("department", String(64), nullable=False),
    Column("window", String(64), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("step", Text, nullable=False),
    Column("holder_name", Text, nullable=False),
    Column("holder_until", Moment),
    Column("received_at", Moment, nullable=False),
    Column("promised_due", Date),
    Column("statutory_due", Date),
    Column("grey_until", Moment),
    Column("yellow_from", Moment),
    Column("red_from", Moment),
    Column("statutory_grey_until", Moment),
    Column("statutory_yellow_from", Moment),
    Column("statutory_red_from", Moment),
    Column("light", String(8), nullable=False),
    Column("statutory_light", String(8), nullable=False),
    Column("turns_at", Moment),
    Column("sort_at", Moment, nullable=False),
    Column("calendar", String(64), nullable=False),
    Column("asked", String(32), nullable=False),
    Column("ask_due", Date),
    Column("escalated_to", String(32), nullable=False),
    Column("escalates_at", Moment),
    Index("ix_watched_turns_at", "turns_at"),
    Index("ix_watched_escalates_at", "escalates_at"),
    Index("ix_watched_sort_at", "sort_at", "case_id"),
    Index("ix_watched_department", "department", "sort_at", "case_id"),
    Index("ix_watched_light", "light", "sort_at", "case_id"),
    Index("ix_watched_asked", "asked", "sort_at", "case_id"),
    Index("ix_watched_escalated_to", "escalated_to", "sort_at", "case_id"),
    Index("ix_watched_calendar", "calendar"),
)
"""`light` is what it was when last turned: it is right until `turns_at`."""

light_counts = Table(
    "light_counts",
    metadata,
    Column("department", String(64), primary_key=True),
    Column("stage", String(32), primary_key=True),
    Column("step", String(200), primary_key=True),
    Column("light", String(8), primary_key=True),
    Column("statutory_light", String(8), primary_key=True),
    Column("cases", BigInteger, nullable=False),
)
"""How many rows of `watched` are alike; kept with each change, never added up anew."""

findings = Table(
    "findings",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("rule", String(8), nullable=False),
    Column("case_id", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_findings_at", "at"),
    Index("ix_findings_actor", "actor", "at"),
    Index("ix_findings_case_id", "case_id"),
)
"""What an auditor may want to look at, each thing once; looking into it makes a new version."""
