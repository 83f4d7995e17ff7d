"""The tables of reports that make themselves, and of the workbooks that they are filled into."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

report_schedules = Table(
    "report_schedules",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("added_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("body", Body, nullable=False),
)
"""What is due after `since` is still to be made. One that was removed keeps its number."""

report_runs = Table(
    "report_runs",
    metadata,
    Column("schedule", Integer, primary_key=True, autoincrement=False),
    Column("due_at", Moment, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("open_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("problem", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("files", Text, nullable=False),
    Index("ix_report_runs_state", "state"),
)
"""One for each due time. `open_at` is when somebody may take it: after its rest, or after
whoever works at it must have died.
"""

report_templates = Table(
    "report_templates",
    metadata,
    Column("report", String(40), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("saved_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", Body, nullable=False),
)
"""`body` is the workbook as the office made it."""
