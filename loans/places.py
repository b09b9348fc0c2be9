"""Where loans belong: a copy of the borrower's region and branch, so that figures need not read every borrower."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.tables import Borrower, Loan


def follow(session: Session, borrower_ids: Collection[int]) -> None:
    """To be called whenever a loan was opened or its borrower has moved."""
    owner = col(Borrower.id) == Loan.borrower_id
    place = {name: select(getattr(Borrower, name)).where(owner).scalar_subquery() for name in ("region", "branch")}
    session.flush()
    moved = sa.update(Loan).where(col(Loan.borrower_id).in_(borrower_ids)).values(place)
    session.execute(moved, execution_options={"synchronize_session": "fetch"})
