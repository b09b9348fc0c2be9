"""A payment that was claimed: taken back in plain words, and never by whoever insists on it."""

import pytest
from sqlmodel import col, select

from actions.registry import ANSWERS
from desk.tables import Case
from outreach.tables import Hold
from tests.actions.conftest import Says


def claimed(says: Says, then: str, intent: str = "dispute_debt", **facts: str) -> list[str]:
    """The phrases that answer `then`, after a payment was claimed in the same talk."""
    turn = says("ya les pagué el lunes", intent="already_paid")
    ANSWERS["action_already_paid"](turn)
    (case,) = turn.session.exec(select(Case)).all()
    case.facts = {**case.facts, **facts}
    turn.session.flush()
    turn.phrases.clear()
    turn.tracker.latest_message["text"] = turn.tracker.latest_message["metadata"]["said"] = then
    turn.tracker.latest_message["intent"] = {"name": intent, "confidence": 0.9}
    ANSWERS["action_dispute"](turn)
    holds = turn.session.exec(select(Hold).where(col(Hold.lifted_at).is_(None), Hold.event == "payment_claim")).all()
    assert bool(holds) is (case.state != "closed")
    return [each["key"] for each in turn.phrases]


@pytest.mark.parametrize(
    "text",
    [
        "perdón, era el recibo de la luz, a ustedes no les he pagado",
        "me confundí de financiera",
        "ugh my bad that was the electric bill. i didnt pay you guys",
    ],
)
def test_a_claim_is_taken_back(says: Says, text: str) -> None:
    assert claimed(says, text) == ["claim.withdrawn"]


@pytest.mark.parametrize(
    "text",
    [
        "cómo que no les he pagado, ahí está el comprobante",
        "ustedes dicen que no les he pagado y sí les pagué",
        "You say I didn't pay you but I did",
        "fue en otro OXXO, el de la esquina",
        "it was a different day, the 5th",
    ],
)
def test_who_insists_takes_nothing_back(says: Says, text: str) -> None:
    assert "claim.withdrawn" not in claimed(says, text)


def test_a_claim_with_a_receipt_is_for_a_person(says: Says) -> None:
    assert "claim.withdrawn" not in claimed(says, "me confundí de financiera", receipt="image")
