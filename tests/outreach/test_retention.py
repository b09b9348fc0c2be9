"""Words go when their time is over; the proof of having been allowed to send them stays."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from outreach import policies, proofs, retention
from outreach.planning import plan
from outreach.tables import Message
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, a_lender, a_loan, a_person, outgoing


@pytest.mark.parametrize(("days", "forgotten"), [(0, 0), (1824, 0), (1826, 1)])
def test_words_are_kept_as_long_as_the_country_says(session: Session, days: int, forgotten: int) -> None:
    a_lender(session)
    person = a_person(session)
    a_loan(session, person, TODAY)
    plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    message.text, message.keys = "Hola, Ana", [{**each, "values": {"name": "Ana"}} for each in message.keys]
    session.commit()
    later = MORNING + timedelta(days=days)
    assert retention.forget(session, policies.shipped(), later.date(), later) == forgotten
    session.commit()
    kept = session.get_one(Message, message.id)
    assert ("Ana" in kept.text, "values" in kept.keys[0]) == (not forgotten, not forgotten)
    assert proofs.verify(session, kept).holds
    assert retention.forget(session, policies.shipped(), later.date(), later) == 0
