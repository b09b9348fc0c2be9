"""Messages whose words are gone say since when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("forgotten_at", sa.DateTime(), nullable=True))
