"""Borrowers: found by what somebody types, seen with their loans, addresses and holds."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlmodel import col

from admin_api import addresses, etags, holds, loans, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import invalid
from admin_api.shapes import Day, Name, Text
from desk import search
from desk.access import Permission
from loans import accounts
from loans import borrowers as book
from loans.tables import Borrower, Loan

router = APIRouter(prefix="/borrowers", tags=["borrowers"])
PreferredTime = Annotated[str, Field(pattern=r"^(morning|afternoon|evening|([01]\d|2[0-3]):[0-5]\d)$")]
Channel = Literal["whatsapp", "sms", "telegram"]
_EXAMPLE: dict[str, JsonValue] = {
    "external_id": "C-1042",
    "full_name": "Ana Pérez López",
    "branch": "Puebla",
    "zone": "America/Mexico_City",
}


class Arrears(StrEnum):
    """How late the latest of a borrower's active loans is, in days."""

    NONE = "none"
    ANY = "any"
    TO_30 = "1-30"
    TO_60 = "31-60"
    TO_90 = "61-90"
    OVER_90 = "over_90"


_AGES: dict[Arrears, tuple[int, int | None]] = {
    Arrears.ANY: (1, None),
    Arrears.TO_30: (1, 30),
    Arrears.TO_60: (31, 60),
    Arrears.TO_90: (61, 90),
    Arrears.OVER_90: (91, None),
}


class BorrowerShown(BaseModel):
    id: int
    external_id: str
    name: str
    given_name: str
    language: str
    zone: str | None
    country: str
    region: str
    branch: str
    segment: str
    risk: str
    officer_name: str
    preferred_channel: str | None
    preferred_time: str | None
    has_identity: bool = Field(description="A birth date or document is on file to prove who writes.")
    created_at: datetime


class BorrowerListed(BorrowerShown):
    active_loans: int
    days_past_due: int


class BorrowerWhole(BorrowerShown):
    loans: list[loans.LoanShown]
    addresses: list[addresses.AddressShown]
    holds: list[holds.HoldShown]


class BorrowerGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})
    external_id: Name
    full_name: Name
    given_name: Name | None = Field(default=None, description="The first word of the full name if none is given.")
    birth_date: Day | None = Field(default=None, description="Proves identity; never given back.")
    document_ending: str | None = Field(
        default=None, pattern=r"^[0-9A-Z]{4}$", description="Proves identity; never given back."
    )
    language: Literal["es", "en"] = "es"
    zone: Text | None = None
    country: str = Field(default="MX", pattern="^[A-Z]{2}$")
    region: Text = ""
    branch: Text = ""
    segment: Text = Field(default="", description="The lender's own grouping; flows and limits may name it.")
    risk: Text = ""
    officer_name: Text = ""
    preferred_channel: Channel | None = None
    preferred_time: PreferredTime | None = None


class BorrowerChange(BaseModel):
    """What is left out stays; null empties what may be empty."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"preferred_time": "18:30"}]})
    full_name: Name = ""
    given_name: Name = ""
    language: Literal["es", "en"] = "es"
    zone: Text | None = None
    region: Text = ""
    branch: Text = ""
    segment: Text = Field(default="", description="The lender's own grouping; flows and limits may name it.")
    risk: Text = ""
    officer_name: Text = ""
    preferred_channel: Channel | None = None
    preferred_time: PreferredTime | None = None


@router.get("")
def list_borrowers(
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    *,
    q: Annotated[Text, Query(description="Words of the name, a phone, the number of a borrower or loan.")] = "",
    branch: Text | None = None,
    region: Text | None = None,
    arrears: Arrears | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[BorrowerListed]:
    """What `q` finds is one page, the best first: one word more finds who is not on it."""
    today = reach.today(call)
    within = [reach.reached(call)]
    within += [col(Borrower.branch) == branch] if branch is not None else []
    within += [col(Borrower.region) == region] if region is not None else []
    within += [_late(arrears, today)] if arrears is not None else []
    if q.strip():
        ids = search.find(call.session, q, sa.and_(*within), limit)
        rows = call.session.execute(_with_loans().where(col(Borrower.id).in_(ids))).all()
        found = {row[0].id: _listed(row, today) for row in rows}
        return Page[BorrowerListed](items=[found[each] for each in ids])
    wanted = _with_loans().where(*within)
    return page(call.session, wanted, [col(Borrower.id)], limit, after, lambda row: _listed(row, today))


@router.post("", status_code=201, response_model=BorrowerWhole)
def add_borrower(given: BorrowerGiven, call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)]) -> Any:
    def make() -> BorrowerWhole:
        _check_branch(call, given.branch)
        told = given.model_dump(exclude_none=True)
        if given.birth_date is not None:
            told["birth_date"] = given.birth_date.isoformat()
        row = book.add(call.session, told, call.now)
        call.audit("borrower_added", f"borrower:{row.id}", branch=row.branch)
        return _whole(call, row)

    return once(call, "borrower", given, make)


@router.get("/{borrower_id}")
def one_borrower(
    borrower_id: int, response: Response, call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)]
) -> BorrowerWhole:
    """The ETag is of the borrower's own fields: a payment in between disturbs nobody who edits them."""
    row = reach.borrower(call, borrower_id)
    etags.tag(response, shown(row))
    return _whole(call, row)


@router.patch("/{borrower_id}")
def change_borrower(
    borrower_id: int,
    given: BorrowerChange,
    response: Response,
    call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)],
    if_match: etags.IfMatch = None,
) -> BorrowerWhole:
    row = reach.borrower(call, borrower_id)
    etags.check(if_match, shown(row))
    changes = given.model_dump(exclude_unset=True)
    if "branch" in changes:
        _check_branch(call, given.branch)
    book.change(call.session, row, changes)
    call.audit("borrower_changed", f"borrower:{borrower_id}", fields=sorted(changes))
    etags.tag(response, shown(row))
    return _whole(call, row)


def shown(row: Borrower) -> BorrowerShown:
    return BorrowerShown(
        **row.model_dump(include=set(BorrowerShown.model_fields)),
        name=row.full_name,
        has_identity=bool(row.birth_date or row.document_ending),
    )


def _listed(row: Any, today: date) -> BorrowerListed:
    late = max(0, (today - row.oldest_due).days) if row.oldest_due else 0
    return BorrowerListed(**shown(row[0]).model_dump(), active_loans=row.active_loans, days_past_due=late)


def _whole(call: Reading, row: Borrower) -> BorrowerWhole:
    borrower_id, today = row.id or 0, reach.today(call)
    listed = accounts.borrower_loans(call.session, borrower_id)
    return BorrowerWhole(
        **shown(row).model_dump(),
        loans=[loans.shown(each, row, today) for each in listed],
        addresses=addresses.of_borrower(call, borrower_id),
        holds=holds.of_borrower(call, borrower_id, [each.id or 0 for each in listed]),
    )


def _with_loans() -> sa.Select[Any]:
    """Counted for the rows of the page only."""
    own = (col(Loan.borrower_id) == Borrower.id, col(Loan.status) == "active")
    count = sa.select(sa.func.count()).select_from(Loan).where(*own).scalar_subquery()
    oldest = sa.select(sa.func.min(Loan.cached_oldest_due)).where(*own).scalar_subquery()
    return sa.select(Borrower, count.label("active_loans"), oldest.label("oldest_due"))


def _late(arrears: Arrears, today: date) -> sa.ColumnElement[bool]:
    active = sa.select(col(Loan.borrower_id)).where(col(Loan.status) == "active")
    if arrears is Arrears.NONE:
        return col(Borrower.id).not_in(active.where(col(Loan.cached_oldest_due) < today))
    youngest, eldest = _AGES[arrears]
    oldest = sa.func.min(Loan.cached_oldest_due)
    late = active.group_by(col(Loan.borrower_id)).having(oldest <= today - timedelta(days=youngest))
    if eldest is not None:
        late = late.having(oldest >= today - timedelta(days=eldest))
    return col(Borrower.id).in_(late)


def _check_branch(call: Writing, branch: str) -> None:
    if not call.principal.reaches(branch):
        raise invalid("branch", branch, "branch_out_of_reach")
