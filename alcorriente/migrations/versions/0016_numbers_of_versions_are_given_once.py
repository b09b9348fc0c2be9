"""A version of a flow that was thrown away keeps its number to itself."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("flow", sa.Column("last_number", sa.Integer(), nullable=False, server_default="0"))
    highest = "SELECT COALESCE(MAX(number), 0) FROM flow_version WHERE flow_version.flow_id = flow.id"
    op.execute(f"UPDATE flow SET last_number = ({highest})")
