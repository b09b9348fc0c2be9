"""A sender keeps a pace and may stand still; when a message was last tried, so that its doubt can be asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

QUEUED, IN_DOUBT = sa.text("status = 'queued'"), sa.text("status = 'in_doubt'")


def upgrade() -> None:
    op.create_table(
        "sender",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("free_at", sa.DateTime(), nullable=False),
        sa.Column("rests_until", sa.DateTime(), nullable=True),
        sa.Column("rests_why", sa.String(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("answers_too", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_sender"),
    )
    op.create_table(
        "template_approval",
        sa.Column("content_sid", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("content_sid", name="pk_template_approval"),
    )
    op.add_column("message", sa.Column("tried_at", sa.DateTime(), nullable=True))
    op.drop_index("ix_message_ready", "message")
    op.create_index(
        "ix_message_ready",
        "message",
        ["channel", "priority", "send_after", "id"],
        sqlite_where=QUEUED,
        postgresql_where=QUEUED,
    )
    op.create_index(
        "ix_message_in_doubt",
        "message",
        ["conversation_id", "tried_at"],
        sqlite_where=IN_DOUBT,
        postgresql_where=IN_DOUBT,
    )
