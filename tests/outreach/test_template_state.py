"""A reminder whose WhatsApp template isn't approved goes by the next channel, or is a silence with a name."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from outreach.planning import plan
from outreach.tables import TemplateApproval
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, a_lender, a_loan, a_person, an_address, outgoing, skips

KNOWN = "reminder.due_today/es"


def told(session: Session, **names: str) -> None:
    """What WhatsApp said of the templates of these phrases."""
    for number, (name, status) in enumerate(names.items()):
        session.add(
            TemplateApproval(content_sid=f"HX{number}", status=status, names=[name], checked_at=MORNING),
        )


@pytest.mark.parametrize(
    ("approvals", "channel"),
    [
        ({}, "whatsapp"),  # nobody has asked yet
        ({KNOWN: "approved"}, "whatsapp"),
        ({"reminder.due_today/es_MX": "approved", KNOWN: "rejected"}, "whatsapp"),
        ({"reminder.due_today": "approved"}, "whatsapp"),
        ({KNOWN: "paused"}, "sms"),
        ({"reminder.due_today/en": "approved"}, "sms"),
        ({"reminder.neutral/es": "approved"}, "sms"),
    ],
)
def test_the_next_channel_serves_where_no_template_is_approved(
    session: Session, approvals: dict[str, str], channel: str
) -> None:
    a_lender(session)
    person = a_person(session, "whatsapp")
    an_address(session, person.borrower, "sms")
    a_loan(session, person, TODAY)
    told(session, **approvals)
    plan(session, MORNING, CHANNELS)
    assert [each.channel for each in outgoing(session)] == [channel]


def test_without_another_channel_the_silence_has_a_name(session: Session) -> None:
    a_lender(session)
    a_loan(session, a_person(session, "whatsapp"), TODAY)
    told(session, **{KNOWN: "rejected"})
    plan(session, MORNING, CHANNELS)
    assert outgoing(session) == []
    assert skips(session) == [("due_today", "template")]


def test_inside_the_window_no_template_is_needed(session: Session) -> None:
    a_lender(session)
    person = a_person(session, "whatsapp")
    person.address.last_inbound_at = MORNING - timedelta(hours=1)
    a_loan(session, person, TODAY)
    told(session, **{KNOWN: "rejected"})
    plan(session, MORNING, CHANNELS)
    assert [each.channel for each in outgoing(session)] == ["whatsapp"]


def test_a_stranger_is_told_nothing_so_another_template_counts(session: Session) -> None:
    a_lender(session)
    person = a_person(session, "whatsapp")
    person.address.confirmed_at = None
    a_loan(session, person, TODAY)
    told(session, **{KNOWN: "rejected", "reminder.neutral/es": "approved"})
    plan(session, MORNING, CHANNELS)
    assert [each.channel for each in outgoing(session)] == ["whatsapp"]
