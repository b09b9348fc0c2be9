"""The thread of a borrower, whose messages a test places by the hour."""

from datetime import datetime, timedelta

from sqlmodel import Session

from loans.tables import Loan
from outreach.tables import Address, Conversation, Message
from store.ids import id_of


class Thread:
    def __init__(self, session: Session, loan: Loan, begins: datetime) -> None:
        self.session, self.loan, self.begins = session, loan, begins
        address = Address(channel="sms", kind="phone", value="+525511111111", value_index=f"of {loan.borrower_id}")
        session.add(address)
        session.flush()
        self.conversation = Conversation(address_id=id_of(address), borrower_id=loan.borrower_id)
        session.add(self.conversation)
        session.flush()

    def message(self, hours: int, direction: str = "in", kind: str = "text", status: str = "handled") -> None:
        at = self.begins + timedelta(hours=hours)
        self.session.add(
            Message(
                direction=direction,
                conversation_id=id_of(self.conversation),
                address_id=self.conversation.address_id,
                borrower_id=self.conversation.borrower_id,
                loan_id=self.loan.id if direction == "out" else None,
                channel="sms",
                kind=kind,
                status=status,
                status_at=at,
                created_at=at,
                sent_at=at if direction == "out" else None,
            )
        )
        self.session.flush()

    def reminder(self, hours: int = 0, status: str = "delivered") -> None:
        self.message(hours, "out", "reminder", status)
