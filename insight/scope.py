"""Whose figures: what the asker may see, and the filters asked for."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from loans.tables import Borrower, Loan

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """`branches` are those that the asker may see, None = all; the others narrow it further.

    `currency` narrows only what belongs to loans: reminders are of no currency.
    """

    branches: frozenset[str] | None = None
    region: str | None = None
    branch: str | None = None
    product: str | None = None
    currency: str | None = None

    def of_borrower(self) -> list[Condition]:
        """For queries that read the borrower."""
        return self._of_place(Borrower)

    def of_loan(self) -> list[Condition]:
        """For queries that read the loan."""
        return [*self.within(Loan), *([] if self.currency is None else [col(Loan.currency) == self.currency])]

    def within(self, table: Any) -> list[Condition]:
        """For queries that read a table with columns region, branch and product."""
        return [*self._of_place(table), *([] if self.product is None else [table.product == self.product])]

    def _of_place(self, table: Any) -> list[Condition]:
        wanted: list[Condition] = []
        if self.branches is not None:
            wanted.append(table.branch.in_(sorted(self.branches)))
        if self.region is not None:
            wanted.append(table.region == self.region)
        if self.branch is not None:
            wanted.append(table.branch == self.branch)
        return wanted
