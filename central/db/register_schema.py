"""The tables of registers of others: how they are described, what they said, what was shown."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from central.db.columns import Body, Moment
from central.db.metadata import metadata

registers = Table(
    "registers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("body", Body, nullable=False),
)
"""A description names where the credential is; the credential itself is never here."""

register_answers = Table(
    "register_answers",
    metadata,
    Column("register", String(32), primary_key=True),
    Column("number_digest", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("body", Body, nullable=False),
)
"""What a register said last about a number, until it is too old; `version` is its description's."""

look_answers = Table(
    "look_answers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("lookup", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("register", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("fields", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("age_s", BigInteger, nullable=False),
    Column("problem", String(64), nullable=False),
    Column("body", Body, nullable=False),
    Index("ix_look_answers_lookup", "lookup", "id"),
    Index("ix_look_answers_at", "at"),
)
"""One row for each answer that was shown: which fields, for which items, how old. Only added to."""
