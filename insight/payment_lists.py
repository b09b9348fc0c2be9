"""The payments behind what came in, all or those of one collector, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

from sqlmodel import Session, col

from insight.lists import LIMIT
from insight.recovery import STAFF_ID, Contact, brought_in_by, live_payments, of_those_talked_to, talks_by_borrower
from insight.scope import Scope
from insight.window import Window
from loans.tables import Loan, Payment

Collector = int | Literal["unassisted"] | None  # A member of staff, nobody, or whoever.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """`amount` in minor units of `currency`; `loan` is its number; `staff_id` None: it came in unassisted."""

    id: int
    loan_id: int
    loan: str
    borrower_id: int
    currency: str
    amount: int
    value_date: date
    pay_channel: str
    staff_id: int | None


def payments_in(
    session: Session, window: Window, scope: Scope, collector: Collector = None, *, limit: int = LIMIT, after: int = 0
) -> list[PaymentRow]:
    """Those of the window that were not taken back; the newest first."""
    talks = talks_by_borrower(session, window)
    found = (_row(each, talks.get(each.borrower_id, ())) for each in _read(session, window, scope, collector, after))
    return list(islice((each for each in found if _is_of(each, collector)), limit))


def _is_of(row: PaymentRow, collector: Collector) -> bool:
    return collector is None or row.staff_id == (None if collector == "unassisted" else collector)


def _read(session: Session, window: Window, scope: Scope, collector: Collector, after: int) -> Iterator[Any]:
    """Whose a payment is isn't the store's to say, so more are read until there are enough."""
    wanted = _statement(window, scope, collector).order_by(col(Payment.id).desc()).limit(AT_ONCE)
    while rows := session.execute(wanted.where(col(Payment.id) < after) if after else wanted).all():
        yield from rows
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].id


def _statement(window: Window, scope: Scope, collector: Collector) -> Any:
    columns = (Payment.id, Payment.loan_id, Payment.currency, Payment.amount, Payment.value_date)
    more: Any = col(Payment.channel).label("pay_channel"), col(Loan.external_id).label("loan"), col(Loan.borrower_id)
    rows: Any = live_payments(window, *map(col, columns), *more)
    rows = rows.join(Loan, col(Loan.id) == Payment.loan_id)
    talked = [of_those_talked_to(window, collector == STAFF_ID)] if isinstance(collector, int) else []
    return rows.where(*talked, *scope.of_loan())


def _row(payment: Any, talks: Sequence[Contact]) -> PaymentRow:
    return PaymentRow(**payment._mapping, staff_id=brought_in_by(talks, payment.value_date))
