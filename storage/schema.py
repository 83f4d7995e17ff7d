"""The tables of the desk's store.

Cache tables hold what central sent and can be fetched again; drafts, outbox, leases and
`kept` cannot. Bodies are JSON as central wrote it, so that fields which this version does
not know survive. Moments are microseconds since 1970, days are ISO text: both sort.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    text,
)

SCHEMA_VERSION = 18
"""Stands in the file as `user_version`. 2026-11-28: 16, lists by day; 15, sorted lists; 14,
printing; 13, long lists; 12, finding; 11, papers; 9, deferred papers; 8, seats. 2026-11-27: 7,
bundles; 6, asks; 5, proposals. 2026-11-23: 4, scans; 3, settled commands; 2, lights.
"""

metadata = MetaData()


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False, server_default="0")


kept = Table(
    "kept",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    _text("user"),
    _number("updated_at"),
    Column("body", LargeBinary, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    _text("case_id"),
    Column("status", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    _number("tries"),
    # Attempts that may have reached central: while there is one, the command is not taken back.
    _number("under_way"),
    _text("last_error"),
    Column("answer", LargeBinary),
    _text("conclusion"),
    # The head of the feed that holds the effect; the row leaves once the cursor is there.
    _number("head"),
    # Since version 3. Settled commands stay for a while: a restored central may have lost them.
    _number("settled_at"),
    # The document number of the paper that an act gave, where the act is sent again.
    _text("paper"),
    Index("ix_outbox_case_id", "case_id"),
    Index("ix_outbox_status", "status", "n"),
)

lease = Table(
    "lease",
    metadata,
    Column("window", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("login", Text, primary_key=True),
    _number("signed_in_at"),
    Column("body", LargeBinary, nullable=False),
)

entity = Table(
    "entity",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    _number("version"),
    Column("body", LargeBinary, nullable=False),
    _number("settled"),
)
"""`settled` is 1 for a matter to which nothing is owed any more, and 0 where it is not known."""

item = Table(
    "item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

item_entry = Table(
    "item_entry",
    metadata,
    # Shorter names have lower rows (see storage.item_search).
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    _number("version"),
    _text("name"),
    _text("code"),
    _text("plain_code"),
    _text("department_name"),
    _text("initials"),
    _text("pinyin"),
    Index("ix_item_entry_plain_code", "plain_code"),
)
"""The newest version of each item that is not retired: what can be found."""

CREATE_ITEM_SEARCH = (
    "CREATE VIRTUAL TABLE item_search USING fts5(name, initials, pinyin, content='', "
    "contentless_delete=1, tokenize='ascii', prefix='1 2 3')"
)
"""The columns are cut into tokens before they come here (see storage.item_search)."""


@event.listens_for(item_entry, "after_create")
def _create_item_search(_table: Table, connection: Connection, **_options: object) -> None:
    connection.exec_driver_sql(CREATE_ITEM_SEARCH)


def _case_columns() -> list[Column[Any]]:
    return [
        Column("id", Text, primary_key=True),
        _number("version"),
        _text("number"),
        _text("application"),
        _text("item"),
        _text("item_name"),
        _text("department"),
        _text("department_name"),
        _text("window"),
        _text("applicant_name"),
        _text("stage"),
        _text("clock"),
        _text("outcome"),
        _text("delivery"),
        _text("step"),
        _text("step_name"),
        _text("step_role"),
        _text("step_department"),
        _text("claim_user"),
        _text("claim_name"),
        _number("claim_until"),
        _number("received_at"),
        _text("promised_due"),
        _text("statutory_due"),
        _number("forecast"),
        # The calendar that the dates were counted with; empty where there was none yet.
        _text("calendar"),
        # Since version 2. A moment that never comes is the highest number.
        _number("grey_until"),
        Column("yellow_from", Integer),
        Column("red_from", Integer),
        # Since version 5: who has to approve what was proposed, as `role@department`.
        _text("to_approve"),
        # Since version 6. The audience that an open urge or supervision wants an answer of.
        _text("urged_in"),
        _text("supervised_in"),
        _text("asked_due"),
        # Since version 7. Departments that may countersign, with a blank around each.
        _text("signers"),
        _text("project"),
        # Why it cannot go on: 1, something came to nothing that it waits for; 2, a paper is
        # asked for after all.
        _number("held"),
        # Since version 9. The first day by which a deferred paper is promised.
        _text("deferred_due"),
        # Since version 11. Where papers lie, where open slips go and come from, the last move.
        _text("papers_at"),
        _text("papers_to"),
        _text("papers_from"),
        _number("papers_moved"),
    ]


def create_case_search(name: str) -> str:
    """The statement that makes an index of cases; its columns are cut into tokens before.

    A case's row is its case number, which begins with the day: later cases have higher rows.
    """
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5(name, initials, pinyin, number, paper, "
        "content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3')"
    )


def _body_columns() -> list[Column[Any]]:
    return [Column("id", Text, primary_key=True), Column("body", LargeBinary, nullable=False)]


OPEN_SQL = "stage NOT IN ('draft', 'decided', 'declined', 'withdrawn', 'void')"
"""Told by what it is not, for else the planner would rather look for each stage."""


LIT_SQL = "red_from IS NOT NULL"
"""Told of every case whose clock has not ended: only those have a light."""

_ASKED = ("window", "department", "stage")
_TURNS = ("grey_until", "yellow_from", "red_from")


def _some(name: str, where: str, *columns: str) -> Index:
    """An index of those rows only that a condition holds for, which a question has to name."""
    return Index(f"ix_case_head_{name}", *columns, sqlite_where=text(where))


case_head = Table(
    "case_head",
    metadata,
    *_case_columns(),
    Index("ix_case_head_number", "number"),
    Index("ix_case_head_received_at", "received_at", "id"),
    Index("ix_case_head_promised_due", "promised_due", "id"),
    Index("ix_case_head_stage", "stage", "received_at", "id"),
    Index("ix_case_head_step", "step_department", "promised_due", "id"),
    Index("ix_case_head_delivery", "delivery", "received_at", "id"),
    Index("ix_case_head_red_from", "red_from"),
    Index("ix_case_head_urged_in", "urged_in", "promised_due", "id"),
    Index("ix_case_head_supervised_in", "supervised_in", "promised_due", "id"),
    Index("ix_case_head_deferred_due", "deferred_due", "id"),
    Index("ix_case_head_papers_to", "papers_to", "id"),
    Index("ix_case_head_papers_from", "papers_from", "id"),
    Index("ix_case_head_papers_moved", "papers_moved"),
    # Since version 13. All cases of a place, and what a place counts without reading any row.
    Index("ix_case_head_window", "window", "received_at", "id"),
    Index("ix_case_head_department", "department", "received_at", "id"),
    _some("open", OPEN_SQL, "promised_due", "id", "window", "department", "stage"),
    _some("held", "held > 0", "received_at", "id"),
    _some("to_approve", "to_approve > ''", "received_at", "id"),
    _some("signers", "signers > ''", "received_at", "id"),
    _some("claim_user", "claim_user > ''", "claim_user", "promised_due", "id"),
    _some("papers_at", "papers_at > ''", "received_at", "id"),
    # Since version 15. With what a list is asked for, so that no row is read to pass it over.
    Index("ix_case_head_item_name", "item_name", "id", *_ASKED),
    Index("ix_case_head_applicant_name", "applicant_name", "id", *_ASKED),
    Index("ix_case_head_department_name", "department_name", "id", *_ASKED),
    # Since version 18. The light of a case is told without reading its row.
    Index("ix_case_head_due", "promised_due", "id", *_ASKED),
    _some("lit", LIT_SQL, "promised_due", "id", *_ASKED, *_TURNS),
)


@event.listens_for(case_head, "after_create")
def _create_case_search(_table: Table, connection: Connection, **_options: object) -> None:
    connection.exec_driver_sql(create_case_search("case_search"))


case_body = Table("case_body", metadata, *_body_columns())
"""Apart from the heads, so that a list reads few pages."""

# Since version 4.

scan_blob = Table(
    "scan_blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    _text("media_type"),
    _number("size"),
    _number("pages"),
    Column("way", Text, nullable=False),
    _number("done"),
    _text("problem"),
    Column("file", Text, nullable=False),
    # The key of this scan's file: without the row the file is noise.
    Column("secret", LargeBinary, nullable=False),
    _number("used_at"),
)
"""The scans whose bytes lie on this machine (see storage.scans, storage.vault)."""

scan_link = Table(
    "scan_link",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    _text("draft"),
    _text("case_id"),
    _text("material"),
    _text("name"),
    Index("ix_scan_link_one", "sha256", "draft", "case_id", "material", unique=True),
    Index("ix_scan_link_case_id", "case_id"),
    Index("ix_scan_link_draft", "draft"),
)
"""Whose they are: a walk-in's that is being typed, or a case's."""

# Since version 14: the print queue. Papers leave it once they are printed.

print_job = Table(
    "print_job",
    metadata,
    Column("n", Integer, primary_key=True),
    _number("at"),
    _text("by"),
    _text("state"),
    _text("outlet"),
    _text("reason"),
    _number("tries"),
    _number("changed_at"),
    Index("ix_print_job_state", "state", "n"),
)

print_sheet = Table(
    "print_sheet",
    metadata,
    Column("row", Integer, primary_key=True),
    _number("job"),
    _text("name"),
    _number("copies"),
    # Empty once it is printed or given up: the queue keeps no papers, only what became of them.
    Column("pdf", LargeBinary),
    Index("ix_print_sheet_job", "job"),
)

print_record = Table(
    "print_record",
    metadata,
    Column("row", Integer, primary_key=True),
    _text("paper"),
    _number("nth"),
    _number("at"),
    _text("by"),
    Index("ix_print_record_paper", "paper", "nth", unique=True),
)
"""Every print that was made here, by the paper's name: the first is 0, reprints count from 1."""

fresh_entity = entity.to_metadata(metadata, name="fresh_entity")
"""Shadow tables: what a bootstrap has brought so far, seen by nobody until it is whole.

Names are exchanged then, and indexes keep theirs: those of `case_head` end in `_turn` after every
other bootstrap, so that a migration must look for both (see storage.bulk).
"""

Index("ix_entity_settled", entity.c.kind, entity.c.settled, entity.c.id)

fresh_item = item.to_metadata(metadata, name="fresh_item")
fresh_case_head = Table("fresh_case_head", metadata, *_case_columns())
fresh_case_body = Table("fresh_case_body", metadata, *_body_columns())
