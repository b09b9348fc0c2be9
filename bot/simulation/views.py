"""What the simulator's page and a script get to see."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.simulation.people import Person
from desk.tables import Case
from loans import accounts
from loans.tables import Borrower, Lender, Loan, Plan, PlanPayment, Promise
from locales.currencies import in_units
from outreach import holds
from outreach.tables import Address, AddressBorrower, Conversation, Message
from store.ids import id_of

SENT = ("sent", "delivered", "read")
NEWEST = 200


def state(session: Session, person: Person | None, now: datetime) -> dict[str, Any]:
    if person is None:
        return {"promises": [], "plans": [], "cases": [], "contact": {}, "holds": [], "owner": None, "now": _iso(now)}
    live = _holds(session, person, now)
    return {
        "promises": [_promise(session, each) for each in _active(session, Promise, person)],
        "plans": [_plan(session, each) for each in _active(session, Plan, person)],
        "cases": [case(each) for each in cases_of(session, person)],
        "contact": contact(person, now) | {"holds": live},
        "holds": live,
        "owner": person.conversation.owner if person.conversation else "assistant",
        "now": _iso(now),
    }


def contact(person: Person, now: datetime) -> dict[str, Any]:
    """Flags are true where any channel of this phone has them."""
    borrower = _speaker(person)
    return {
        "identity_verified": any(each.verified_until and each.verified_until > now for each in person.addresses),
        "opted_out": any(each.opted_out_at for each in person.addresses),
        "wrong_person": any(each.wrong_person_at for each in person.addresses),
        "language": borrower.language[:2] if borrower else None,
        "preferred_contact": _preferred(borrower),
    }


def _speaker(person: Person) -> Borrower | None:
    proven = {each.verified_borrower_id for each in person.addresses}
    return next((each for each in person.borrowers if each.id in proven), next(iter(person.borrowers), None))


def _preferred(borrower: Borrower | None) -> str | None:
    """The hour or part of the day, else the channel that the borrower asked for."""
    return (borrower.preferred_time or borrower.preferred_channel) if borrower else None


def _holds(session: Session, person: Person, now: datetime) -> list[str]:
    ids = [id_of(each) for each in person.borrowers]
    loan_ids = [id_of(each) for each in session.exec(select(Loan).where(col(Loan.borrower_id).in_(ids)))]
    found: set[str] = set()
    for borrower_id in ids:
        found |= holds.active(session, now=now, borrower_id=borrower_id, loan_ids=loan_ids)
    for address in person.addresses:
        found |= holds.active(session, now=now, address_id=id_of(address))
    return sorted(found)


def _active(session: Session, table: Any, person: Person) -> list[Any]:
    ids = [id_of(each) for each in person.borrowers]
    return list(session.exec(select(table).where(table.borrower_id.in_(ids), table.state == "open").order_by(table.id)))


def _promise(session: Session, promise: Promise) -> dict[str, Any]:
    return {
        "loan": session.get_one(Loan, promise.loan_id).external_id,
        "amount": decimal(promise.amount, promise.currency),
        "currency": promise.currency,
        "date": promise.due.isoformat(),
        "state": promise.state,
    }


def _plan(session: Session, plan: Plan) -> dict[str, Any]:
    parts = session.exec(select(PlanPayment).where(PlanPayment.plan_id == plan.id).order_by(col(PlanPayment.number)))
    loan = session.get_one(Loan, plan.loan_id)
    payments = [
        {"date": each.due.isoformat(), "amount": decimal(each.amount, loan.currency), "state": each.state}
        for each in parts
    ]
    return {"loan": loan.external_id, "currency": loan.currency, "state": plan.state, "payments": payments}


def cases_of(session: Session, person: Person) -> list[Case]:
    """Not closed, of this phone's conversations or of its borrowers; the most urgent first."""
    talks = [id_of(each) for each in person.conversations]
    borrowers = [id_of(each) for each in person.borrowers]
    return list(
        session.exec(
            select(Case)
            .where(Case.state != "closed", col(Case.conversation_id).in_(talks) | col(Case.borrower_id).in_(borrowers))
            .order_by(col(Case.priority), col(Case.opened_at), col(Case.id))
        )
    )


def case(each: Case) -> dict[str, Any]:
    return {
        "id": each.id,
        "reason": each.reason,
        "state": each.state,
        "priority": each.priority,
        "facts": each.facts,
        "offers": each.offers,
        "opened_at": _iso(each.opened_at),
        "borrower_id": each.borrower_id,
    }


def reply(message: Message) -> dict[str, Any]:
    """What one message says: its text, the names of its phrases joined by +, and its buttons."""
    keys = [str(each["key"]) for each in message.keys if "key" in each]
    return {"text": message.text, "key": "+".join(keys), "buttons": message.buttons}


def outbox(session: Session, person: Person | None) -> list[dict[str, Any]]:
    """Messages that have left, over all channels, the oldest first."""
    if person is None:
        return []
    ids = [each.id for each in person.addresses]
    rows = session.exec(
        select(Message)
        .where(col(Message.address_id).in_(ids), Message.direction == "out", col(Message.status).in_(SENT))
        .order_by(col(Message.sent_at), col(Message.id))
    )
    return [message(each) for each in rows]


def message(each: Message) -> dict[str, Any]:
    return reply(each) | {
        "id": each.id,
        "direction": each.direction,
        "kind": each.kind,
        "channel": each.channel,
        "at": _iso(each.sent_at or each.created_at),
        "status": each.status,
    }


def thread(session: Session, person: Person | None, channel: str, now: datetime, frozen: bool) -> dict[str, Any]:
    """One conversation both ways with what stands beside it: the page asks for this again and again."""
    seen = state(session, person, now) | {"frozen": frozen, "messages": [], "asks": None, "thinking": False}
    lender = session.get(Lender, 1)
    if lender is not None:
        seen |= {"lender": lender.name, "zone": lender.zone}
    if person is None or lender is None:
        return seen
    seen["loans"] = [_loan(session, each, now) for each in _loans(session, person)]
    address = next((each for each in person.addresses if each.channel == channel), None)
    talk = next((each for each in person.conversations if address and each.address_id == address.id), None)
    if talk is None:
        return seen | {"owner": "assistant"}
    newest = select(Message).where(Message.conversation_id == talk.id).order_by(col(Message.id).desc()).limit(NEWEST)
    rows = list(reversed(session.exec(newest).all()))
    seen["messages"] = [
        message(each) | {"media": each.media, "decision": each.decision, "step": each.step, "intent": each.intent}
        for each in rows
        if each.direction == "in" or each.status in (*SENT, "failed", "in_doubt")
    ]
    thinking = any(each.status == "received" for each in rows)
    return seen | {"owner": talk.owner, "asks": talk.asks, "thinking": thinking}


def _loans(session: Session, person: Person) -> list[Loan]:
    return [loan for each in person.borrowers for loan in accounts.borrower_loans(session, id_of(each))]


def _loan(session: Session, loan: Loan, now: datetime) -> dict[str, Any]:
    today = accounts.business_date(accounts.lender(session), now)
    following = accounts.next_instalment(session, loan, today)
    return {
        "id": loan.external_id,
        "label": loan.label,
        "currency": loan.currency,
        "status": loan.status,
        "balance": decimal(loan.cached_balance, loan.currency),
        "overdue": decimal(accounts.overdue(session, loan, today), loan.currency),
        "dpd": accounts.days_past_due(loan, today),
        "next_due": following.due.isoformat() if following else None,
        "next_amount": decimal(following.cached_outstanding, loan.currency) if following else None,
    }


def borrowers(session: Session, search: str, arrears: str, now: datetime, limit: int = 60) -> list[dict[str, Any]]:
    """By id, name or branch; the longest overdue first. Names are encrypted, so they are compared after reading."""
    lender = session.get(Lender, 1)
    if lender is None:
        return []
    today = accounts.business_date(lender, now)
    loans: dict[int, list[Loan]] = {}
    for loan in session.exec(select(Loan)):
        loans.setdefault(loan.borrower_id, []).append(loan)
    wanted = search.casefold().strip()
    found = []
    for each in session.exec(select(Borrower)):
        names = f"{each.external_id} {each.full_name} {each.branch} {each.region}".casefold()
        dpd = max((accounts.days_past_due(loan, today) for loan in loans.get(id_of(each), ())), default=0)
        if wanted in names and _in_range(dpd, arrears):
            found.append((dpd, each))
    found.sort(key=lambda pair: (-pair[0], pair[1].external_id))
    shown = found[:limit]
    places = _addresses(session, [id_of(each) for _, each in shown])
    return [_borrower(each, dpd, loans.get(id_of(each), []), places.get(id_of(each), [])) for dpd, each in shown]


def _in_range(dpd: int, arrears: str) -> bool:
    """'' is everybody, '0' is up to date, '1-7' both borders included, '31-' has no end."""
    if not arrears:
        return True
    low, _, high = arrears.partition("-")
    return int(low) <= dpd <= int(high or (10**6 if "-" in arrears else low))


def _addresses(session: Session, borrower_ids: list[int]) -> dict[int, list[dict[str, str]]]:
    rows = session.exec(
        select(AddressBorrower.borrower_id, Address)
        .join(Address, col(Address.id) == AddressBorrower.address_id)
        .where(col(AddressBorrower.borrower_id).in_(borrower_ids))
        .order_by(col(AddressBorrower.position), col(Address.id))
    )
    found: dict[int, list[dict[str, str]]] = {}
    for borrower_id, address in rows:
        found.setdefault(borrower_id, []).append({"channel": address.channel, "address": address.value})
    return found


def _borrower(each: Borrower, dpd: int, loans: list[Loan], places: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "id": each.external_id,
        "name": each.full_name,
        "given_name": each.given_name,
        "branch": each.branch,
        "language": each.language,
        "birth_date": each.birth_date,
        "document_ending": each.document_ending,
        "dpd": dpd,
        "loans": [
            {
                "id": loan.external_id,
                "label": loan.label,
                "currency": loan.currency,
                "balance": decimal(loan.cached_balance, loan.currency),
                "status": loan.status,
            }
            for loan in loans
        ],
        "addresses": places,
    }


def queue(session: Session) -> list[dict[str, Any]]:
    """Everybody's open cases, with the borrower and the phone they are about."""
    rows = session.exec(
        select(Case, Address, Borrower)
        .join(Conversation, col(Conversation.id) == Case.conversation_id, isouter=True)
        .join(Address, col(Address.id) == Conversation.address_id, isouter=True)
        .join(Borrower, col(Borrower.id) == Case.borrower_id, isouter=True)
        .where(Case.state != "closed")
        .order_by(col(Case.priority), col(Case.opened_at), col(Case.id))
        .limit(NEWEST)
    )
    return [case(each) | _about(place, borrower) for each, place, borrower in rows]


def _about(place: Address | None, borrower: Borrower | None) -> dict[str, Any]:
    return {
        "address": place.value if place else None,
        "channel": place.channel if place else None,
        "borrower": borrower.external_id if borrower else None,
        "name": borrower.full_name if borrower else None,
    }


def decimal(amount: int, currency: str) -> float:
    """A JSON number in whole units; only shown, never reckoned with."""
    return float(in_units(amount, currency))


def _iso(at: datetime) -> str:
    return at.isoformat()
