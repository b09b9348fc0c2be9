"""What a person does with a case: take over, answer, note, give back, close; and a supervisor assigns."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from admin_api.cases import CaseStory, found, story
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import LARGEST_ID, Page
from admin_api.problems import Problem, invalid
from admin_api.shapes import LongText
from desk import assignment, cases
from desk.access import Permission
from desk.cases import CaseError
from desk.tables import Case, Staff
from loans import accounts
from loans.tables import Borrower
from locales import phrases

router = APIRouter(prefix="/cases/{case_id}", tags=["cases"])
Working = Annotated[Writing, writes(Permission.WORK_CASES)]
# What may be sent where the channel takes no free text any more; approved there under the same name.
TEMPLATES = ("team.please_reply",)
Said = Annotated[LongText, Field(min_length=1, max_length=1500)]


class Answer(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Buenas tardes, soy Laura de la sucursal Centro."}]}
    )
    text: Said | None = None
    template: str | None = Field(default=None, max_length=100, description="One of: " + ", ".join(TEMPLATES))
    values: dict[str, str] = Field(default={}, max_length=0, description="No template takes any yet.")


class TemplateShown(BaseModel):
    key: str
    text: str = Field(description="As the borrower will read it.")


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "Llamar el lunes."}]})
    text: Said


class GivenBack(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"summary": "Paga 300 el lunes."}]})
    summary: Said


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"outcome": "paid", "note": ""}]})
    outcome: Literal["paid", "promised", "plan", "hold", "wrong_person", "no_answer", "resolved", "other"]
    note: LongText = ""


class Assigned(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"staff_id": 3}]})
    staff_id: int | None


@router.post("/take-over", response_model=CaseStory)
def take_over(case_id: int, call: Working) -> Any:
    """From now on the assistant is silent in this conversation."""

    def act(case: Case) -> None:
        cases.take_over(call.session, case, _person(call), call.now, from_others=_supervises(call))

    return _step(call, case_id, "take-over", "", act)


@router.post("/answer", response_model=CaseStory)
def answer(case_id: int, given: Answer, call: Working) -> Any:
    """A text while the channel's window is open, a template at any time."""

    def act(case: Case) -> None:
        if (given.text is None) is (given.template is None):
            raise invalid("text", None, "text_or_template")
        text, keys = given.text or "", list[dict[str, Any]]()
        if given.template is not None:
            text, keys = _templated(call.session, case, given.template)
        cases.answer(call.session, case, _person(call), text, call.now, keys)

    return _step(call, case_id, "answer", given, act)


@router.get("/templates")
def list_templates(case_id: int, call: Annotated[Reading, reads(Permission.READ_CASES)]) -> Page[TemplateShown]:
    """What an answer may be at any time."""
    case: Case = found(call, case_id)[0]
    return Page(items=[TemplateShown(key=each, text=_templated(call.session, case, each)[0]) for each in TEMPLATES])


@router.post("/note", response_model=CaseStory)
def note(case_id: int, given: Note, call: Working) -> Any:
    def act(case: Case) -> None:
        cases.note(call.session, case, "note", call.now, call.principal.staff_id, given.text)

    return _step(call, case_id, "note", given, act)


@router.post("/give-back", response_model=CaseStory)
def give_back(case_id: int, given: GivenBack, call: Working) -> Any:
    """The assistant answers again, and the case is closed."""

    def act(case: Case) -> None:
        cases.give_back(call.session, case, _person(call), given.summary, call.now)
        assignment.assign_waiting(call.session, call.now)

    return _step(call, case_id, "give-back", given, act)


@router.post("/close", response_model=CaseStory)
def close(case_id: int, given: Closed, call: Working) -> Any:
    def act(case: Case) -> None:
        if case.staff_id not in (None, call.principal.staff_id) and not _supervises(call):
            raise CaseError(f"Case {case.id} is somebody else's.", "case_taken")
        cases.close(call.session, case, call.principal.staff_id, given.outcome, call.now, given.note)
        call.session.flush()
        assignment.assign_waiting(call.session, call.now)

    return _step(call, case_id, "close", given, act)


@router.post("/assign", response_model=CaseStory)
def assign(case_id: int, given: Assigned, call: Annotated[Writing, writes(Permission.ASSIGN_CASES)]) -> Any:
    """Null puts it back among those that nobody has."""

    def act(case: Case) -> None:
        if given.staff_id is not None:
            borrower = call.session.get(Borrower, case.borrower_id) if case.borrower_id else None
            staff = call.session.get(Staff, given.staff_id) if 0 < given.staff_id < LARGEST_ID else None
            if staff is None or not assignment.may_have(staff, borrower.branch if borrower else None):
                raise invalid("staff_id", given.staff_id, "staff_unfit")
        cases.assign(call.session, case, given.staff_id, call.now)

    return _step(call, case_id, "assign", given, act)


def _step(call: Writing, case_id: int, name: str, given: BaseModel | str, act: Callable[[Case], None]) -> Any:
    found(call, case_id)

    def make() -> CaseStory:
        act(cases.locked(call.session, case_id))
        call.audit(f"case_{name.replace('-', '_')}", f"case:{case_id}")
        return story(call, case_id)

    return once(call, f"case:{case_id}:{name}", given, make, status=200)


def _person(call: Writing) -> int:
    """Another program can't be the one who writes in a conversation."""
    if call.principal.staff_id is None:
        raise Problem(403, "not_allowed")
    return call.principal.staff_id


def _supervises(call: Writing) -> bool:
    return call.principal.may(Permission.ASSIGN_CASES)


def _templated(session: Session, case: Case, key: str) -> tuple[str, list[dict[str, Any]]]:
    if key not in TEMPLATES:
        raise invalid("template", key, "template_unknown", choices=", ".join(TEMPLATES))
    borrower = session.get(Borrower, case.borrower_id) if case.borrower_id else None
    lender = accounts.lender(session)
    locale = f"{borrower.language}_{borrower.country}" if borrower else f"es_{lender.country}"
    values = {"lender": lender.name}
    return phrases.render(key, values, locale), [{"key": key, "values": values}]
