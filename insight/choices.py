"""What Home can be narrowed to."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.scope import Scope
from loans.tables import Loan


@dataclass(frozen=True, slots=True)
class BranchChoice:
    region: str
    branch: str


@dataclass(frozen=True, slots=True)
class Choices:
    branches: tuple[BranchChoice, ...]
    products: tuple[str, ...]


def choices(session: Session, scope: Scope) -> Choices:
    """Where the active loans within `scope` belong, and as which products."""
    kinds = sa.select(col(Loan.region), col(Loan.branch), col(Loan.product)).distinct()
    found = session.execute(kinds.where(col(Loan.status) == "active", *scope.of_loan())).all()
    return Choices(
        branches=tuple(BranchChoice(*place) for place in sorted({(each.region, each.branch) for each in found})),
        products=tuple(sorted({each.product for each in found})),
    )
