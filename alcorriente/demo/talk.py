"""What a demo's borrowers wrote and were answered: promises in the chat, and cases that people work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from desk import cases
from desk.cases import Reason
from loans.tables import Borrower, Promise
from locales.phrases import render
from outreach import addresses, answers, holds, messages
from outreach.messages import Inbound
from outreach.tables import Address, AddressBorrower, Conversation, Message
from store.ids import id_of

PROMISED = {
    "es": (
        "No me alcanza hoy, ¿puedo pagar el {day}?",
        "Le deposito el {day}, disculpe.",
        "Sí pago, pero hasta el {day}.",
    ),
    "en": ("I can't pay today, may I pay on {day}?", "I'll pay on {day}, sorry.", "Yes, but I can only pay on {day}."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that leads to a case, and the hold that goes with it."""

    reason: Reason
    es: str
    en: str
    hold: str | None = None


ASKED = (
    Asked(Reason.HUMAN_REQUEST, "Quiero hablar con una persona, por favor.", "I want to talk to a person, please."),
    Asked(
        Reason.PAYMENT_CLAIM,
        "Ya pagué ayer en el OXXO y me siguen cobrando.",
        "I already paid yesterday.",
        "payment_claim",
    ),
    Asked(Reason.DISPUTE, "Ese monto no es correcto, yo debo menos.", "That amount is wrong, I owe less.", "dispute"),
    Asked(Reason.HARDSHIP, "Me quedé sin trabajo el mes pasado.", "I lost my job last month.", "hardship"),
    Asked(Reason.EXTENSION_REQUEST, "¿Me pueden dar dos meses más?", "Could I have two more months?"),
    Asked(
        Reason.COMPLAINT, "El asesor me habló muy mal, quiero quejarme.", "The officer was rude, I want to complain."
    ),
    Asked(
        Reason.VULNERABLE_DISTRESS,
        "Mi esposo está en el hospital, no puedo con todo.",
        "My husband is in hospital.",
        "vulnerable",
    ),
    Asked(Reason.MEDIA_REVIEW, "Le mando la foto de mi ficha.", "Here is the picture of my receipt."),
)


def tell_promise(session: Session, promise: Promise, borrower: Borrower, *, turn: int, at: datetime) -> None:
    """The borrower asks for a later day in the chat, and reads the promise back."""
    address = _address(session, borrower)
    if address is None:
        return
    addresses.verify(session, address, borrower, at)
    english = borrower.language.startswith("en")
    texts = PROMISED["en" if english else "es"]
    day = f"{promise.due:%B} {promise.due.day}" if english else f"{promise.due.day}/{promise.due.month}"
    asked = _said(session, address, texts[turn % len(texts)].format(day=day), "promise_to_pay", turn=turn, at=at)
    values = {
        "name": borrower.given_name,
        "amount": {"money": promise.amount, "currency": promise.currency},
        "date": {"date": promise.due.isoformat()},
    }
    _answered(session, asked, borrower, "promise.recorded", values, at=at + timedelta(seconds=4))


def tell_case(
    session: Session, borrower: Borrower, loan_id: int, asked: Asked, *, turn: int, at: datetime, closed: bool
) -> None:
    """The borrower writes, is told that a person comes, and a case waits for one; or it was closed long ago."""
    address = _address(session, borrower)
    if address is None:
        return
    text = asked.en if borrower.language.startswith("en") else asked.es
    message = _said(session, address, text, asked.reason.value, turn=turn, at=at)
    if asked.hold is not None and not closed:
        holds.place(
            session, asked.hold, now=at, loan_id=loan_id, until=at + timedelta(days=30), turn_id=message.turn_id
        )
    case = cases.open_case(
        session,
        asked.reason,
        now=at,
        borrower_id=id_of(borrower),
        conversation_id=message.conversation_id,
        loan_id=loan_id,
        facts={"text": text},
        turn_id=message.turn_id,
    )
    _answered(session, message, borrower, "person.coming", {}, at=at + timedelta(seconds=3))
    if closed and case.state != "closed":
        cases.close(session, case, None, "atendido por teléfono", at + timedelta(hours=1))


def _address(session: Session, borrower: Borrower) -> Address | None:
    found = session.exec(
        select(Address)
        .join(AddressBorrower, col(AddressBorrower.address_id) == Address.id)
        .where(AddressBorrower.borrower_id == borrower.id, col(AddressBorrower.consent_at).is_not(None))
        .order_by(col(AddressBorrower.position), col(Address.id))
    ).all()
    preferred = [each for each in found if each.channel == borrower.preferred_channel]
    return next(iter(preferred or found), None)


def _said(session: Session, address: Address, text: str, intent: str, *, turn: int, at: datetime) -> Message:
    inbound = Inbound(address.channel, address.kind, address.value, f"demo-in-{turn}", text)
    message = messages.receive(session, inbound, at)
    if message is None:
        raise ValueError(f"demo message {turn} was told before")
    message.status, message.intent = "handled", intent
    return message


def _answered(
    session: Session, asked: Message, borrower: Borrower, key: str, values: Mapping[str, Any], *, at: datetime
) -> None:
    conversation = session.get_one(Conversation, asked.conversation_id)
    reply = messages.write_reply(
        session,
        conversation,
        text=render(key, values, f"{borrower.language}_{borrower.country}"),
        now=at,
        turn_id=asked.turn_id,
        keys=[{"key": key, "values": dict(values)}],
        language=borrower.language,
    )
    reply.status, reply.sent_at, reply.provider_id = "delivered", at, f"sim-{reply.id}"
    reply.decision = answers.proofs(session, [reply], at)[id_of(reply)]
    conversation.last_turn_at = at
    session.flush()
