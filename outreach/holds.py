"""Reasons not to write, each on exactly one loan, borrower or address."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach.tables import Hold


def place(
    session: Session,
    event: str,
    *,
    now: datetime,
    loan_id: int | None = None,
    borrower_id: int | None = None,
    address_id: int | None = None,
    until: datetime | None = None,
    turn_id: str | None = None,
    note: str | None = None,
) -> Hold:
    """A hold that is alive already is kept, and lasts at least until the later of both ends."""
    found = session.exec(
        select(Hold).where(
            Hold.event == event,
            Hold.loan_id == loan_id,
            Hold.borrower_id == borrower_id,
            Hold.address_id == address_id,
            alive(now),
        )
    ).first()
    if found is not None:
        if found.until_at is not None:
            found.until_at = None if until is None else max(found.until_at, until)
            session.add(found)
        return found
    hold = Hold(
        event=event,
        loan_id=loan_id,
        borrower_id=borrower_id,
        address_id=address_id,
        from_at=now,
        until_at=until,
        turn_id=turn_id,
        note=note,
    )
    session.add(hold)
    session.flush()
    return hold


def lift(session: Session, hold: Hold, by: str, now: datetime) -> None:
    hold.lifted_at, hold.lifted_by = hold.lifted_at or now, hold.lifted_by or by
    session.add(hold)


def living(
    session: Session,
    *,
    now: datetime,
    borrower_id: int | None = None,
    address_id: int | None = None,
    loan_ids: Collection[int] = (),
) -> list[Hold]:
    """Holds on any of these, the oldest first."""
    scopes = [
        col(Hold.borrower_id) == borrower_id if borrower_id is not None else sa.false(),
        col(Hold.address_id) == address_id if address_id is not None else sa.false(),
        col(Hold.loan_id).in_(loan_ids),
    ]
    return list(session.exec(select(Hold).where(sa.or_(*scopes), alive(now)).order_by(col(Hold.id))))


def active(
    session: Session,
    *,
    now: datetime,
    borrower_id: int | None = None,
    address_id: int | None = None,
    loan_ids: Collection[int] = (),
) -> frozenset[str]:
    found = living(session, now=now, borrower_id=borrower_id, address_id=address_id, loan_ids=loan_ids)
    return frozenset(hold.event for hold in found)


def binding(found: Iterable[Hold]) -> frozenset[str]:
    """The events that keep us from agreeing. What borrowers told of their own troubles keeps us from asking, not them
    from offering."""
    return frozenset(each.event for each in found if each.event != "vulnerable" or each.turn_id is None)


def alive(now: datetime) -> sa.ColumnElement[bool]:
    ends_later = sa.or_(col(Hold.until_at).is_(None), col(Hold.until_at) > now)
    return sa.and_(col(Hold.lifted_at).is_(None), ends_later)
