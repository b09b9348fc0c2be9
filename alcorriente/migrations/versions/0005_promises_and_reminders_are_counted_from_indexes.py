"""Home counts promises and reminders without reading their rows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REMINDERS = sa.text("kind = 'reminder'")


def upgrade() -> None:
    op.drop_index("ix_promise_due", "promise")
    op.create_index(
        "ix_promise_due", "promise", ["due", "loan_id", "currency", "state", "made_by", "amount", "credited"]
    )
    op.drop_index("ix_message_reminder", "message")
    op.create_index(
        "ix_message_reminder",
        "message",
        ["sent_at", "conversation_id", "borrower_id", "loan_id", "status"],
        sqlite_where=REMINDERS,
        postgresql_where=REMINDERS,
    )
