"""The visible vectors once more, as rows of both engines: the cached columns must say what the pure replay says."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from loans import accounts, ledger
from loans.replay import COMPONENTS
from loans.schedule import ScheduledInstalment
from loans.tables import Loan, Payment
from store.ids import id_of
from tests.loans.book import a_borrower
from tests.loans.ledger_vectors import day, load, minor

# Later than any date in the vectors.
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def open_loan_of(session: Session, vector: Mapping[str, Any]) -> Loan:
    instalments = [
        ScheduledInstalment(i["n"], day(i["due"]), minor(i["principal"]), minor(i["interest"]))
        for i in vector["instalments"]
    ]
    loan = ledger.open_loan(
        session,
        external_id=vector["id"],
        borrower_id=id_of(a_borrower(session)),
        currency="MXN",
        principal=sum(each.principal for each in instalments),
        annual_rate=Decimal(0),
        method="flat",
        frequency="monthly",
        disbursed_on=min(each.due for each in instalments),
        instalments=instalments,
        today=TODAY,
    )
    loan.allocation_order = ",".join(vector.get("allocation_order", COMPONENTS))
    return loan


def record(session: Session, loan: Loan, event: Mapping[str, Any], key: str) -> None:
    """Pauses are left out: they change no balance and no cached column."""
    if event["type"] == "payment":
        ledger.record_payment(
            session,
            loan=loan,
            amount=minor(event["amount"]),
            currency="MXN",
            value_date=day(event["date"]),
            now=NOW,
            today=TODAY,
            key=event["id"],
        )
    elif event["type"] == "charge":
        ledger.add_charge(
            session,
            loan=loan,
            component=event["component"],
            due=day(event["due"]),
            amount=minor(event["amount"]),
            rule="",
            key=key,
            now=NOW,
            today=TODAY,
        )
    elif event["type"] == "reversal":
        payment = session.exec(select(Payment).where(Payment.idempotency_key == event["ref"])).one()
        ledger.reverse_payment(session, payment, "as the vector says", NOW, TODAY)


def rows(session: Session, loan: Loan) -> list[dict[str, Any]]:
    """Read from the tables, not from objects that the session holds."""
    session.flush()
    table = SQLModel.metadata.tables["instalment"]
    found = session.execute(sa.select(table).where(table.c.loan_id == loan.id).order_by(table.c.due))
    return [
        {
            "n": row.number,
            "due": row.due,
            "principal": row.principal,
            "interest": row.interest,
            "fee": row.cached_fee,
            "penalty": row.cached_penalty,
            "paid": row.cached_paid,
            "outstanding": row.cached_outstanding,
            "paid_on": row.cached_paid_on,
        }
        for row in found
    ]


def wanted(row: Mapping[str, Any]) -> dict[str, Any]:
    amounts = ("principal", "interest", "fee", "penalty", "paid", "outstanding")
    return {
        "n": row["n"],
        "due": day(row["due"]),
        "paid_on": day(row["paid_on"]) if row["paid_on"] else None,
        **{name: minor(row[name]) for name in amounts},
    }


def check_allocation(session: Session, loan: Loan, check: Mapping[str, Any]) -> None:
    found = rows(session, loan)
    if check["kind"] == "instalments":
        assert found == [wanted(row) for row in check["rows"]]
        return
    if "outstanding" in check:
        outstanding = minor(check["outstanding"])
        assert loan.cached_balance == sum(row["outstanding"] for row in found) == outstanding
        assert loan.status == ("active" if outstanding else "closed")
    if "overpaid" in check:
        assert loan.cached_overpaid == minor(check["overpaid"])


def check_lateness(session: Session, loan: Loan, check: Mapping[str, Any]) -> None:
    if check["kind"] == "loan":
        assert accounts.days_past_due(loan, day(check["as_of"])) == check["dpd"]
        if "overdue_amount" in check:
            assert accounts.overdue(session, loan, day(check["as_of"])) == minor(check["overdue_amount"])


VECTORS = [
    pytest.param(vector, check, id=vector["id"])
    for kind, check in (("allocation", check_allocation), ("delinquency", check_lateness))
    for vector in load(kind)["vectors"]
]


@pytest.mark.parametrize(("vector", "check"), VECTORS)
def test_the_stored_ledger_agrees_with_other_systems(session: Session, vector: Any, check: Any) -> None:
    loan, recorded = open_loan_of(session, vector), 0
    for expected in vector["checks"]:
        for event in vector["events"][recorded : expected["after_events"]]:
            record(session, loan, event, key=f"charge-{recorded}")
            recorded += 1
        check(session, loan, expected)
    assert loan.cached_oldest_due == next((row["due"] for row in rows(session, loan) if row["outstanding"]), None)
