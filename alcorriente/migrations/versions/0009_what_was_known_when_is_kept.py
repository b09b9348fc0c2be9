"""Changes of what the contact rules read are kept, consent has a ledger, and borrowers' wishes are rows."""

import sqlalchemy as sa
from alembic import op

from outreach.history import Watched, statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ADDRESS = (
    "opted_out_at",
    "wrong_person_at",
    "blocked_at",
    "confirmed_at",
    "verified_until",
    "verified_borrower_id",
    "last_inbound_at",
)
# As it is at this step: a later one that watches more makes the triggers anew.
WATCHED = {
    "borrower": Watched(("country", "zone", "preferred_channel", "preferred_time")),
    "address": Watched(ADDRESS),
    "address_borrower": Watched(
        ("consent_at", "consent_withdrawn_at", "position"), "address_id", "borrower_id", new=True, gone=True
    ),
    "conversation": Watched(("owner",)),
    "hold": Watched(("event", "from_at", "until_at", "lifted_at"), borrower="borrower_id", new=True),
    "wish": Watched(("withdrawn_at", "until_at"), borrower="borrower_id", new=True),
    "promise": Watched(("state",), borrower="borrower_id", new=True),
    "plan": Watched(("state",), borrower="borrower_id", new=True),
    "channels_on": Watched(("names",), new=True),
    "lender": Watched(("zone",)),
    "message": Watched(("status", "sent_at", "send_after"), borrower="borrower_id"),
}
# What the store already knows of consent begins the ledger.
GIVEN = """
INSERT INTO consent_event (address_id, borrower_id, purpose, given, evidence, at)
SELECT address_id, borrower_id, 'own_customer_reminder', true, consent_evidence, consent_at
FROM address_borrower WHERE consent_at IS NOT NULL
"""
WITHDRAWN = """
INSERT INTO consent_event (address_id, borrower_id, purpose, given, evidence, at)
SELECT address_id, borrower_id, 'own_customer_reminder', false, '', consent_withdrawn_at
FROM address_borrower WHERE consent_withdrawn_at IS NOT NULL
"""
STOPPED = """
INSERT INTO consent_event (address_id, borrower_id, purpose, given, evidence, at)
SELECT id, NULL, 'own_customer_reminder', false, opted_out_why, opted_out_at
FROM address WHERE opted_out_at IS NOT NULL
"""


def upgrade() -> None:
    _tables()
    for statement in (GIVEN, WITHDRAWN, STOPPED):
        op.execute(statement)
    connection = op.get_bind()
    for statement in statements(connection.dialect.name, WATCHED):
        connection.exec_driver_sql(statement)


def _tables() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("borrower_id", sa.Integer(), nullable=True),
        sa.Column("was", sa.JSON(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index("ix_change_of_row", "change", ["thing", "ref", "id"])
    op.create_index("ix_change_of_borrower", "change", ["borrower_id", "thing", "id"])
    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("borrower_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
    )
    op.create_index("ix_consent_event_address_id", "consent_event", ["address_id"])
    op.create_index("ix_consent_event_borrower_id", "consent_event", ["borrower_id"])
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("borrower_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("opens", sa.String(), nullable=True),
        sa.Column("closes", sa.String(), nullable=True),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["borrower_id"], ["borrower.id"], name=op.f("fk_wish_borrower_id_borrower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_index("ix_wish_borrower_id", "wish", ["borrower_id"])
    op.create_table(
        "channels_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels_on")),
    )
