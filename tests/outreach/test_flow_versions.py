"""One version of a flow is published at a time, whoever publishes at the same moment; older ones come back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from outreach import flow_versions, flows
from outreach.flow_versions import FlowError
from outreach.tables import FlowVersion
from store.engine import transaction
from tests.outreach.flow_content import content, facts
from tests.outreach.portfolio import MORNING, a_lender


@pytest.fixture(autouse=True)
def lender(session: Session) -> None:
    a_lender(session)
    session.commit()


def draft(session: Session, hour: str = "09:00") -> FlowVersion:
    return flow_versions.bring_in(session, 1, content(due_today={"at": hour}), by="staff:1", now=MORNING)


def publish(session: Session, version: FlowVersion, by: str = "staff:2", *, review: bool = False) -> None:
    flow_versions.publish(session, version, facts(), by=by, now=MORNING, note="A test", review=review)


def states(session: Session) -> list[tuple[int, str]]:
    session.expire_all()
    rows = session.exec(select(FlowVersion).order_by(col(FlowVersion.number)))
    return [(each.number, each.state) for each in rows]


def test_of_four_who_publish_at_once_one_stays_published(session: Session, engine: sa.Engine) -> None:
    numbers = [draft(session).number for _ in range(4)]
    session.commit()

    def work(number: int) -> None:
        with transaction(engine) as own:
            publish(own, own.exec(select(FlowVersion).where(FlowVersion.number == number)).one())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, numbers))
    assert sorted(state for _, state in states(session)) == ["published", *["retired"] * 4]


def test_people_who_draft_at_once_get_numbers_of_their_own(session: Session, engine: sa.Engine) -> None:
    def work(_: int) -> int:
        with transaction(engine) as own:
            return draft(own).number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(work, range(4))) == [2, 3, 4, 5]


def test_the_number_of_a_draft_that_was_thrown_away_is_not_given_again(session: Session) -> None:
    flow_versions.discard(session, draft(session))
    session.commit()
    assert draft(session).number == 3


@pytest.mark.parametrize(
    ("written_by", "submitted_by", "published_by", "allowed"),
    [
        ("staff:1", "staff:1", "staff:2", True),
        ("staff:1", "staff:2", "staff:2", False),
        ("staff:1", "staff:2", "staff:1", False),
        ("staff:1", "staff:2", "staff:3", True),
        ("staff:1", None, "staff:2", False),
    ],
)
def test_with_review_a_second_person_publishes(
    session: Session, written_by: str, submitted_by: str | None, published_by: str, allowed: bool
) -> None:
    version = draft(session)
    flow_versions.edit(session, version, content(), by=written_by, now=MORNING)
    if submitted_by:
        flow_versions.submit(session, version, facts(), by=submitted_by)
    if allowed:
        publish(session, version, published_by, review=True)
        assert version.state == "published"
        return
    with pytest.raises(FlowError):
        publish(session, version, published_by, review=True)
    assert version.state != "published"


def test_with_review_what_was_published_waits_for_a_second_person(session: Session) -> None:
    publish(session, draft(session))
    old = session.exec(select(FlowVersion).where(FlowVersion.number == 1)).one()
    done = flow_versions.revert(session, old, facts(), by="staff:1", now=MORNING, note="Back", review=True)
    session.commit()
    assert states(session) == [(1, "retired"), (2, "published"), (3, "in_review")]
    with pytest.raises(FlowError):
        publish(session, done.version, "staff:1", review=True)
    publish(session, done.version, "staff:2", review=True)
    session.commit()
    assert states(session)[1:] == [(2, "retired"), (3, "published")]


def test_what_was_published_comes_back_as_a_new_version(session: Session) -> None:
    publish(session, draft(session))
    old = session.exec(select(FlowVersion).where(FlowVersion.number == 1)).one()
    done = flow_versions.revert(session, old, facts(), by="staff:1", now=MORNING, note="Back")
    assert states(session) == [(1, "retired"), (2, "retired"), (3, "published")]
    assert done.version.content == old.content
    followed = flows.current(session)
    assert followed is not None and followed.version_id == done.version.id


@pytest.mark.parametrize("number", [2, 3])
def test_only_what_was_published_once_comes_back(session: Session, number: int) -> None:
    publish(session, draft(session))
    draft(session)
    wrong = session.exec(select(FlowVersion).where(FlowVersion.number == number)).one()
    with pytest.raises(FlowError):
        flow_versions.revert(session, wrong, facts(), by="staff:1", now=MORNING, note="Back")


def test_what_the_gate_refuses_changes_nothing(session: Session) -> None:
    version = flow_versions.bring_in(
        session, 1, content(due_today={"texts": {"es": {"default": "{unknown}"}}}), by="staff:1", now=MORNING
    )
    with pytest.raises(FlowError) as refused:
        publish(session, version)
    assert [each.code for each in refused.value.faults] == ["flow_placeholder"]
    assert states(session) == [(1, "published"), (2, "draft")]


def test_without_a_published_version_the_clock_asks_for_nothing(session: Session) -> None:
    shipped = session.exec(select(FlowVersion)).one()
    flow_versions.retire(session, shipped, now=MORNING, note="A pause")
    session.flush()
    assert flows.current(session) is None
