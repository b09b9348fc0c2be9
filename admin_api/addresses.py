"""Where a borrower can be written to, whether the lender knows the place, and what the owner allowed."""

from datetime import datetime
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import etags, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.problems import conflict, invalid
from admin_api.shapes import LongText, Name
from desk.access import Permission
from desk.imports.report import BadValue
from desk.imports.values import phone
from loans.tables import Borrower
from outreach import addresses
from outreach.tables import Address, AddressBorrower
from store.ids import id_of

router = APIRouter(tags=["addresses"])


class AddressShown(BaseModel):
    id: int
    borrower_id: int
    channel: str
    kind: str
    value: str
    position: int = Field(description="0 is tried first on this channel.")
    shared: bool = Field(description="Other borrowers are reached here too.")
    consent_at: datetime | None
    consent_evidence: str
    consent_withdrawn_at: datetime | None
    confirmed_at: datetime | None = Field(description="The lender knows that this is the borrower's.")
    verified_until: datetime | None = Field(description="The borrower has proven in the chat who writes.")
    opted_out_at: datetime | None
    wrong_person_at: datetime | None
    blocked_at: datetime | None
    last_inbound_at: datetime | None


class AddressGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"channel": "whatsapp", "value": "222 123 4567"}]}
    )
    channel: Literal["whatsapp", "sms", "telegram"]
    value: Name = Field(description="A phone; for Telegram the number of the user.")
    consent_evidence: LongText | None = Field(default=None, description="How consent was given; null: it was not.")


class AddressChange(BaseModel):
    """Both only stop messages; the owner's own word, a consent or a confirmation starts them again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"wrong_person": True}]})
    wrong_person: Literal[True] | None = None
    opted_out: Literal[True] | None = None


class ConsentGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"given": True, "evidence": "Signed form of 3 November"}]}
    )
    given: bool
    evidence: LongText = Field(min_length=1)
    borrower_id: int | None = Field(default=None, description="Whose consent, where an address is shared.")


class Confirmation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    borrower_id: int | None = None


@router.get("/borrowers/{borrower_id}/addresses")
def list_addresses(borrower_id: int, call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)]) -> list[AddressShown]:
    """All of them, in the order to try."""
    reach.borrower(call, borrower_id)
    return of_borrower(call, borrower_id)


@router.post("/borrowers/{borrower_id}/addresses", status_code=201, response_model=AddressShown)
def add_address(
    borrower_id: int, given: AddressGiven, call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)]
) -> Any:
    owner = reach.borrower(call, borrower_id)

    def make() -> AddressShown:
        kind, value = _place(given, owner)
        row = addresses.find_or_create(call.session, given.channel, kind, value, call.now)
        if call.session.get(AddressBorrower, (id_of(row), borrower_id)) is not None:
            raise conflict("address_known")
        known = sum(each.channel == given.channel for each in of_borrower(call, borrower_id))
        evidence = given.consent_evidence
        addresses.link(
            call.session, row, owner, consent_at=call.now if evidence else None, evidence=evidence or "", position=known
        )
        call.audit("address_added", f"address:{row.id}", borrower=borrower_id, channel=given.channel)
        return _one(call, id_of(row), borrower_id)

    return once(call, f"borrower:{borrower_id}:address", given, make)


@router.get("/addresses/{address_id}")
def one_address(
    address_id: int,
    response: Response,
    call: Annotated[Reading, reads(Permission.READ_PORTFOLIO)],
    borrower_id: int | None = None,
) -> AddressShown:
    found = _one(call, address_id, borrower_id)
    etags.tag(response, found)
    return found


@router.patch("/addresses/{address_id}")
def change_address(
    address_id: int,
    given: AddressChange,
    response: Response,
    call: Annotated[Writing, writes(Permission.WORK_CASES)],
    if_match: etags.IfMatch = None,
) -> AddressShown:
    row, _ = reach.address(call, address_id)
    etags.check(if_match, _one(call, address_id))
    if given.wrong_person:
        addresses.mark_wrong_person(call.session, row, call.now)
    if given.opted_out:
        addresses.opt_out(call.session, row, "staff", call.now)
    call.session.flush()
    call.audit("address_changed", f"address:{address_id}", **given.model_dump(exclude_none=True))
    found = _one(call, address_id)
    etags.tag(response, found)
    return found


@router.post("/addresses/{address_id}/consent", status_code=201, response_model=AddressShown)
def record_consent(
    address_id: int, given: ConsentGiven, call: Annotated[Writing, writes(Permission.WORK_CASES)]
) -> Any:
    """Given or withdrawn. A consent does not undo an opt-out: only the owner's own word does."""
    _, link = reach.address(call, address_id, given.borrower_id)

    def make() -> AddressShown:
        addresses.record_consent(link, given=given.given, evidence=given.evidence, now=call.now)
        call.session.add(link)
        call.session.flush()
        call.audit("consent_recorded", f"address:{address_id}", borrower=link.borrower_id, given=given.given)
        return _one(call, address_id, link.borrower_id)

    return once(call, f"address:{address_id}:consent", given, make)


@router.post("/addresses/{address_id}/confirm", status_code=201, response_model=AddressShown)
def confirm_address(
    address_id: int, given: Confirmation, call: Annotated[Writing, writes(Permission.WRITE_PORTFOLIO)]
) -> Any:
    """Says that the place is the borrower's: details may be written there, and it is no wrong number."""
    row, link = reach.address(call, address_id, given.borrower_id)

    def make() -> AddressShown:
        addresses.confirm(call.session, row, call.now)
        call.audit("address_confirmed", f"address:{address_id}", borrower=link.borrower_id)
        return _one(call, address_id, link.borrower_id)

    return once(call, f"address:{address_id}:confirm", given, make)


def of_borrower(call: Reading, borrower_id: int) -> list[AddressShown]:
    return _shown(call, col(AddressBorrower.borrower_id) == borrower_id)


def _one(call: Reading, address_id: int, borrower_id: int | None = None) -> AddressShown:
    row, link = reach.address(call, address_id, borrower_id)
    (found,) = _shown(call, sa.and_(col(Address.id) == row.id, col(AddressBorrower.borrower_id) == link.borrower_id))
    return found


def _shown(call: Reading, wanted: sa.ColumnElement[bool]) -> list[AddressShown]:
    other = sa.orm.aliased(AddressBorrower)
    others = sa.exists().where(
        other.address_id == Address.id,  # type: ignore[arg-type]
        other.borrower_id != AddressBorrower.borrower_id,  # type: ignore[arg-type]
    )
    rows = call.session.execute(
        sa.select(Address, AddressBorrower, others)
        .join(AddressBorrower, col(AddressBorrower.address_id) == Address.id)
        .where(wanted)
        .order_by(col(Address.channel), col(AddressBorrower.position), col(Address.id))
    ).all()
    return [AddressShown(**(row.model_dump() | link.model_dump()), shared=shared) for row, link, shared in rows]


def _place(given: AddressGiven, owner: Borrower) -> tuple[str, str]:
    if given.channel == "telegram":
        if not given.value.isascii() or not given.value.isdigit():
            raise invalid("value", given.value, "number_unreadable")
        return "telegram_user", given.value
    try:
        return "phone", phone("value", given.value, owner.country)
    except BadValue as bad:
        raise invalid("value", given.value, "phone_unreadable") from bad
