"""Which limits hold for a loan, and new ones: proposed, approved by a person, in force from a day on, never edited."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, or_, select

from loans import accounts, policies, promises
from loans.limits import Exceeded, Level, LevelLimits, Limits, check_plan, check_promise, narrowed
from loans.negotiation import DueAmount
from loans.negotiation_policy import NegotiationPolicy
from loans.tables import Borrower, Loan, NegotiationLimits, Plan
from store import policy_versions

YEAR = timedelta(days=365)


class Proposed(NamedTuple):
    """Limits that nothing follows yet; as in a row, "" is every product or segment."""

    product: str
    segment: str
    content: LevelLimits


def in_force(session: Session, today: date, *, product: str, segment: str) -> NegotiationLimits | None:
    """Of the approved rows whose day has come: that of product and segment, else the product's, else the segment's,
    else the row for all; of these the latest."""
    row = NegotiationLimits
    return session.exec(
        select(row)
        .where(
            col(row.approved_by).is_not(None),
            row.valid_from <= today,
            or_(row.product == product, row.product == ""),
            or_(row.segment == segment, row.segment == ""),
        )
        .order_by(
            (col(row.product) == "").asc(),
            (col(row.segment) == "").asc(),
            col(row.valid_from).desc(),
            col(row.id).desc(),
        )
    ).first()


def proposed_of(stored: Mapping[str, Any]) -> Proposed:
    """From a row or a file with `product`, `segment` and `content`. Raises pydantic's ValidationError."""
    content = LevelLimits.model_validate(stored.get("content", {}))
    return Proposed(stored.get("product", ""), stored.get("segment", ""), content)


def would_hold(proposed: Proposed, row: NegotiationLimits | None, *, product: str, segment: str) -> bool:
    """Whether they would take the place of the row that is in force for that product and segment."""
    meant = proposed.product in {"", product} and proposed.segment in {"", segment}
    return meant and (row is None or _nearness(proposed) >= _nearness(row))


def _nearness(limits: Proposed | NegotiationLimits) -> tuple[bool, bool]:
    return limits.product != "", limits.segment != ""


def of_loan(session: Session, loan: Loan, level: Level, today: date) -> Limits:
    segment = session.exec(select(Borrower.segment).where(Borrower.id == loan.borrower_id)).one()
    row = in_force(session, today, product=loan.product, segment=segment)
    levels = LevelLimits() if row is None else LevelLimits.model_validate(row.content)
    limits: Limits = getattr(levels, level)
    return limits


def policy_of(session: Session, loan: Loan, today: date) -> NegotiationPolicy:
    """What the assistant may agree to on this loan."""
    return narrowed(policies.in_force(session, today), of_loan(session, loan, "assistant", today))


def promise_exceeds(session: Session, loan: Loan, level: Level, payment: DueAmount, today: date) -> Exceeded | None:
    """What a person of that level may not promise for the borrower."""
    limits = of_loan(session, loan, level, today)
    before = len(promises.active(session, loan.borrower_id))
    overdue = accounts.overdue(session, loan, today)
    return check_promise(limits, payment, overdue=overdue, open_before=before, today=today)


def plan_exceeds(
    session: Session, loan: Loan, level: Level, payments: Sequence[DueAmount], today: date
) -> Exceeded | None:
    limits = of_loan(session, loan, level, today)
    recent = select(func.count()).where(Plan.loan_id == loan.id, Plan.created_on > today - YEAR)
    before = session.exec(recent.select_from(Plan)).one()
    overdue = accounts.overdue(session, loan, today)
    return check_plan(limits, sorted(payments), overdue=overdue, plans_before=before, today=today)


def propose(
    session: Session,
    content: LevelLimits,
    *,
    product: str,
    segment: str,
    valid_from: date,
    by: str,
    today: date,
    now: datetime,
) -> NegotiationLimits:
    """Its day lies ahead, so that what was agreed until then stays as it was judged."""
    policy_versions.check_day(valid_from, today)
    row = NegotiationLimits(
        product=product,
        segment=segment,
        content=content.model_dump(mode="json", exclude_none=True),
        valid_from=valid_from,
        proposed_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row
