"""A turn as Rasa would call it, over a store with a fixture's borrower."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from sqlmodel import Session, select

from actions.turn import Turn
from bot.simulation import fixture, loading
from outreach.tables import Address, Conversation
from store.ids import id_of

NOW = "2026-11-18T10:00:00-06:00"  # a Wednesday
LATE = {
    "id": "LN-1001",
    "balance": 3200,
    "overdue_amount": 800,
    "installment_amount": 800,
    "next_due_date": "2026-11-25",
    "paid_installments": 6,
    "total_installments": 10,
}
SECOND = {
    "id": "LN-2002",
    "label": "máquina de coser",
    "balance": 1500,
    "installment_amount": 250,
    "next_due_date": "2026-11-27",
    "paid_installments": 2,
    "total_installments": 8,
}
Says = Callable[..., Turn]


@pytest.fixture
def says(session: Session) -> Says:
    """`says("mañana 300", loans=[...], promises=[...], intent="promise_to_pay")`; other names are slots."""

    def turn(
        text: str,
        *,
        intent: str = "promise_to_pay",
        loans: Any = None,
        promises: Any = (),
        also: Any = (),
        verified: bool = True,
        **slots: Any,
    ) -> Turn:
        contact = {"name": "Guadalupe Ruiz", "phone": "+525500000001", "identity_verified": verified}
        given = {"now": NOW, "contact": contact, "loans": list(loans or [LATE]), "promises": list(promises)}
        loading.load_fixture(session, fixture.read(given))
        address = session.exec(select(Address).where(Address.channel == "whatsapp")).one()
        talk = Conversation(address_id=id_of(address), tracker="t")
        session.add(talk)
        session.flush()
        metadata = {"turn_id": "turn-1", "now": NOW, "conversation_id": talk.id, "said": text, "also": list(also)}
        latest = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "metadata": metadata}
        return Turn(session, Tracker("t", slots, latest, [], False, None, {}, "action_listen"))

    return turn
