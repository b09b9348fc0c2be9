"""The promises behind numbers of Home, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from insight import promises
from insight.lists import LIMIT, UnknownListError
from insight.scope import Scope
from insight.window import Window
from loans.tables import Loan, Promise

ENDED = (*promises.ENDS, "ended")
MAKERS = ("assistant", "people")


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """Amounts in minor units of `currency`; `loan` is its number."""

    id: int
    loan_id: int
    loan: str
    borrower_id: int
    currency: str
    amount: int
    credited: int
    due: date
    made_by: str
    state: str


def promises_in(
    session: Session, today: date, scope: Scope, days: int, *, limit: int = LIMIT, after: int = 0
) -> list[PromiseRow]:
    """Open ones due in the next `days`, today included (1 = today, promises.WEEK = this week); by id from `after`."""
    rows = _rows(col(Promise.state), scope).where(*promises.due_between(today, days), col(Promise.id) > after)
    return _read(session, rows.order_by(col(Promise.id)).limit(limit))


def ended_in(
    session: Session,
    window: Window,
    scope: Scope,
    end: str,
    *,
    maker: str | None = None,
    limit: int = LIMIT,
    after: int = 0,
) -> list[PromiseRow]:
    """Those of the window that ended so, 'ended' = however, all or of one of MAKERS; the newest first."""
    if end not in ENDED:
        raise UnknownListError(f"promises don't end {end!r}: give one of {', '.join(ENDED)}")
    state = promises.ended_as(session, window)
    rows = _rows(state, scope).where(
        promises.due_in(window),
        state.in_(promises.ENDS if end == "ended" else [end]),
        *([] if maker is None else [(col(Promise.made_by) == "assistant") == (maker == "assistant")]),
        *([col(Promise.id) < after] if after else []),
    )
    return _read(session, rows.order_by(col(Promise.id).desc()).limit(limit))


def _rows(state: Any, scope: Scope) -> Any:
    columns = (Promise.currency, Promise.amount, Promise.credited, Promise.due, Promise.made_by)
    return (
        sa.select(
            col(Promise.id),
            col(Promise.loan_id),
            col(Loan.external_id).label("loan"),
            col(Promise.borrower_id),
            *map(col, columns),
            state.label("state"),
        )
        .join(Loan, col(Loan.id) == Promise.loan_id)
        .where(*scope.of_loan())
    )


def _read(session: Session, rows: Any) -> list[PromiseRow]:
    return [PromiseRow(**each) for each in session.execute(rows).mappings()]
