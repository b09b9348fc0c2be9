"""What our last message invited the borrower to: 'sí, mañana' to a reminder speaks of the amount it named."""

from typing import Any

from actions.turn import Turn
from loans import accounts
from loans.tables import Instalment, Loan, PlanPayment, Promise

# After one of these, a bare date or amount answers it.
INVITING = frozenset({"reminder", "promise_reminder", "plan_reminder", "promise_followup"})


def is_invited(turn: Turn) -> bool:
    return turn.metadata.get("after") in INVITING


def invited_amount(turn: Turn, loan: Loan) -> int | None:
    """What is left of what the message was about, in minor units."""
    subject = next((str(each["subject"]) for each in _about(turn) if each.get("loan") == loan.id), "")
    kind, _, row_id = subject.partition(":")
    if kind in {"promise", "plan_payment"}:
        agreed: Promise | PlanPayment | None
        if kind == "promise":
            agreed = turn.session.get(Promise, int(row_id))
        else:
            agreed = turn.session.get(PlanPayment, int(row_id))
        return max(0, agreed.amount - agreed.credited) or None if agreed else None
    if kind == "instalment":
        due = turn.session.get(Instalment, int(row_id))
        return accounts.overdue(turn.session, loan, turn.business_date) or (due.cached_outstanding if due else None)
    return None


def invited_loan(turn: Turn) -> int | None:
    """The only loan that the message was about."""
    loans = {each.get("loan") for each in _about(turn)}
    return loans.pop() if len(loans) == 1 else None


def _about(turn: Turn) -> list[dict[str, Any]]:
    return list(turn.metadata.get("about") or [])
