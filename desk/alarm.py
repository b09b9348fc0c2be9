"""Whoever may be in danger gets a person at once: assigned to somebody who is there, announced, and paged."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk import assignment, cases, sessions
from desk.access import Role
from desk.assignment import Colleague, Needs
from desk.tables import Case, CaseEvent, Staff, StaffSession
from loans import accounts
from outreach import addresses, messages
from outreach.tables import Conversation
from store.ids import id_of

# A page names a case and nothing else: it may be read on a screen that anybody sees.
PAGE = "page"


def sound(session: Session, now: datetime, pages: Sequence[str]) -> int:
    """For each most urgent case that nobody has taken: once, and again when it has gone to the supervisor.

    `pages` are addresses such as 'sms:+525512345678' of people who are called wherever they are."""
    waiting = assignment.found(session, *_unheard())
    people = assignment.colleagues(session) if waiting else []
    there = present(session, now) if waiting else frozenset()
    for case, needs in waiting:
        if case.staff_id is None:
            chosen = _speaking(session, case) or choose(needs, people, there)
            if chosen is not None:
                cases.assign(session, case, chosen, now)
        cases.note(session, case, "paged", now, case.staff_id)
        for address in pages:
            _write(session, case, address, now)
    return len(waiting)


def choose(needs: Needs, people: Sequence[Colleague], there: frozenset[int]) -> int | None:
    """Of those who are signed in the least loaded collector who fits, however many cases they have, else their
    supervisor; with nobody there the supervisor all the same."""
    signed_in = [each for each in people if each.staff_id in there]
    fitting = [each for each in signed_in if each.role is Role.COLLECTOR and assignment.fits(needs, each)]
    if fitting:
        return min(fitting, key=lambda each: (each.load, each.staff_id)).staff_id
    boss = assignment.supervisor(needs, signed_in) or assignment.supervisor(needs, people)
    return boss or assignment.choose(needs, people)


def is_due(session: Session) -> bool:
    """A look that takes no lock: most often there is nothing to do."""
    return session.exec(select(Case.id).where(*_unheard()).limit(1)).first() is not None


def present(session: Session, now: datetime) -> frozenset[int]:
    """Who is signed in to the console."""
    alive = select(StaffSession.staff_id).where(
        col(StaffSession.ended_at).is_(None),
        col(StaffSession.created_at) > now - sessions.LIFETIME,
        col(StaffSession.last_used_at) > now - sessions.IDLE,
    )
    return frozenset(session.exec(alive))


def _unheard() -> tuple[sa.ColumnElement[bool], ...]:
    def last(kind: str) -> sa.ScalarSelect[datetime]:
        of_case = sa.select(sa.func.max(col(CaseEvent.at))).where(col(CaseEvent.case_id) == Case.id)
        return of_case.where(col(CaseEvent.kind) == kind).correlate(Case).scalar_subquery()

    return (
        col(Case.state) == "open",
        col(Case.priority) == cases.MOST_URGENT,
        sa.or_(last("paged").is_(None), last("escalated") > last("paged")),
    )


def _speaking(session: Session, case: Case) -> int | None:
    """The person who has the conversation already."""
    talk = session.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    owner = session.get(Staff, talk.owner_staff_id) if talk is not None and talk.owner_staff_id is not None else None
    return owner.id if owner is not None and owner.active else None


def _write(session: Session, case: Case, to: str, now: datetime) -> None:
    channel, _, value = to.partition(":")
    kind = "telegram_user" if channel == "telegram" else "phone"
    address = addresses.find_or_create(session, channel, kind, value, now)
    reader = session.get(Staff, case.staff_id) if case.staff_id is not None else None
    messages.write_reply(
        session,
        messages.conversation_of(session, address),
        text="",
        now=now,
        kind=PAGE,
        keys=[{"key": "page.urgent", "values": {"case": str(id_of(case)), "lender": accounts.lender(session).name}}],
        language=reader.language if reader is not None else "es",
    )
