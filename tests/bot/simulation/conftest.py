from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from bot.simulation.routes import router
from outreach.messages import write_reply
from outreach.tables import Conversation, Message
from store.clock import MovableClock
from store.engine import transaction


class Product:
    """Stands where the front room's composition stands: what the loop and the jobs do is each test's own."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.clock = MovableClock(engine)
        self.answer: Callable[[Message], dict[str, Any] | None] = lambda _: None
        self.due: Callable[[datetime], dict[str, int]] = lambda _: {}
        self.is_demo = True
        self.settled = 0

    def run_due(self, now: datetime) -> dict[str, int]:
        return self.due(now)

    def settle(self) -> None:
        """Answers what has come in, unless a person has the conversation, and sends what is due."""
        self.settled += 1
        with transaction(self.engine) as session:
            now = self.clock.now()
            for message in session.exec(select(Message).where(Message.status == "received")).all():
                message.status, message.status_at = "handled", now
                talk = session.get_one(Conversation, message.conversation_id)
                said = self.answer(message) if talk.owner == "assistant" else None
                if said is not None:
                    message.intent = said.pop("intent", None)
                    talk.asks = said.get("asks")
                    write_reply(session, talk, now=now, turn_id=message.turn_id, **said)
            due = select(Message).where(Message.status == "queued", col(Message.send_after) <= now)
            for message in session.exec(due).all():
                message.status, message.status_at, message.sent_at = "sent", now, now


@pytest.fixture
def product(engine: sa.Engine) -> Product:
    return Product(engine)


@pytest.fixture
def phone(product: Product) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(
        router(
            product.engine,
            product.clock,
            settle=product.settle,
            run_due=product.run_due,
            restore_demo=None,
            demo_data=lambda: product.is_demo,
        )
    )
    with TestClient(app, client=("127.0.0.1", 50000)) as client:
        yield client
