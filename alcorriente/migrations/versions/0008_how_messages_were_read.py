"""How messages were read is kept, and what people say they meant."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DOUBTFUL = "text_index IS NOT NULL AND (confidence < 0.7 OR corrected IS NOT NULL)"


def upgrade() -> None:
    op.add_column("message", sa.Column("guess", sa.String(), nullable=True))
    op.add_column("message", sa.Column("confidence", sa.Float(), nullable=True))
    op.add_column("message", sa.Column("text_index", sa.String(), nullable=True))
    op.add_column("message", sa.Column("corrected", sa.String(), nullable=True))
    where = sa.text(DOUBTFUL)
    op.create_index(
        "ix_message_doubtful", "message", ["created_at"], sqlite_where=where, postgresql_where=where
    )
    op.create_table(
        "phrase_label",
        sa.Column("message_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("text_index", "language", "intent", "labelled_by")),
        sa.Column("labelled_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_phrase_label_message_id_message")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_phrase_label")),
        sa.UniqueConstraint("text_index", name=op.f("uq_phrase_label_text_index")),
    )
    op.create_index("ix_phrase_label_language", "phrase_label", ["language"])
