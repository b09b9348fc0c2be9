"""Turns of the assistant in which something was agreed, offered or refused within limits, as the rows tell of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import accounts
from loans.judged_again import Outcome, Said
from loans.negotiation import Accepted, DueAmount, Reason, Refused
from loans.offer_memory import from_json, wanted_from_json
from loans.offers import Wanted
from loans.tables import Borrower, DueChange, Lender, Loan, Offer, Plan, PlanPayment, Promise
from outreach.quiet_hours import time_zone
from outreach.tables import Message
from store.ids import id_of
from understanding.reading import Reading, read

ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """`loan_id` is None where the talk was about a loan that nothing wrote down."""

    id: str
    at: datetime
    borrower_id: int
    loan_id: int | None
    said: Said
    recorded: Outcome


def recorded(session: Session, since: datetime) -> list[Turn]:
    """The oldest first."""
    sources = (_promises, _plans, _date_changes, _offers, _refusals)
    return sorted((turn for read_some in sources for turn in read_some(session, since)), key=lambda turn: turn.at)


def _promises(session: Session, since: datetime) -> Iterator[Turn]:
    rows = session.exec(
        select(Promise).where(Promise.created_at >= since, Promise.made_by == ASSISTANT).order_by(col(Promise.id))
    )
    # Several payments of one agreement have the turn's id with a number each.
    for turn_id, some in groupby(rows, lambda each: (each.turn_id or f"promise:{each.id}").partition(":")[0]):
        made = list(some)
        agreed = tuple((each.amount, each.due) for each in made)
        yield Turn(
            turn_id, made[0].created_at, made[0].borrower_id, made[0].loan_id, Said("promise", agreed), _as(made)
        )


def _plans(session: Session, since: datetime) -> Iterator[Turn]:
    rows = session.execute(
        sa.select(Plan, PlanPayment)
        .join(PlanPayment, col(PlanPayment.plan_id) == Plan.id)
        .where(col(Plan.created_at) >= since, col(Plan.made_by) == ASSISTANT)
        .order_by(col(Plan.id), col(PlanPayment.number))
    )
    for plan, some in groupby(rows, lambda row: row[0]):
        parts = [part for _, part in some]
        agreed = tuple((each.amount, each.due) for each in parts)
        turn_id = plan.turn_id or f"plan:{plan.id}"
        yield Turn(turn_id, plan.created_at, plan.borrower_id, plan.loan_id, Said("plan", agreed), _as(parts))


def _as(rows: Iterable[Promise] | Iterable[PlanPayment]) -> Accepted:
    return Accepted(tuple(DueAmount(each.due, each.amount) for each in rows))


def _date_changes(session: Session, since: datetime) -> Iterator[Turn]:
    rows = session.execute(
        sa.select(DueChange, col(Loan.borrower_id))
        .join(Loan, col(Loan.id) == DueChange.loan_id)
        .where(col(DueChange.agreed_at) >= since, col(DueChange.turn_id).is_not(None))
        .order_by(col(DueChange.id))
    )
    for moved, borrower_id in rows:
        said = Said("date_change", ((None, moved.due_after),))
        yield Turn(moved.turn_id, moved.agreed_at, borrower_id, moved.loan_id, said, Accepted(()))


def _offers(session: Session, since: datetime) -> Iterator[Turn]:
    rows = session.exec(
        select(Offer).where(Offer.made_at >= since, col(Offer.turn_id).is_not(None)).order_by(col(Offer.id))
    )
    for turn_id, some in groupby(rows, lambda each: each.turn_id or ""):
        made = list(some)
        wanted = made[0].content.get("wanted")
        said = Said("offer", wanted=wanted_from_json(wanted) if wanted else Wanted())
        offered = tuple(from_json(each.content) for each in made)
        yield Turn(turn_id, made[0].made_at, made[0].borrower_id, made[0].loan_id, said, offered)


def _refusals(session: Session, since: datetime) -> Iterator[Turn]:
    """Told by the key of the reply; what was asked for is read once more from the borrower's words."""
    lender = accounts.lender(session)
    replies = session.exec(
        select(Message.turn_id, Message.keys, Message.created_at, Message.borrower_id)
        .where(Message.created_at >= since, Message.direction == "out", Message.kind == "reply")
        .where(col(Message.turn_id).is_not(None), col(Message.borrower_id).is_not(None))
        .order_by(col(Message.id))
    )
    for turn_id, keys, at, borrower_id in replies.all():
        word = next((each for each in keys if each["key"] in REFUSALS), None)
        if word is None:
            continue
        refused, ask = REFUSALS[word["key"]]
        borrower, text = session.get_one(Borrower, borrower_id), _text(session, turn_id or "")
        said = ask(_heard(text, borrower, lender, at, word["key"]))
        yield Turn(turn_id or "", at, id_of(borrower), None, Said("promise", (said,)), refused(word["values"]))


def _text(session: Session, turn_id: str) -> str:
    return session.exec(select(Message.text).where(Message.turn_id == turn_id, Message.direction == "in")).first() or ""


def _heard(text: str, borrower: Borrower, lender: Lender, at: datetime, key: str) -> Reading:
    zone = time_zone(borrower.zone or lender.zone)
    expecting: Any = "date" if "date" in key else "amount" if "amount" in key else None
    return read(text, at.astimezone(zone), borrower.language[:2], lender.currency, expecting=expecting)


def _day(said: Reading) -> date | None:
    return said.date or (said.parts[0].date_range or (None,))[0]


# By the key of the reply: what it told of the refusal, and which part of the words it was about.
REFUSALS: Mapping[
    str,
    tuple[Callable[[Mapping[str, Any]], Refused], Callable[[Reading], tuple[int | None, date | None]]],
] = {
    "promise.date_too_far": (
        lambda told: Refused(Reason.DATE_TOO_FAR, last=date.fromisoformat(told["last"]["date"])),
        lambda said: (None, _day(said)),
    ),
    "promise.amount_too_small": (
        lambda told: Refused(Reason.AMOUNT_TOO_SMALL, minimum=told["minimum"]["money"]),
        lambda said: (said.amount, None),
    ),
    "promise.too_many": (
        lambda told: Refused(Reason.TOO_MANY_OPEN, human=True, limit=told["count"]),
        lambda said: (None, None),
    ),
}
