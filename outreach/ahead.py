"""Rows that the wording of many messages asks for one by one, read together before it begins."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from loans.tables import Borrower, Instalment, Loan, PlanPayment, Promise
from outreach.tables import Address, FlowVersion, Message
from outreach.wording import subject_of

SUBJECTS: dict[str, type[SQLModel]] = {"instalment": Instalment, "promise": Promise, "plan_payment": PlanPayment}


def read(session: Session, messages: Iterable[Message]) -> list[SQLModel]:
    """Keep the list while the messages are worded: a session forgets a row that nobody holds."""
    wanted: dict[type[SQLModel], set[Any]] = defaultdict(set)
    for message in messages:
        wanted[Address].add(message.address_id)
        wanted[Borrower].add(message.borrower_id)
        wanted[FlowVersion].add(message.flow_version_id)
        for about in (row for word in message.keys for row in word.get("about", ())):
            wanted[Loan].add(about["loan"])
            subject, row_id = subject_of(about)
            if subject in SUBJECTS:
                wanted[SUBJECTS[subject]].add(row_id)
    return [row for table, ids in wanted.items() for row in _rows(session, table, ids - {None})]


def _rows(session: Session, table: type[SQLModel], ids: set[Any]) -> list[SQLModel]:
    return list(session.exec(select(table).where(col(table.id).in_(ids)))) if ids else []  # type: ignore[attr-defined]
