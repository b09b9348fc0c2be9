"""What Home can be narrowed to."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.scope import Scope
from loans.tables import Borrower, Loan


@dataclass(frozen=True, slots=True)
class BranchChoice:
    region: str
    branch: str


@dataclass(frozen=True, slots=True)
class Choices:
    branches: tuple[BranchChoice, ...]
    products: tuple[str, ...]


def choices(session: Session, scope: Scope) -> Choices:
    """Where the borrowers within `scope` are, and what was lent to them."""
    wanted = scope.of_borrower()
    places = sa.select(col(Borrower.region), col(Borrower.branch)).where(*wanted).distinct().order_by(sa.text("1, 2"))
    products = sa.select(col(Loan.product)).distinct().order_by(sa.text("1"))
    if wanted:
        products = products.join(Borrower, col(Borrower.id) == Loan.borrower_id).where(*wanted)
    return Choices(
        branches=tuple(BranchChoice(region, branch) for region, branch in session.execute(places)),
        products=tuple(session.execute(products).scalars()),
    )
