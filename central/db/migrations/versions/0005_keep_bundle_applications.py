"""Bundle applications, every version of a bundle, and the limit of a joint review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.db.columns import Body, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and columns; bundles that are there become their first kept version."""
    op.create_table(
        "bundle_versions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", Body(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_bundle_versions")),
    )
    op.execute(
        "INSERT INTO bundle_versions (id, version, body) SELECT id, version, body FROM bundles"
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("applicant_number", sa.String(length=32), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_index("ix_projects_applicant_number", "projects", ["applicant_number"])
    op.add_column("cases", sa.Column("project", sa.String(length=64)))
    op.create_index("ix_cases_project", "cases", ["project"])
    op.add_column("cases", sa.Column("joint_until", Moment))
    op.create_index("ix_cases_joint_until", "cases", ["joint_until"])
