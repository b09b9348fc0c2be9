"""A plan or a moved date is written after a clear yes, and after the limits were checked once more."""

from typing import Any

from actions.turn import Turn
from loans import accounts, ledger, limit_versions, negotiation, plans
from loans.negotiation import Refused
from loans.offers import Offer
from loans.standing import standing
from loans.tables import Loan


def write_agreement(turn: Turn, loan: Loan, offer: Offer) -> dict[str, Any]:
    facts = standing(turn.session, loan, turn.business_date, turn.holds)
    policy = limit_versions.policy_of(turn.session, loan, turn.business_date)
    common: dict[str, Any] = {"now": turn.now, "today": turn.business_date, "turn_id": turn.id}
    if offer.kind == "plan":
        verdict = negotiation.check_plan(facts, policy, offer.payments, turn.today)
        if isinstance(verdict, Refused):
            return {"refused": verdict.reason.value}
        made = plans.record(
            turn.session, loan=loan, payments=[(each.on, each.amount) for each in offer.payments], **common
        )
        return {"plan": made.id}
    verdict = negotiation.check_date_change(facts, policy, offer.payments[0].on, turn.today)
    if isinstance(verdict, Refused) or offer.moved_from is None:
        return {"refused": verdict.reason.value if isinstance(verdict, Refused) else "moved"}
    moved = accounts.next_instalment(turn.session, loan, turn.business_date)
    if moved is None or moved.due != offer.moved_from:
        return {"refused": "moved"}
    ledger.change_due(turn.session, loan=loan, number=moved.number, due=offer.payments[0].on, **common)
    return {"date_change": offer.payments[0].on.isoformat()}
