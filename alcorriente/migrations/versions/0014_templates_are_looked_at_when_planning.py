"""Which phrases a template serves is kept, so that a plan can pass on where none is approved; who was begun with."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEGUN = "priority > 0 AND tried_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("template_approval", sa.Column("names", sa.JSON(), nullable=False, server_default="[]"))
    where = sa.text(BEGUN)
    op.create_index(
        "ix_message_begun",
        "message",
        ["channel", "tried_at", "conversation_id"],
        sqlite_where=where,
        postgresql_where=where,
    )
