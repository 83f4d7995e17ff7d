"""The first tables.

Revision 0001; before it there is nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _number_key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _body(name: str = "body") -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def upgrade() -> None:
    """Make them all."""
    _create_kept()
    _create_outbox()
    _create_catalogue()
    _create_cases()


def _create_kept() -> None:
    op.create_table("kept", _key("name"), _body("value"))
    op.create_table("draft", _key("id"), _text("user"), _number("updated_at"), _body())
    op.create_table("lease", _number_key("window"), _body())
    op.create_table("session", _key("login"), _number("signed_in_at"), _body())


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        _number_key("n"),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _text("case_id"),
        sa.Column("status", sa.Text, nullable=False),
        _body("envelope"),
        _number("tries"),
        _number("under_way"),
        _text("last_error"),
        sa.Column("answer", sa.LargeBinary),
        _text("conclusion"),
        _number("head"),
    )
    op.create_index("ix_outbox_case_id", "outbox", ["case_id"])


def _create_catalogue() -> None:
    for shadow in ("", "fresh_"):
        op.create_table(f"{shadow}entity", _key("kind"), _key("id"), _number("version"), _body())
        op.create_table(f"{shadow}item", _key("id"), _number_key("version"), _body())
    op.create_table(
        "item_entry",
        _number_key("row"),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _number("version"),
        *map(_text, ("name", "code", "plain_code", "department_name", "initials", "pinyin")),
    )
    op.create_index("ix_item_entry_plain_code", "item_entry", ["plain_code"])
    op.execute(
        "CREATE VIRTUAL TABLE item_search USING fts5(name, initials, pinyin, content='', "
        "contentless_delete=1, tokenize='ascii', prefix='1 2 3')"
    )


def _create_cases() -> None:
    for shadow in ("", "fresh_"):
        op.create_table(f"{shadow}case_head", *_case_columns())
        op.create_table(f"{shadow}case_body", _key("id"), _body())
    for name, columns in {
        "number": ["number"],
        "received_at": ["received_at", "id"],
        "promised_due": ["promised_due", "id"],
        "stage": ["stage", "received_at", "id"],
        "step": ["step_department", "promised_due", "id"],
        "delivery": ["delivery", "received_at", "id"],
    }.items():
        op.create_index(f"ix_case_head_{name}", "case_head", columns)


def _case_columns() -> list[sa.Column[str] | sa.Column[int]]:
    texts = (
        *("number", "application", "item", "item_name", "department", "department_name"),
        *("window", "applicant_name", "stage", "clock", "outcome", "delivery"),
        *("step", "step_name", "step_role", "step_department", "claim_user", "claim_name"),
    )
    dates = ("promised_due", "statutory_due")
    return [
        _key("id"),
        _number("version"),
        *map(_text, texts),
        _number("claim_until"),
        _number("received_at"),
        *map(_text, dates),
        _number("forecast"),
        _text("calendar"),
    ]
