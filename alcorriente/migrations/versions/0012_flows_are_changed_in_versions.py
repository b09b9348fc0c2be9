"""Flows are changed in versions; borrowers have a segment and a risk."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("segment", "risk"):
        op.add_column("borrower", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("flow_version", sa.Column("note", sa.String(), nullable=False, server_default=""))
    op.add_column("flow_version", sa.Column("based_on", sa.Integer(), nullable=True))
    op.add_column("flow_version", sa.Column("edited_by", sa.String(), nullable=False, server_default="shipped"))
    op.add_column("flow_version", sa.Column("edited_at", sa.DateTime(), nullable=True))
    op.add_column("flow_version", sa.Column("submitted_by", sa.String(), nullable=True))
    op.add_column("flow_version", sa.Column("published_by", sa.String(), nullable=True))
    op.add_column("flow_version", sa.Column("retired_at", sa.DateTime(), nullable=True))
