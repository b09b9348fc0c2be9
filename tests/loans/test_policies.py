from datetime import date, timedelta

from sqlmodel import Session

from loans import policies
from loans.negotiation_policy import shipped_policy
from loans.tables import NegotiationPolicyVersion
from tests.loans.book import NOW, TODAY


def proposed(session: Session, version: str, valid_from: date, approved_by: str | None) -> None:
    content = {**shipped_policy().model_dump(mode="json"), "policy_version": version}
    session.add(
        NegotiationPolicyVersion(
            version=version,
            content=content,
            valid_from=valid_from,
            proposed_by="ana",
            approved_by=approved_by,
            created_at=NOW,
        )
    )


def test_without_a_version_the_shipped_policy_is_in_force(session: Session) -> None:
    assert policies.in_force(session, TODAY) == shipped_policy()


def test_the_latest_approved_version_is_in_force_from_its_first_day(session: Session) -> None:
    proposed(session, "9.0.0", TODAY - timedelta(days=9), "luis")
    proposed(session, "9.1.0", TODAY, "luis")
    proposed(session, "9.2.0", TODAY, None)
    proposed(session, "9.3.0", TODAY + timedelta(days=1), "luis")
    assert policies.in_force(session, TODAY).policy_version == "9.1.0"
    assert policies.in_force(session, TODAY - timedelta(days=1)).policy_version == "9.0.0"
    assert policies.in_force(session, TODAY + timedelta(days=1)).policy_version == "9.3.0"
