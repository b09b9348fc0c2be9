"""Cases: the queue, one with its story, one opened by hand, and the figures above the queue."""

from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col

from admin_api import files, reach
from admin_api.conversations import ConversationShown, shown_conversation
from admin_api.files import FileShown
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import LARGEST_ID, After, Limit, Page, page
from admin_api.problems import Problem, invalid, not_found
from admin_api.shapes import LongText, Text
from desk import cases, queue
from desk.access import Permission
from desk.cases import Reason
from desk.tables import Case, CaseEvent, Staff
from loans.tables import Borrower
from outreach.tables import Conversation
from store.ids import id_of

router = APIRouter(prefix="/cases", tags=["cases"])


class CaseBorrower(BaseModel):
    id: int
    external_id: str
    name: str
    branch: str
    region: str
    language: str


class Named(BaseModel):
    id: int
    name: str


class CaseShown(BaseModel):
    id: int
    reason: str
    priority: int = Field(description="0 is now, 9 can wait.")
    state: str = Field(description="open | taken | closed")
    borrower: CaseBorrower | None
    conversation_id: int | None
    loan_id: int | None
    staff: Named | None = Field(description="Who has it, taken over or not.")
    opened_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    waiting_seconds: int
    escalated_at: datetime | None
    last_message_at: datetime | None
    outcome: str


class CaseEventShown(BaseModel):
    id: int
    kind: str
    staff: str | None
    note: str
    at: datetime


class CaseStory(CaseShown):
    facts: dict[str, Any]
    offers: list[dict[str, Any]]
    events: list[CaseEventShown]
    files: list[FileShown] = Field(description="What came in its conversation from an hour before it was opened.")
    conversation: ConversationShown | None


class CaseFigures(BaseModel):
    waiting: int = Field(description="Not taken over by anybody.")
    mine: int
    by_reason: dict[str, int]


class CaseGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"borrower_id": 17, "reason": "complaint", "note": "Llamó a la sucursal."}]},
    )
    borrower_id: int
    reason: Reason
    note: LongText = ""


@router.get("")
def list_cases(  # noqa: PLR0917
    call: Annotated[Reading, reads(Permission.READ_CASES)],
    state: Annotated[
        Literal["open", "taken", "closed"] | None, Query(description="Without one: all but closed.")
    ] = None,
    reason: Reason | None = None,
    assigned: Annotated[str | None, Query(pattern=r"^(me|none|[0-9]{1,18})$", description="me | none | id")] = None,
    branch: Text | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[CaseShown]:
    """Most urgent first, then the longest waiting; closed ones newest first."""
    wanted = queue.rows(call.principal.branches).where(*_asked(call, reason, assigned, branch))
    if state == "closed":
        wanted = wanted.where(col(Case.state) == "closed")
        return page(
            call.session, wanted, [col(Case.id)], limit, after, lambda row: _shown(row, call), newest_first=True
        )
    wanted = wanted.where(queue.LIVING, *([col(Case.state) == state] if state else []))
    return page(call.session, wanted, queue.ORDER, limit, after, lambda row: _shown(row, call))


@router.get("/figures")
def case_figures(call: Annotated[Reading, reads(Permission.READ_CASES)]) -> CaseFigures:
    found = queue.figures(call.session, call.principal.branches, call.principal.staff_id)
    return CaseFigures.model_validate(found, from_attributes=True)


@router.post("", status_code=201, response_model=CaseStory)
def open_case(given: CaseGiven, call: Annotated[Writing, writes(Permission.WORK_CASES)]) -> Any:
    """By hand. An open one of the same reason about the same borrower is added to."""

    def make() -> CaseStory:
        try:
            reach.borrower(call, given.borrower_id)
        except Problem as unknown:
            raise invalid("borrower_id", given.borrower_id, "borrower_unknown") from unknown
        case = cases.open_case(
            call.session,
            given.reason,
            now=call.now,
            borrower_id=given.borrower_id,
            conversation_id=queue.talk_of(call.session, given.borrower_id),
            facts={"by": call.principal.actor},
        )
        if given.note:
            cases.note(call.session, case, "note", call.now, call.principal.staff_id, given.note)
        call.audit("case_opened", f"case:{case.id}", reason=given.reason)
        return story(call, id_of(case))

    return once(call, "case", given, make)


@router.get("/{case_id}")
def one_case(case_id: int, call: Annotated[Reading, reads(Permission.READ_CASES)]) -> CaseStory:
    return story(call, case_id)


def story(call: Reading, case_id: int) -> CaseStory:
    call.session.flush()
    row = found(call, case_id)
    case: Case = row[0]
    talk = call.session.get(Conversation, case.conversation_id) if case.conversation_id else None
    return CaseStory(
        **_shown(row, call).model_dump(),
        facts=case.facts,
        offers=case.offers,
        events=_events(call.session, case_id),
        files=files.of_case(call.session, case),
        conversation=shown_conversation(call, talk) if talk else None,
    )


def found(call: Reading, case_id: int) -> Any:
    """A row of the queue; not found for what lies out of reach."""
    if not 0 < case_id < LARGEST_ID:
        raise not_found()
    row = call.session.execute(queue.rows(call.principal.branches).where(col(Case.id) == case_id)).first()
    if row is None:
        raise not_found()
    return row


def _asked(
    call: Reading, reason: Reason | None, assigned: str | None, branch: str | None
) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if reason is not None:
        wanted.append(col(Case.reason) == reason)
    if branch is not None:
        wanted.append(col(Borrower.branch) == branch)
    if assigned == "none":
        wanted.append(col(Case.staff_id).is_(None))
    elif assigned is not None:
        whose = call.principal.staff_id if assigned == "me" else int(assigned)
        wanted.append(col(Case.staff_id) == whose if whose is not None else sa.false())
    return wanted


def _events(session: Session, case_id: int) -> list[CaseEventShown]:
    wanted = (
        sa.select(CaseEvent, col(Staff.name))
        .join(Staff, col(Staff.id) == CaseEvent.staff_id, isouter=True)
        .where(col(CaseEvent.case_id) == case_id)
        .order_by(col(CaseEvent.id))
    )
    return [
        CaseEventShown(id=id_of(each), kind=each.kind, staff=name, note=each.note, at=each.at)
        for each, name in session.execute(wanted)
    ]


def _shown(row: Any, call: Reading) -> CaseShown:
    case, borrower, staff_name, last_message_at = row[:4]
    return CaseShown(
        id=case.id,
        reason=case.reason,
        priority=case.priority,
        state=case.state,
        borrower=CaseBorrower(
            id=borrower.id,
            external_id=borrower.external_id,
            name=borrower.full_name,
            branch=borrower.branch,
            region=borrower.region,
            language=borrower.language,
        )
        if borrower
        else None,
        conversation_id=case.conversation_id,
        loan_id=case.loan_id,
        staff=Named(id=case.staff_id, name=staff_name) if case.staff_id is not None else None,
        opened_at=case.opened_at,
        taken_at=case.taken_at,
        closed_at=case.closed_at,
        waiting_seconds=queue.waited(case, call.now),
        escalated_at=case.escalated_at,
        last_message_at=last_message_at,
        outcome=case.outcome,
    )
