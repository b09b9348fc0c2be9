"""Months of a lender's life in seconds: loans are paid out, borrowers pay, promise, keep and break their word.

All goes through the product's own doors: the imports, the ledger, promises, cases; what the lender's side does
each day (plan, send) is the caller's `plan_day`.
"""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from alcorriente.demo import talk
from alcorriente.demo.behaviour import Intent, Payer
from alcorriente.demo.portfolio import SEED, DemoLoan, generate, portfolio_csv
from desk.imports.payments import import_payments
from desk.imports.portfolio import import_portfolio
from desk.imports.table import table_of
from loans import accounts, balances, ledger, plans, promises
from loans.tables import Borrower, Charge, Instalment, Loan, Payment, Promise
from store.engine import transaction
from store.ids import id_of

MORNING, NOON, EVENING, NIGHT = time(8), time(12, 30), time(18, 30), time(19)
PAY_CHANNELS = {"oxxo": 45, "spei": 25, "efectivo": 20, "sucursal": 10}
PROMISE_SHARE, STOPPED_PROMISE_SHARE, PLAN_SHARE = 0.12, 0.02, 0.006  # of the overdue loans, a day
KEPT, PARTLY = 0.74, 0.12
LATE_FEE, LATE_FEE_AFTER = 80_00, 15
CASES_EVERY, LAST_CASES = 9, 8

PaymentLine = tuple[str, int, date]


def live(
    engine: sa.Engine,
    start: date,
    end: date,
    plan_day: Callable[[datetime], None],
    progress: Callable[[int, int], None] | None = None,
    *,
    seed: int = SEED,
) -> None:
    """Every day from `start` until the day before `end`; the same seed gives the same history.

    `plan_day` gets each day's noon and does the lender's side: it judges promises, plans and sends.
    """
    with transaction(engine) as session:
        zone = ZoneInfo(accounts.lender(session).zone)
    life = _Life(engine, generate(end, seed), zone, seed)
    days = (end - start).days
    for number in range(days):
        today = start + timedelta(days=number)
        life.pay_out(today)
        plan_day(datetime.combine(today, NOON, zone))
        life.evening(today, days - number)
        if progress:
            progress(number + 1, days)


class _Life:
    def __init__(self, engine: sa.Engine, loans: Sequence[DemoLoan], zone: ZoneInfo, seed: int) -> None:
        self._engine = engine
        self._zone = zone
        self._seed = seed
        self._waiting = list(loans)
        self._payers: dict[str, Payer] = {}
        self._chance = random.Random(f"{seed}:life")  # noqa: S311  (a simulation, not a secret)
        self._turn = 0
        self._asked = 0

    def pay_out(self, today: date) -> None:
        """Loans disbursed by today come in as a file."""
        now = datetime.combine(today, MORNING, self._zone)
        fresh = [loan for loan in self._waiting if loan.disbursed_on <= today]
        if not fresh:
            return
        self._waiting = [loan for loan in self._waiting if loan.disbursed_on > today]
        table = table_of(portfolio_csv(fresh), f"cartera-{today}.csv")
        with transaction(self._engine) as session:
            report = import_portfolio(session, table, now, today)
            if report.errors:
                raise ValueError(f"the demo's own file was refused: {report.errors[0]}")
            self._payers |= {loan.external_id: Payer(loan, self._seed) for loan in fresh}
            self._pay_what_was_due(session, fresh, now, today)

    def evening(self, today: date, days_left: int) -> None:
        """Payments at half past six, words at seven."""
        with transaction(self._engine) as session:
            self._pay(session, datetime.combine(today, EVENING, self._zone), today)
            now = datetime.combine(today, NIGHT, self._zone)
            self._charge_late_fees(session, now, today)
            late = self._overdue_loans(session, today)
            self._promise(session, late, now, today)
            self._agree_on_plans(session, late, now, today)
            if days_left <= LAST_CASES or days_left % CASES_EVERY == 0:
                self._ask_for_a_person(session, late, now, closed=days_left > LAST_CASES)

    def _pay_what_was_due(self, session: Session, fresh: Sequence[DemoLoan], now: datetime, today: date) -> None:
        """What was paid before the history begins, each instalment on its day."""
        lines = []
        for loan in fresh:
            payer = self._payers[loan.external_id]
            amounts = {each.n: each.total for each in payer.instalments}
            lines += [
                (loan.external_id, amounts[intent.upto], intent.on)
                for intent in payer.due_today(today - timedelta(days=1))
            ]
        self._import(session, lines, now, today)
        # Nobody is thanked now for what was paid long ago.
        session.execute(sa.update(Payment).where(col(Payment.value_date) < today).values(thanked_at=now))

    def _pay(self, session: Session, now: datetime, today: date) -> None:
        due = {loan: intents for loan, payer in self._payers.items() if (intents := payer.due_today(today))}
        outstanding = _outstanding(session, due.keys())
        lines = [
            (loan, amount, today)
            for loan, intents in due.items()
            if (amount := _amount(intents, outstanding[loan])) > 0
        ]
        self._import(session, lines, now, today)
        if lines and today.day == 17:
            self._return_one(session, now, today)

    def _import(self, session: Session, lines: Sequence[PaymentLine], now: datetime, today: date) -> None:
        if not lines:
            return
        held = io.StringIO()
        written = csv.writer(held)
        written.writerow(("Crédito", "Importe", "Fecha", "Canal", "Referencia"))
        for loan, amount, on in lines:
            channel = self._chance.choices(list(PAY_CHANNELS), list(PAY_CHANNELS.values()))[0]
            reference = f"{on:%y%m%d}{loan[-5:]}" if channel in ("oxxo", "spei") else ""
            written.writerow((loan, f"{amount / 100:.2f}", f"{on:%d/%m/%Y}", channel, reference))
        report = import_payments(session, table_of(held.getvalue().encode(), f"pagos-{today}.csv"), now, today)
        if report.errors:
            raise ValueError(f"the demo's own file was refused: {report.errors[0]}")

    def _return_one(self, session: Session, now: datetime, today: date) -> None:
        """Now and then a bank takes a transfer back; the borrower pays again two days later."""
        last = session.exec(select(Payment).where(Payment.channel == "spei").order_by(col(Payment.id).desc())).first()
        if last is not None and last.value_date == today:
            ledger.reverse_payment(session, last, "devuelto por el banco", now, today)
            payer = self._payers[session.get_one(Loan, last.loan_id).external_id]
            payer.intents.append(Intent(today + timedelta(days=2), amount=last.amount))

    def _charge_late_fees(self, session: Session, now: datetime, today: date) -> None:
        """One fee for each instalment that reaches the age; the same day's second run adds none."""
        late = session.exec(
            select(Instalment).where(
                Instalment.due == today - timedelta(days=LATE_FEE_AFTER), Instalment.cached_outstanding > 0
            )
        ).all()
        for each in late:
            key = f"late:{each.loan_id}:{each.number}"
            session.add(
                Charge(
                    loan_id=each.loan_id,
                    component="penalty",
                    due=each.due,
                    amount=LATE_FEE,
                    rule=f"{LATE_FEE_AFTER} days late",
                    idempotency_key=key,
                    recorded_at=now,
                )
            )
        balances.refresh_many(session, {each.loan_id for each in late}, today, now)

    def _overdue_loans(self, session: Session, today: date) -> list[Loan]:
        """A few days late and no more than 60, nothing promised, not twice disappointed."""
        promised = select(Promise.borrower_id).where(Promise.state == "open")
        broken = (
            select(Promise.borrower_id)
            .where(Promise.state == "broken")
            .group_by(col(Promise.borrower_id))
            .having(sa.func.count() >= 2)
        )
        return list(
            session.exec(
                select(Loan)
                .where(
                    Loan.status == "active",
                    col(Loan.cached_oldest_due).between(today - timedelta(days=60), today - timedelta(days=2)),
                    col(Loan.borrower_id).not_in(promised),
                    col(Loan.borrower_id).not_in(broken),
                )
                .order_by(col(Loan.id))
            )
        )

    def _promise(self, session: Session, late: list[Loan], now: datetime, today: date) -> None:
        for loan in [each for each in late if self._chance.random() < self._readiness(each)]:
            late.remove(loan)
            overdue, due = accounts.overdue(session, loan, today), today + timedelta(days=self._chance.randint(2, 9))
            by_assistant = self._chance.random() < 0.8
            promise = promises.record(
                session,
                loan=loan,
                amount=overdue,
                due=due,
                now=now,
                today=today,
                made_by="assistant" if by_assistant else "staff:1",
                turn_id=f"demo-promise-{self._next_turn()}",
            )
            self._decide(loan, promise)
            if by_assistant:
                borrower = session.get_one(Borrower, loan.borrower_id)
                talk.tell_promise(session, promise, borrower, turn=self._turn, at=now)

    def _readiness(self, loan: Loan) -> float:
        return STOPPED_PROMISE_SHARE if self._payers[loan.external_id].stopped else PROMISE_SHARE

    def _decide(self, loan: Loan, promise: Promise) -> None:
        payer, luck = self._payers[loan.external_id], self._chance.random()
        if payer.stopped or luck > KEPT + PARTLY:
            payer.forget(promise.due)
        elif luck < KEPT:
            payer.keep(promise.due)
        else:
            payer.pay_part(promise.due, promise.amount // 200 * 100)

    def _agree_on_plans(self, session: Session, late: list[Loan], now: datetime, today: date) -> None:
        for loan in [each for each in late if self._chance.random() < PLAN_SHARE]:
            if accounts.days_past_due(loan, today) < 8 or plans.active(session, loan.borrower_id):
                continue
            overdue = accounts.overdue(session, loan, today)
            parts = [overdue // 3, overdue // 3, overdue - overdue // 3 * 2]
            dates = [today + timedelta(days=days) for days in (5, 12, 19)]
            payments = list(zip(dates, parts, strict=True))
            turn_id = f"demo-plan-{self._next_turn()}"
            plans.record(session, loan=loan, payments=payments, now=now, today=today, turn_id=turn_id)
            payer = self._payers[loan.external_id]
            if not payer.stopped:
                payer.forget(dates[-1])
                payer.intents += [Intent(on, amount=amount) for on, amount in payments]

    def _ask_for_a_person(self, session: Session, late: list[Loan], now: datetime, *, closed: bool) -> None:
        if not late:
            return
        loan, asked = self._chance.choice(late), talk.ASKED[self._asked % len(talk.ASKED)]
        self._asked += 1
        borrower = session.get_one(Borrower, loan.borrower_id)
        talk.tell_case(session, borrower, id_of(loan), asked, turn=self._next_turn(), at=now, closed=closed)

    def _next_turn(self) -> int:
        self._turn += 1
        return self._turn


def _outstanding(session: Session, loans: Sequence[str] | object) -> dict[str, list[tuple[int, int]]]:
    """By loan: (number, outstanding) of what is open, the first due first."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = session.exec(
        select(Loan.external_id, Instalment.number, Instalment.cached_outstanding)
        .join(Instalment, col(Instalment.loan_id) == Loan.id)
        .where(col(Loan.external_id).in_(loans), Instalment.cached_outstanding > 0)  # type: ignore[arg-type]
        .order_by(col(Instalment.due), col(Instalment.number))
    )
    for loan, number, outstanding in rows:
        found[loan].append((number, outstanding))
    return found


def _amount(intents: Sequence[Intent], outstanding: Sequence[tuple[int, int]]) -> int:
    """The furthest instalment meant, and what is paid beside, never more than all."""
    upto = max((each.upto for each in intents), default=0)
    wanted = sum(left for number, left in outstanding if number <= upto) + sum(each.amount for each in intents)
    return min(wanted, sum(left for _, left in outstanding))
