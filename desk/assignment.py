"""Who gets a case: by branch, region, language and load. And the supervisor, when nobody attends to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk import cases
from desk.access import PERMISSIONS, Permission, Role, branches_of
from desk.tables import Case, Staff
from loans.tables import Borrower
from store.ids import id_of

# Own defaults: who may be in danger waits no longer than it takes to read a page and open the console, a threat no
# longer than a phone call takes; what is about rights and money gets its answer on the same morning; housekeeping
# within a working day. The first limit whose priority fits counts.
PATIENCE = ((0, timedelta(minutes=5)), (1, timedelta(minutes=15)), (3, timedelta(hours=2)), (9, timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class Needs:
    """What a case asks of whoever works it. `branch` None: nobody knows whose it is."""

    branch: str | None
    region: str = ""
    language: str = "es"


@dataclass(slots=True)
class Colleague:
    """Empty regions or languages mean all of them; `branches` None all branches."""

    staff_id: int
    role: Role
    branches: frozenset[str] | None = None
    regions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    load: int = 0
    limit: int = 300


def choose(needs: Needs, people: Iterable[Colleague]) -> int | None:
    """The least loaded collector who fits and has room; of equals the one who has been here longest."""
    fitting = [each for each in people if each.role is Role.COLLECTOR and fits(needs, each) and each.load < each.limit]
    return min(fitting, key=_strain).staff_id if fitting else None


def supervisor(needs: Needs, people: Iterable[Colleague]) -> int | None:
    """Of the branch, however many cases they have; without one, an admin."""
    reaching = [each for each in people if _reaches(needs, each)]
    for role in (Role.SUPERVISOR, Role.ADMIN):
        bosses = [each for each in reaching if each.role is role]
        if bosses:
            return min(bosses, key=lambda each: (each.branches is None, each.load, each.staff_id)).staff_id
    return None


def fits(needs: Needs, person: Colleague) -> bool:
    return (
        _reaches(needs, person)
        and (not person.regions or needs.region in person.regions)
        and (not person.languages or needs.language in person.languages)
    )


def patience(priority: int) -> timedelta:
    return next((limit for most, limit in PATIENCE if priority <= most), PATIENCE[-1][1])


def assign_waiting(session: Session, now: datetime) -> int:
    """Gives every case that nobody has, or whose owner has left, to somebody with room; most urgent first."""
    left = col(Staff.active).is_(False)
    nobody = sa.and_(col(Case.state) == "open", col(Case.staff_id).is_(None))
    waiting = found(session, sa.or_(nobody, left))
    if not waiting:
        return 0
    people = colleagues(session)
    by_id = {each.staff_id: each for each in people}

    given = 0
    for case, needs in waiting:
        chosen = choose(needs, people)
        if chosen is not None:
            cases.assign(session, case, chosen, now)
            by_id[chosen].load += 1
            given += 1
    return given


def escalate(session: Session, now: datetime) -> int:
    """Open cases that have waited too long go to the supervisor, once."""
    too_long = sa.or_(
        *(sa.and_(col(Case.priority) <= most, col(Case.opened_at) <= now - limit) for most, limit in PATIENCE)
    )
    waiting = found(session, col(Case.state) == "open", col(Case.escalated_at).is_(None), too_long)
    people = colleagues(session) if waiting else []
    for case, needs in waiting:
        case.escalated_at = now
        boss = supervisor(needs, people)
        if boss is not None:
            case.staff_id, case.assigned_at = boss, now
        session.add(case)
        cases.note(session, case, "escalated", now, boss)
    return len(waiting)


def colleagues(session: Session) -> list[Colleague]:
    """Everybody active who may work cases, with how many they have."""
    living = col(Case.state) != sa.literal_column("'closed'")
    counted = sa.select(col(Case.staff_id), sa.func.count()).where(living, col(Case.staff_id).is_not(None))
    load = dict(iter(session.execute(counted.group_by(col(Case.staff_id)))))
    return [
        colleague(each, load.get(each.id, 0))
        for each in session.exec(select(Staff).where(Staff.active).order_by(col(Staff.id)))
        if Permission.WORK_CASES in PERMISSIONS[Role(each.role)]
    ]


def colleague(staff: Staff, load: int = 0) -> Colleague:
    return Colleague(
        staff_id=id_of(staff),
        role=Role(staff.role),
        branches=branches_of(staff.branches),
        regions=frozenset(staff.regions),
        languages=frozenset(staff.languages),
        load=load,
        limit=staff.case_limit,
    )


def may_have(staff: Staff, branch: str | None) -> bool:
    """Whether a case of this branch may be given to them by hand."""
    works = Permission.WORK_CASES in PERMISSIONS[Role(staff.role)]
    return staff.active and works and _reaches(Needs(branch), colleague(staff))


def found(session: Session, *which: sa.ColumnElement[bool]) -> Sequence[tuple[Case, Needs]]:
    """Living cases in the queue's order, locked; those that somebody is working on this moment are left out."""
    wanted = (
        sa.select(Case, col(Borrower.branch), col(Borrower.region), col(Borrower.language))
        .join(Borrower, col(Borrower.id) == Case.borrower_id, isouter=True)
        .join(Staff, col(Staff.id) == Case.staff_id, isouter=True)
        .where(col(Case.state) != sa.literal_column("'closed'"), *which)
        .order_by(col(Case.priority), col(Case.opened_at), col(Case.id))
        .with_for_update(of=Case, skip_locked=True)
    )
    return [
        (case, Needs(branch, region or "", (language or "es")[:2]))
        for case, branch, region, language in session.execute(wanted)
    ]


def _reaches(needs: Needs, person: Colleague) -> bool:
    return person.branches is None or (needs.branch is not None and needs.branch in person.branches)


def _strain(person: Colleague) -> tuple[float, int, int]:
    return person.load / person.limit, person.load, person.staff_id
