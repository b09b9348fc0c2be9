"""Whose figures: what the asker may see, and the filters asked for."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from loans.tables import Borrower, Loan

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """`branches` are those that the asker may see, None = all; the others narrow it further."""

    branches: frozenset[str] | None = None
    region: str | None = None
    branch: str | None = None
    product: str | None = None

    def of_borrower(self) -> list[Condition]:
        wanted: list[Condition] = []
        if self.branches is not None:
            wanted.append(col(Borrower.branch).in_(sorted(self.branches)))
        if self.region is not None:
            wanted.append(col(Borrower.region) == self.region)
        if self.branch is not None:
            wanted.append(col(Borrower.branch) == self.branch)
        return wanted

    def of_loan(self) -> list[Condition]:
        """For queries that join the borrower."""
        product = [] if self.product is None else [col(Loan.product) == self.product]
        return [*self.of_borrower(), *product]
