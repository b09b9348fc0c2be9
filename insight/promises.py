"""Promises that fall due, and how those of the past days ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from insight.scope import Scope
from insight.window import Window
from loans import measures, policies
from loans.tables import Loan, Promise

WEEK = 7  # Today and the six days after it.
ENDS = ("kept", "partial", "broken")


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """Promises of one place, maker and end."""

    currency: str
    region: str
    branch: str
    assistant: bool
    state: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How promises ended; the rates leave out open and cancelled ones."""

    kept: int
    partial: int
    broken: int
    kept_amount: int
    partial_amount: int
    broken_amount: int
    rate: Decimal
    rate_by_amount: Decimal


@dataclass(frozen=True, slots=True)
class Due:
    """Open promises, in minor units of `currency`."""

    currency: str
    today: int
    today_amount: int
    week: int
    week_amount: int


def promise_groups(session: Session, window: Window, scope: Scope) -> list[PromiseGroup]:
    """Promises whose day lies in the window."""
    promise = _promises(scope, ended_as(session, window), window)
    keys = [promise.c[name] for name in ("currency", "region", "branch", "assistant", "state")]
    counted = sa.select(*keys, sa.func.count(), sa.func.sum(promise.c.amount)).group_by(*keys)
    return [
        PromiseGroup(currency, region, branch, bool(assistant), state, count, int(amount))
        for currency, region, branch, assistant, state, count, amount in session.execute(counted)
    ]


def ended_as(session: Session, window: Window) -> sa.ColumnElement[str]:
    """A promise's state. One whose grace is over has ended, also if nobody has judged it yet."""
    grace = policies.in_force(session, window.last).promise.grace_days
    over = sa.and_(col(Promise.state) == "open", col(Promise.due) < window.last - timedelta(days=grace))
    return sa.case((over & (col(Promise.credited) > 0), "partial"), (over, "broken"), else_=col(Promise.state))


def _promises(scope: Scope, state: sa.ColumnElement[str], window: Window) -> Any:
    rows = sa.select(
        col(Promise.currency),
        col(Loan.region),
        col(Loan.branch),
        sa.case((col(Promise.made_by) == "assistant", 1), else_=0).label("assistant"),
        state.label("state"),
        col(Promise.amount),
    )
    return _scoped(rows, scope).where(due_in(window)).subquery()


def due_in(window: Window) -> sa.ColumnElement[bool]:
    return col(Promise.due).between(window.first, window.last)


def due(session: Session, today: date, scope: Scope) -> list[Due]:
    on_the_day = col(Promise.due) == today
    counted = sa.select(
        col(Promise.currency),
        sa.func.sum(sa.case((on_the_day, 1), else_=0)),
        sa.func.sum(sa.case((on_the_day, col(Promise.amount)), else_=0)),
        sa.func.count(),
        sa.func.sum(Promise.amount),
    )
    wanted = _scoped(counted, scope).where(*due_between(today, WEEK)).group_by(col(Promise.currency))
    return [Due(currency, *(int(each) for each in figures)) for currency, *figures in session.execute(wanted)]


def due_between(today: date, days: int) -> tuple[sa.ColumnElement[bool], ...]:
    last = today + timedelta(days=days - 1)
    return col(Promise.state) == "open", col(Promise.due).between(today, last)


def _scoped(rows: Any, scope: Scope) -> Any:
    return rows.join(Loan, col(Loan.id) == Promise.loan_id).where(*scope.of_loan())


def ended(groups: Collection[PromiseGroup]) -> Ended:
    """All `groups` in one currency."""
    count, amount = dict.fromkeys(ENDS, 0), dict.fromkeys(ENDS, 0)
    for group in groups:
        if group.state in count:
            count[group.state] += group.count
            amount[group.state] += group.amount
    return Ended(
        **count,
        **{f"{state}_amount": total for state, total in amount.items()},
        rate=_rate(count),
        rate_by_amount=_rate(amount),
    )


def _rate(weights: dict[str, int]) -> Decimal:
    return measures.kept_rate(weights.items(), by_amount=True)  # type: ignore[arg-type]
