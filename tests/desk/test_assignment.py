"""Who gets a case: the rule for any desk, and the clock that follows it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from desk import assignment, cases
from desk.access import Role
from desk.accounts import add_staff
from desk.assignment import Colleague, Needs, choose, supervisor
from desk.cases import Reason
from desk.tables import Case, CaseEvent, Staff
from store.ids import id_of
from tests.outreach.portfolio import MORNING, a_person

BRANCHES = ("Puebla", "Toluca", "")
few = st.frozensets(st.sampled_from(BRANCHES[:2]), min_size=1)
people = st.lists(
    st.builds(
        Colleague,
        staff_id=st.integers(1, 9),
        role=st.sampled_from(Role),
        branches=st.none() | few,
        regions=st.frozensets(st.sampled_from(("north", "south"))),
        languages=st.frozensets(st.sampled_from(("es", "en"))),
        load=st.integers(0, 5),
        limit=st.integers(0, 5),
    ),
    unique_by=lambda each: each.staff_id,
)
needs = st.builds(
    Needs,
    branch=st.none() | st.sampled_from(BRANCHES),
    region=st.sampled_from(("north", "south", "")),
    language=st.sampled_from(("es", "en")),
)


@given(needs, people)
def test_only_a_collector_who_fits_and_has_room_is_chosen(wanted: Needs, desk: list[Colleague]) -> None:
    chosen = choose(wanted, desk)
    able = [
        each
        for each in desk
        if each.role == Role.COLLECTOR
        and each.load < each.limit
        and (each.branches is None or wanted.branch in each.branches)
        and (not each.regions or wanted.region in each.regions)
        and (not each.languages or wanted.language in each.languages)
    ]
    assert chosen in {each.staff_id for each in able} or (chosen is None and not able)


@given(needs, people, st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(wanted: Needs, desk: list[Colleague], chance: object) -> None:
    shuffled = list(desk)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(wanted, desk) == choose(wanted, shuffled)
    assert supervisor(wanted, desk) == supervisor(wanted, shuffled)


@given(needs, people)
def test_whoever_is_chosen_is_not_busier_than_another_who_fits(wanted: Needs, desk: list[Colleague]) -> None:
    chosen = choose(wanted, desk)
    by_id = {each.staff_id: each for each in desk}
    if chosen is not None:
        own = by_id[chosen]
        rivals = [each for each in desk if choose(wanted, [each]) is not None]
        assert all(own.load * each.limit <= each.load * own.limit for each in rivals)


@given(needs, people)
def test_an_auditor_never_gets_a_case(wanted: Needs, desk: list[Colleague]) -> None:
    roles = {each.staff_id: each.role for each in desk}
    for chosen in (choose(wanted, desk), supervisor(wanted, desk)):
        assert chosen is None or roles[chosen] != Role.AUDITOR


def someone(session: Session, role: Role, *branches: str, limit: int = 300) -> Staff:
    number = len(session.exec(select(Staff.id)).all())
    staff, _ = add_staff(
        session, email=f"s{number}@example.mx", name=f"S{number}", role=role, branches=branches, now=MORNING
    )
    staff.case_limit = limit
    session.flush()
    return staff


def a_case(session: Session, branch: str, reason: Reason = Reason.DISPUTE) -> Case:
    return cases.open_case(session, reason, now=MORNING, borrower_id=a_person(session, branch=branch).id)


def test_the_backlog_is_shared_out_by_branch_and_room(session: Session) -> None:
    one, two = someone(session, Role.COLLECTOR, "Puebla"), someone(session, Role.COLLECTOR, "Puebla", limit=1)
    someone(session, Role.AUDITOR), someone(session, Role.COLLECTOR, "Toluca")
    waiting = [a_case(session, "Puebla") for _ in range(4)]
    alien = a_case(session, "Oaxaca")
    assert assignment.assign_waiting(session, MORNING) == 4
    assert sorted(each.staff_id or 0 for each in waiting) == sorted([id_of(one)] * 3 + [id_of(two)])
    assert alien.staff_id is None
    assert {each.state for each in waiting} == {"open"}
    assert assignment.assign_waiting(session, MORNING) == 0


def test_cases_of_who_has_left_go_to_others(session: Session) -> None:
    left, stays = someone(session, Role.COLLECTOR), someone(session, Role.COLLECTOR)
    case = a_case(session, "Puebla")
    cases.take_over(session, case, id_of(left), MORNING)
    left.active = False
    session.flush()
    assert assignment.assign_waiting(session, MORNING) == 1
    assert (case.staff_id, case.state) == (stays.id, "open")


@pytest.mark.parametrize(
    ("reason", "patience"),
    [
        (Reason.VULNERABLE_DISTRESS, timedelta(minutes=5)),
        (Reason.DISPUTE, timedelta(hours=2)),
        (Reason.OTHER, timedelta(hours=8)),
    ],
)
def test_what_nobody_attends_to_goes_to_the_supervisor_once(
    session: Session, reason: Reason, patience: timedelta
) -> None:
    someone(session, Role.ADMIN)
    boss, _ = someone(session, Role.SUPERVISOR, "Puebla"), someone(session, Role.SUPERVISOR, "Toluca")
    case = a_case(session, "Puebla", reason)
    assert assignment.escalate(session, MORNING + patience - timedelta(seconds=1)) == 0
    assert assignment.escalate(session, MORNING + patience) == 1
    assert (case.staff_id, case.escalated_at) == (boss.id, MORNING + patience)
    assert assignment.escalate(session, MORNING + 2 * patience) == 0
    kinds = session.exec(select(CaseEvent.kind).where(CaseEvent.case_id == case.id)).all()
    assert kinds == ["opened", "escalated"]
