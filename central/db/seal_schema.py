"""The tables of seals and of the papers that they seal (电子印章, 证照版式文件)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from central.db.columns import Body, Moment
from central.db.metadata import metadata

seals = Table(
    "seals",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("department", String(64), nullable=False),
    Column("keeping", String(16), nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False, default=b""),
    Column("secret", LargeBinary, nullable=False),
    Column("installed_at", Moment, nullable=False),
    Column("retired_at", Moment),
    Column("lost_at", Moment),
    Index("ix_seals_department", "department"),
)
"""The id is the certificate's SHA-256. `secret` is a PKCS#12 under central's passphrase, or where
a token keeps the key. The one in use is the only one of its department that is not retired."""

licence_papers = Table(
    "licence_papers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("licence", String(64), nullable=False),
    Column("case_id", String(64), nullable=False),
    Column("issue", Integer, nullable=False),
    Column("department", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("body", Body, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("sealed_at", Moment),
    Column("seal", String(64), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, default="", index=True),
    Column("size", BigInteger, nullable=False, default=0),
    Column("problem", Text, nullable=False, default=""),
    Column("tried_at", Moment),
    Unique("licence", "issue"),
    Index("ix_licence_papers_state_asked_at", "state", "asked_at"),
    Index("ix_licence_papers_case_id", "case_id"),
)
"""Each issue of a licence's paper: waiting for its seal, sealed, or void. `body` is what stands on
it, kept as it was when the licence was issued."""
