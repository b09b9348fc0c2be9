"""Many borrowers who promise at the same time, while somebody pulls plugs."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from types import TracebackType

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans import ledger
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Loan, Promise
from outreach import addresses, messages
from outreach.messages import Inbound
from outreach.tables import Address, Message
from store.engine import create_engine, reading, transaction
from store.ids import id_of
from tests.journeys.phone import BORN, NOW
from tests.product import Product

AT = datetime.fromisoformat(NOW)
FRIDAY = date(2026, 11, 20)
PROMISE = "el viernes le pago 500"
SCRIPTS = ((PROMISE, "sí"), (PROMISE, BORN, "sí"))
ANSWERS = (("promise.confirm", "promise.recorded"), ("identity.ask", "promise.confirm", "promise.recorded"))
APOLOGY = "apology.down"


@cache
def _engine(url: str) -> sa.Engine:
    return create_engine(url)


def product_store(product: Product) -> sa.Engine:
    return _engine(product.store_url)


def someone(
    session: Session, *, number: int, phone: str, born: str = "1985-04-12", balance: int = 3200_00, known: bool = False
) -> Address:
    """A borrower whose first of four instalments is a week late."""
    borrower = Borrower(
        external_id=f"M-{number}",
        full_name="Rosa Chan",
        given_name="Rosa",
        birth_date=born,
        zone="America/Mexico_City",
        created_at=AT,
    )
    session.add(borrower)
    session.flush()
    first = AT.date() - timedelta(days=7)
    plan = [ScheduledInstalment(n + 1, first + timedelta(days=14 * n), balance // 4, 0) for n in range(4)]
    ledger.open_loan(
        session,
        external_id=f"ML-{number}",
        borrower_id=id_of(borrower),
        currency="MXN",
        principal=balance,
        annual_rate=Decimal(0),
        method="flat",
        frequency="biweekly",
        disbursed_on=first - timedelta(days=14),
        instalments=plan,
        today=AT.date(),
    )
    address = addresses.find_or_create(session, "whatsapp", "phone", phone, AT)
    addresses.link(session, address, borrower, consent_at=AT, evidence="test")
    if known:
        addresses.verify(session, address, borrower, AT)
    return address


@dataclass
class Talk:
    phone: str
    says: tuple[str, ...]
    expects: tuple[str, ...]
    message_ids: list[int] = field(default_factory=list)


class Crowd:
    """Everyone sends the next message as soon as the last is answered, from a thread of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.talks: list[Talk] = []
        self.locked_out = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Crowd":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def joins(self, count: int) -> None:
        for _ in range(count):
            number = len(self.talks) + 1
            kind = number % len(SCRIPTS)
            talk = Talk(f"+52551{number:07d}", SCRIPTS[kind], ANSWERS[kind])
            with transaction(self._engine) as session:
                someone(session, number=1000 + number, phone=talk.phone, known=kind == 0)
                message_id = self._say(session, talk)
            talk.message_ids.append(message_id)
            self.talks.append(talk)

    def wait(self, patience: float) -> None:
        ends = time.monotonic() + patience
        while any(len(each.message_ids) < len(each.says) for each in self.talks) or self._waiting():
            assert time.monotonic() < ends, f"{self._waiting()} messages without an answer"
            time.sleep(0.2)

    def _waiting(self) -> list[int]:
        with reading(self._engine) as session:
            return [each or 0 for each in session.exec(select(Message.id).where(Message.status == "received"))]

    def _run(self) -> None:
        while not self._over.wait(0.1):
            try:
                self._go_on()
            except sa.exc.OperationalError:
                self.locked_out += 1  # A phone sends again when the store could not take its message.

    def _go_on(self) -> None:
        waiting = set(self._waiting())
        for talk in list(self.talks):
            if len(talk.message_ids) < len(talk.says) and talk.message_ids[-1] not in waiting:
                with transaction(self._engine) as session:
                    message_id = self._say(session, talk)
                talk.message_ids.append(message_id)

    def _say(self, session: Session, talk: Talk) -> int:
        step = len(talk.message_ids)
        inbound = Inbound("whatsapp", "phone", talk.phone, f"{talk.phone}-{step}", text=talk.says[step])
        kept = messages.receive(session, inbound, AT)
        assert kept is not None
        return id_of(kept)

    def check(self) -> Counter[str]:
        """Every message answered once and rightly, every promise recorded once; figures of what it took."""
        figures: Counter[str] = Counter(talks=len(self.talks), locked_out=self.locked_out)
        with reading(self._engine) as session:
            for talk in self.talks:
                for message_id, expected in zip(talk.message_ids, talk.expects, strict=True):
                    asked = session.get_one(Message, message_id)
                    replies = [
                        "+".join(str(key["key"]) for key in each.keys)
                        for each in session.exec(
                            select(Message).where(Message.turn_id == asked.turn_id, Message.direction == "out")
                        )
                    ]
                    assert replies.count(APOLOGY) <= 1, (talk.phone, replies)
                    assert [each for each in replies if each != APOLOGY] == [expected], (talk.phone, message_id)
                    figures["messages"] += 1
                    figures["tried again"] += asked.attempts > 1
                    figures["most attempts"] = max(figures["most attempts"], asked.attempts)
                    figures["apologies"] += APOLOGY in replies
            promised = session.exec(select(Promise).where(col(Promise.state) == "open")).all()
            assert [(each.amount, each.due) for each in promised] == [(500_00, FRIDAY)] * len(self.talks)
            assert len({each.loan_id for each in promised}) == len(self.talks) == _loans(session)
            left = session.exec(select(Message.status).where(Message.direction == "out")).all()
            assert set(left) <= {"sent", "queued", "sending"}, Counter(left)
            figures["promises"] = len(promised)
        return figures


def _loans(session: Session) -> int:
    return len(session.exec(select(Loan.id).where(col(Loan.external_id).like("ML-1%"))).all())
