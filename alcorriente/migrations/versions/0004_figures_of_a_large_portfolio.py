"""Home opens quickly over a large portfolio: loans know their place, days that are over keep their count."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    for name in ("region", "branch"):
        op.add_column("loan", sa.Column(name, sa.String(), nullable=False, server_default=""))
        owner = f"SELECT {name} FROM borrower WHERE borrower.id = loan.borrower_id"  # noqa: S608 - our own names
        op.execute(f"UPDATE loan SET {name} = ({owner})")  # noqa: S608
    for table, index in (
        ("loan", "ix_loan_status"),
        ("payment", "ix_payment_loan_id"),
        ("promise", "ix_promise_borrower_id"),
    ):
        op.drop_index(index, table)
    _indexes()


def _tables() -> None:
    op.create_table(
        "funnel_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seen_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_funnel_day")),
    )
    op.create_table(
        "funnel_count",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("region", "branch", "product")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("sent", "delivered", "answered", "promised", "paid")
        ),
        sa.PrimaryKeyConstraint("day", "region", "branch", "product", name=op.f("pk_funnel_count")),
    )


def _indexes() -> None:
    op.create_index("ix_loan_active_borrowers", "loan", ["status", "currency", "borrower_id"])
    op.create_index(
        "ix_loan_portfolio",
        "loan",
        [
            "status",
            "currency",
            "region",
            "branch",
            "restructured",
            "cached_oldest_due",
            "cached_principal_outstanding",
            "cached_balance",
            "product",
        ],
    )
    op.create_index("ix_payment_of_loan", "payment", ["loan_id", "value_date", "currency", "amount"])
    op.create_index("ix_promise_of_borrower", "promise", ["borrower_id", "created_at"])
    op.create_index("ix_reversal_recorded_at", "reversal", ["recorded_at"])
    _of_messages("ix_message_reminder_status", ["status_at"], "kind = 'reminder'")
    _of_messages("ix_message_reminder_thread", ["conversation_id", "sent_at"], "kind = 'reminder'")
    _of_messages("ix_message_inbound_thread", ["conversation_id", "created_at"], "direction = 'in'")


def _of_messages(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "message", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
