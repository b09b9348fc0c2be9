"""Staff sign in: sessions, locks, API tokens; cases are assigned; a person may work in several branches."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_hash", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"])
    op.create_table(
        "sign_in_failures",
        sa.Column("email_index", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("email_index", name=op.f("pk_sign_in_failures")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("branches", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_api_token_created_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"])
    op.create_index(op.f("ix_audit_event_actor"), "audit_event", ["actor"])
    op.create_index(op.f("ix_audit_event_subject"), "audit_event", ["subject"])
    op.add_column("case", sa.Column("assigned_at", sa.DateTime(), nullable=True))
    op.add_column("case", sa.Column("escalated_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_case_staff_id"), "case", ["staff_id"])
    _widen_staff()


def _widen_staff() -> None:
    lists = ("branches", "regions", "languages")
    for name in lists:
        op.add_column("staff", sa.Column(name, sa.JSON(), nullable=True))
    op.add_column("staff", sa.Column("case_limit", sa.Integer(), nullable=True))
    staff = sa.table("staff", sa.column("id"), sa.column("branch"), sa.column("case_limit"), *map(_json, lists))
    connection = op.get_bind()
    for number, branch in connection.execute(sa.select(staff.c.id, staff.c.branch)).all():
        filled = {"branches": [branch] if branch else [], "regions": [], "languages": [], "case_limit": 300}
        connection.execute(staff.update().where(staff.c.id == number).values(filled))
    with op.batch_alter_table("staff") as table:
        for name in lists:
            table.alter_column(name, existing_type=sa.JSON(), nullable=False)
        table.alter_column("case_limit", existing_type=sa.Integer(), nullable=False)
        table.drop_column("branch")


def _json(name: str) -> sa.ColumnClause[object]:
    return sa.column(name, sa.JSON())
