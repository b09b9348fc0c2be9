"""The console works cases: names can be searched, an answer knows its message, a hold its reason; Home's indexes."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from loans import names
from store.encryption import decrypt

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 5_000


def upgrade() -> None:
    op.create_table(
        "borrower_word",
        sa.Column("word_index", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["borrower_id"], ["borrower.id"], name=op.f("fk_borrower_word_borrower_id_borrower")),
        sa.PrimaryKeyConstraint("word_index", "borrower_id", name=op.f("pk_borrower_word")),
    )
    op.create_index(op.f("ix_borrower_word_borrower_id"), "borrower_word", ["borrower_id"])
    with op.batch_alter_table("case_event") as table:
        table.add_column(sa.Column("message_id", sa.Integer(), nullable=True))
        table.create_index(op.f("ix_case_event_message_id"), ["message_id"])
        table.create_foreign_key(op.f("fk_case_event_message_id_message"), "message", ["message_id"], ["id"])
    op.add_column("hold", sa.Column("note", sa.LargeBinary(), nullable=True))
    _index("ix_instalment_unpaid", "instalment", ["loan_id", "due", "cached_outstanding"], "cached_outstanding > 0")
    _index("ix_message_reminder", "message", ["sent_at"], "kind = 'reminder'")
    op.create_index("ix_payment_received", "payment", ["value_date", "currency", "amount"])
    _index_names()


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _index_names() -> None:
    """Of those who came before names could be searched."""
    with Session(op.get_bind()) as session:
        for chunk in _named(session):
            names.index(session, chunk)
        session.flush()


def _named(session: Session) -> Iterator[dict[int, str]]:
    borrower = sa.table("borrower", sa.column("id", sa.Integer()), sa.column("full_name", sa.LargeBinary()))
    last = 0
    while rows := session.execute(
        sa.select(borrower).where(borrower.c.id > last).order_by(borrower.c.id).limit(AT_ONCE)
    ).all():
        yield {row.id: decrypt(row.full_name) for row in rows}
        last = rows[-1].id
