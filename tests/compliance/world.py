"""A year at a lender: borrowers in every country pay, promise, write, stop, move and are held, all by one seed.

What happens is written through the rooms of the product and noted in the diary beside it. The clock is moved; planner,
outbox and jobs are the real ones, and only the last metre to the phone is simulated.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, select

from bot import doubts, outbox, reports
from bot.channels.base import Channel, Outgoing, SendError, SendFailed, Sent
from bot.channels.simulator import Behaviour, SimulatorChannel
from desk import cases
from loans import ledger, promises
from loans.errors import LedgerError
from loans.opening import NewLoan, open_loans
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Lender, Loan
from outreach import addresses, flows, holds, messages, policies, wishes
from outreach.tables import Address, AddressBorrower, Conversation, Hold
from scheduler import jobs
from store.engine import transaction
from store.ids import id_of
from tests.compliance.diary import Diary, Span, end

CHANNELS = ("whatsapp", "sms", "telegram")
# Half of the borrowers live in Mexico; the others everywhere else, some where the clock is changed twice a year.
HOMES = (
    *(("MX", zone) for zone in ["America/Mexico_City"] * 7 + ["America/Tijuana", "America/Cancun", None]),
    *(("CO", "America/Bogota"), ("PE", "America/Lima"), ("CL", "America/Santiago"), ("CL", "America/Punta_Arenas")),
    *(("AR", "America/Argentina/Buenos_Aires"), ("BR", "America/Sao_Paulo"), ("US", "America/New_York")),
    *(
        ("US", "America/Phoenix"),
        ("IN", None),
        ("KE", "Africa/Nairobi"),
        ("PH", "Asia/Manila"),
        ("GB", "Europe/London"),
    ),
)
# UTC: each country has at least one of them in its morning and one in its afternoon.
LOOKS = (time(4, 40), time(9, 10), time(16, 10), time(19, 40))
LENDER = "America/Mexico_City"
# How often each happens to one borrower in a year.
RATES = {
    "writes": 5.0,
    "promises": 1.5,
    "is_held": 0.4,
    "stops": 0.12,
    "takes_back_consent": 0.05,
    "wishes": 0.25,
    "is_taken_over": 0.25,
    "hears_from_a_collector": 1.0,
    "moves": 0.08,
    "was_wrong_number": 0.03,
}


@dataclass
class Standing:
    """The time of a look."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class Weather:
    """A channel in weather: it is down for hours, or loses an answer now and then."""

    settles_after = timedelta(0)

    def __init__(self, name: str, clock: Standing, chance: random.Random) -> None:
        self.name, self._clock, self._chance = name, clock, chance
        self._inner = SimulatorChannel(name, clock, Behaviour(7))
        self.down = False

    def send(self, outgoing: Outgoing) -> Sent:
        if self.down:
            raise SendFailed(SendError.UNAVAILABLE, "down")
        if self._chance.random() < 0.0005:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "lost")
        return self._inner.send(outgoing)

    def report(self, session: Session) -> None:
        for event in self._inner.take_reports():
            reports.record(session, event, ("phone", ""))

    def reads(self, text: str, buttons: list[dict[str, object]]) -> str:
        return text


@dataclass(slots=True)
class Person:
    borrower_id: int
    addresses: list[int]
    loans: list[int]
    diligence: float  # how likely an instalment is paid when it is due


@dataclass
class World:
    engine: sa.Engine
    first: date
    size: int
    seed: int = 1
    looks: tuple[time, ...] = LOOKS
    diary: Diary = field(default_factory=Diary)
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.clock = Standing(datetime.combine(self.first, time(), UTC))
        self.channels = {name: Weather(name, self.clock, self.chance) for name in CHANNELS}
        self.payments: dict[date, list[tuple[Person, int, int]]] = defaultdict(list)
        self.later: dict[date, list[Callable[[Session], None]]] = defaultdict(list)
        self.number = 0

    def begin(self) -> None:
        now = self.clock.at
        with transaction(self.engine) as session:
            session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000", zone=LENDER))
            policies.seed(session, now)
            flows.seed(session, now)
            session.flush()
            for number in range(self.size):
                self.people.append(self._person(session, number, now))
            self._lend(session)

    def live(self, days: int) -> Iterator[date]:
        for number in range(days):
            day = self.first + timedelta(days=number + 1)
            self._day(day)
            yield day

    def _day(self, day: date) -> None:
        asleep = self.chance.random() < 0.02  # a day on which nobody is at the machines
        for look in self.looks:
            at = datetime.combine(day, look, UTC) + timedelta(minutes=self.chance.randrange(-35, 35))
            self._happen(day, look == self.looks[0], at)
            if not asleep:
                self._work(at)

    def _work(self, at: datetime) -> None:
        self.clock.at = at
        for channel in self.channels.values():
            channel.down = self.chance.random() < 0.05
        jobs.run_due(self.engine, at, enabled=CHANNELS)
        channels: dict[str, Channel] = dict(self.channels)
        while outbox.send_ready(
            self.engine, channels, self.clock, limit=400, enabled=CHANNELS, real=self.clock, at_once=1
        ).handled:
            pass
        doubts.settle_open(self.engine, channels, at, at)
        with transaction(self.engine) as session:
            for channel in self.channels.values():
                channel.report(session)

    def _happen(self, day: date, is_first: bool, look: datetime) -> None:
        """In the half hour before a look, one thing after the other."""
        self.clock.at = look - timedelta(minutes=30)
        with transaction(self.engine) as session:
            if is_first:
                for person, loan, amount in self.payments.pop(day, ()):
                    self._pay(session, person, loan, amount)
                for due in self.later.pop(day, ()):
                    due(session)
            for name, rate in RATES.items():
                for _ in range(self._often(rate)):
                    self.clock.at += timedelta(seconds=0.1)
                    getattr(self, name)(session, self.chance.choice(self.people))

    def _often(self, rate: float) -> int:
        mean = rate * len(self.people) / 365 / len(self.looks)
        return int(mean) + (self.chance.random() < mean % 1)

    def _person(self, session: Session, number: int, now: datetime) -> Person:
        country, zone = self.chance.choice(HOMES)
        borrower = Borrower(
            external_id=f"B-{number}",
            full_name="Ana Pérez",
            given_name="Ana",
            country=country,
            zone=zone,
            created_at=now,
        )
        session.add(borrower)
        session.flush()
        life = self.diary.of(id_of(borrower))
        life.homes.append((now, country, zone))
        found: list[int] = []
        for channel in self.chance.sample(CHANNELS, self.chance.choice((1, 1, 2, 3))):
            address = addresses.find_or_create(session, channel, "phone", f"+52{number:06}{len(found):04}", now)
            address.confirmed_at = now if self.chance.random() < 0.85 else None
            agreed = self.chance.random() < 0.92
            addresses.link(session, address, borrower, consent_at=now if agreed else None, evidence="sign-up")
            if agreed:
                life.consents[id_of(address)].append(Span(now))
            found.append(id_of(address))
        return Person(id_of(borrower), found, [], self.chance.betavariate(4, 1.6))

    def _lend(self, session: Session) -> None:
        new = [
            (person, self._loan(person, n)) for person in self.people for n in range(self.chance.choice((1, 1, 1, 2)))
        ]
        open_loans(session, [(person.borrower_id, loan) for person, loan in new])
        ids = {loan.external_id: loan_id for loan_id, loan in self._stored(session)}
        ledger.refresh_many(session, sorted(ids.values()), self.first, self.clock.at)
        for person, loan in new:
            person.loans.append(ids[loan.external_id])
            for each in loan.instalments:
                self._will_pay(person, ids[loan.external_id], each)

    @staticmethod
    def _stored(session: Session) -> Iterator[tuple[int, Loan]]:
        return ((id_of(each), each) for each in session.exec(select(Loan)))

    def _loan(self, person: Person, number: int) -> NewLoan:
        begins, every = self.first + timedelta(days=self.chance.randrange(-20, 30)), self.chance.choice((14, 30, 30))
        dues = [begins + timedelta(days=every * each) for each in range(1, 1 + 360 // every)]
        return NewLoan(
            external_id=f"L-{person.borrower_id}-{number}",
            currency="MXN",
            principal=500_00 * len(dues),
            annual_rate=Decimal(0),
            method="flat",
            frequency="biweekly" if every == 14 else "monthly",
            disbursed_on=begins,
            instalments=[ScheduledInstalment(n + 1, due, 500_00, 0) for n, due in enumerate(dues)],
            cycle=self.chance.choice((1, 1, 2)),
        )

    def _will_pay(self, person: Person, loan_id: int, instalment: ScheduledInstalment) -> None:
        if self.chance.random() < person.diligence:
            delay = self.chance.choice((-1, 0, 0, 0, 1))
        elif self.chance.random() < 0.9:
            delay = round(self.chance.expovariate(1 / 9)) + 1
        else:
            return
        when = instalment.due + timedelta(days=delay)
        if self.first < when:
            self.payments[when].append((person, loan_id, self.chance.choice((500_00, 500_00, 500_00, 250_00))))

    def _pay(self, session: Session, person: Person, loan_id: int, amount: int) -> None:
        self.clock.at += timedelta(seconds=0.05)
        today = self.clock.at.astimezone(ZoneInfo(LENDER)).date()
        self.number += 1
        loan = session.get_one(Loan, loan_id)
        ledger.record_payment(
            session,
            loan=loan,
            amount=amount,
            currency="MXN",
            value_date=today,
            now=self.clock.at,
            today=today,
            key=f"pay-{self.number}",
        )
        self.diary.of(person.borrower_id).paid[loan_id].append(self.clock.at)

    def writes(self, session: Session, person: Person) -> None:
        """The borrower writes and is answered, at whatever hour it is."""
        conversation, _ = self._inbound(session, person)
        messages.write_reply(session, conversation, text="Con gusto.", now=self.clock.at)
        if self.chance.random() < 0.1:
            messages.write_reply(session, conversation, text="Le atiendo yo.", now=self.clock.at, kind="collector")

    def hears_from_a_collector(self, session: Session, person: Person) -> None:
        """A person begins to write, by hand and without a look at any rule."""
        address = session.get_one(Address, self.chance.choice(person.addresses))
        conversation = messages.conversation_of(session, address)
        key = [{"key": "collector.call_us", "values": {}}]
        messages.write_reply(session, conversation, text="¿Hablamos?", now=self.clock.at, kind="collector", keys=key)

    def _inbound(self, session: Session, person: Person) -> tuple[Conversation, Address]:
        address = session.get_one(Address, self.chance.choice(person.addresses))
        self.number += 1
        said = messages.Inbound(address.channel, "phone", address.value, f"in-{self.number}", "Hola")
        message = messages.receive(session, said, self.clock.at)
        if message is not None:
            message.status = "handled"
        life = self.diary.of(person.borrower_id)
        life.inbound.append((self.clock.at, address.channel, id_of(address)))
        return messages.conversation_of(session, address), address

    def promises(self, session: Session, person: Person) -> None:
        loan = session.get_one(Loan, self.chance.choice(person.loans))
        today = self.clock.at.astimezone(ZoneInfo(LENDER)).date()
        if loan.status != "active" or loan.cached_oldest_due is None or loan.cached_oldest_due > today:
            return
        due = today + timedelta(days=self.chance.randrange(1, 8))
        try:
            promises.record(session, loan=loan, amount=100_00, due=due, now=self.clock.at, today=today)
        except LedgerError:
            return
        ends = datetime.combine(due, time(6), UTC)
        self.diary.of(person.borrower_id).promises.append((id_of(loan), Span(self.clock.at, ends)))

    def is_held(self, session: Session, person: Person) -> None:
        event = self.chance.choice(("dispute", "payment_claim", "hardship", "vulnerable", "deceased"))
        days = self.chance.randrange(3, 40)
        until = self.clock.at + timedelta(days=days) if self.chance.random() < 0.5 else None
        hold = holds.place(session, event, now=self.clock.at, borrower_id=person.borrower_id, until=until)
        spans = self.diary.of(person.borrower_id).holds
        place = len(spans)
        spans.append((event, Span(self.clock.at, until)))
        if until is None:
            self.later[self.clock.at.date() + timedelta(days=days)].append(
                lambda session: self._lift(session, id_of(hold), spans, place)
            )

    def _lift(self, session: Session, hold_id: int, spans: list[tuple[str, Span]], place: int) -> None:
        holds.lift(session, session.get_one(Hold, hold_id), "staff:1", self.clock.at)
        event = spans[place][0]
        for number, (other, span) in enumerate(spans):
            if other == event and (span.ends is None or span.ends > self.clock.at):
                spans[number] = (other, Span(span.begins, self.clock.at))

    def stops(self, session: Session, person: Person) -> None:
        """On every channel; half of them come back later."""
        life = self.diary.of(person.borrower_id)
        address = session.get_one(Address, person.addresses[0])
        if addresses.opt_out(session, address, "stop", self.clock.at):
            life.silent.append(Span(self.clock.at))
            if self.chance.random() < 0.5:
                back = self.clock.at.date() + timedelta(days=self.chance.randrange(1, 90))
                self.later[back].append(lambda session: self._comes_back(session, person))

    def _comes_back(self, session: Session, person: Person) -> None:
        address, life = session.get_one(Address, person.addresses[0]), self.diary.of(person.borrower_id)
        if address.wrong_person_at is not None:
            return
        addresses.opt_in(session, address, self.clock.at)
        end(life.silent, self.clock.at)
        life.consents[id_of(address)].append(Span(self.clock.at))

    def takes_back_consent(self, session: Session, person: Person) -> None:
        address_id = self.chance.choice(person.addresses)
        link = session.get_one(AddressBorrower, (address_id, person.borrower_id))
        if link.consent_at is not None and link.consent_withdrawn_at is None:
            addresses.record_consent(link, given=False, evidence="told staff:1", now=self.clock.at)
            spans = self.diary.of(person.borrower_id).consents[address_id]
            spans[:] = [Span(each.begins, each.ends or self.clock.at) for each in spans]

    def wishes(self, session: Session, person: Person) -> None:
        life, now = self.diary.of(person.borrower_id), self.clock.at
        evidence = f"turn:{self.number}"
        kind = self.chance.choice(("pause", "hours", "channel"))
        if kind == "pause":
            until = now + timedelta(days=self.chance.randrange(3, 15))
            wishes.pause(session, person.borrower_id, until, evidence=evidence, now=now)
            end_earlier(life.pauses, now)
            life.pauses.append(Span(now, until))
        elif kind == "hours":
            opens = time(self.chance.randrange(8, 16))
            closes = time(opens.hour + 3)
            wishes.only_between(session, person.borrower_id, opens, closes, evidence=evidence, now=now)
            life.hours = [(Span(span.begins, span.ends or now), since, to) for span, since, to in life.hours]
            life.hours.append((Span(now), opens, closes))
        else:
            channel = self.chance.choice(CHANNELS)
            wishes.only_channel(session, person.borrower_id, channel, evidence=evidence, now=now)
            life.only = [(Span(each.begins, each.ends or now), other) for each, other in life.only]
            life.only.append((Span(now), channel))

    def is_taken_over(self, session: Session, person: Person) -> None:
        conversation, _ = self._inbound(session, person)
        if conversation.owner == "person":
            return
        cases.own(session, conversation, None)
        spans = self.diary.of(person.borrower_id).with_person
        place = len(spans)
        spans.append(Span(self.clock.at))
        back = self.clock.at.date() + timedelta(days=self.chance.randrange(1, 4))
        self.later[back].append(lambda session: self._give_back(session, id_of(conversation), spans, place))

    def _give_back(self, session: Session, conversation_id: int, spans: list[Span], place: int) -> None:
        cases.return_to_assistant(session, session.get_one(Conversation, conversation_id), "")
        spans[place] = Span(spans[place].begins, self.clock.at)

    def moves(self, session: Session, person: Person) -> None:
        country, zone = self.chance.choice(HOMES)
        borrower = session.get_one(Borrower, person.borrower_id)
        borrower.country, borrower.zone = country, zone
        session.add(borrower)
        session.flush()
        self.diary.of(person.borrower_id).homes.append((self.clock.at, country, zone))

    def was_wrong_number(self, session: Session, person: Person) -> None:
        """One number is somebody else's, so nothing more may go there."""
        address_id = self.chance.choice(person.addresses)
        addresses.mark_wrong_person(session, session.get_one(Address, address_id), self.clock.at)
        spans = self.diary.of(person.borrower_id).consents[address_id]
        spans[:] = [Span(each.begins, each.ends or self.clock.at) for each in spans]


def end_earlier(spans: list[Span], at: datetime) -> None:
    """A new wish takes the place of those before it."""
    spans[:] = [Span(each.begins, min(each.ends or at, at)) for each in spans]
