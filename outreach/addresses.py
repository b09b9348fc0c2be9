"""Addresses, whose they are, and what their owner allowed: identity, consent, opt-out, wrong person."""

import re
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.tables import Borrower
from outreach.tables import Address, AddressBorrower
from store import encryption
from store.ids import id_of

# How long a proof of identity holds on one address: own default, as is the limit of three attempts in the policy.
IDENTITY_HOLDS = timedelta(days=30)
# WhatsApp still writes the mobile digit that Mexico (+52 1) and Argentina (+54 9) dropped for other uses.
_ONE_FORM = re.compile(r"^(\+52|\+54)[19](?=\d{10}$)")


def find_or_create(session: Session, channel: str, kind: str, value: str, now: datetime) -> Address:
    """`kind` is phone, bsuid or telegram_user; a phone is in E.164 form."""
    found = find(session, channel, kind, value)
    if found is not None:
        return found
    address = Address(channel=channel, kind=kind, value=value, value_index=index_of(kind, value))
    session.add(address)
    session.flush()
    return address


def find(session: Session, channel: str, kind: str, value: str) -> Address | None:
    return session.exec(
        select(Address).where(
            Address.channel == channel, Address.kind == kind, Address.value_index == index_of(kind, value)
        )
    ).first()


def index_of(kind: str, value: str) -> str:
    """One index for the two forms of a mobile number that providers give in some countries."""
    return encryption.blind_index(_ONE_FORM.sub(r"\1", value) if kind == "phone" else value)


def borrowers_of(session: Session, address: Address) -> list[Borrower]:
    return list(
        session.exec(
            select(Borrower)
            .join(AddressBorrower, col(AddressBorrower.borrower_id) == Borrower.id)
            .where(AddressBorrower.address_id == address.id)
            .order_by(col(AddressBorrower.position), col(Borrower.id))
        )
    )


def verified_borrower(session: Session, address: Address, now: datetime) -> Borrower | None:
    """Who has proven to be writing from here, while the proof holds."""
    if address.verified_borrower_id is None or address.verified_until is None or address.verified_until <= now:
        return None
    return session.get(Borrower, address.verified_borrower_id)


def verify(session: Session, address: Address, borrower: Borrower, now: datetime) -> None:
    """A proof also settles that this is no wrong number."""
    address.verified_at, address.verified_until = now, now + IDENTITY_HOLDS
    address.verified_borrower_id = borrower.id
    address.identity_attempts = 0
    address.wrong_person_at = None
    session.add(address)


def forget_identity(session: Session, address: Address) -> None:
    address.verified_at = address.verified_until = address.verified_borrower_id = None
    session.add(address)


def opt_out(session: Session, address: Address, why: str, now: datetime, *, channel: str | None = None) -> bool:
    """On all channels of this person, or on another one that they named. False when it was opted out already.

    Who writes 'no me manden más a este WhatsApp' on WhatsApp does not ask for an SMS instead. Nothing but an explicit
    opt-in undoes it.
    """
    meant = [each for each in of_same_person(session, address) if channel in {None, address.channel, each.channel}]
    new = [each for each in meant if each.opted_out_at is None]
    for each in new:
        each.opted_out_at, each.opted_out_why = now, why
        session.add(each)
    return bool(new)


def opt_in(session: Session, address: Address, now: datetime) -> None:
    """The borrower's own words are the new consent, for everyone who shares this address."""
    for each in of_same_person(session, address):
        each.opted_out_at, each.opted_out_why = None, ""
        session.add(each)
    for link in session.exec(select(AddressBorrower).where(AddressBorrower.address_id == address.id)):
        link.consent_at, link.consent_withdrawn_at = now, None
        link.consent_evidence = "opt_in"
        session.add(link)


def mark_wrong_person(session: Session, address: Address, now: datetime) -> list[Address]:
    """Stops this number on every channel, for all loans at once, and ends any identity proven on it."""
    same = session.exec(select(Address).where(Address.value_index == address.value_index)).all()
    for each in same:
        each.wrong_person_at = each.wrong_person_at or now
        each.confirmed_at = None
        forget_identity(session, each)
    return list(same)


def of_same_person(session: Session, address: Address) -> list[Address]:
    """The same number on other channels, and where only one borrower is behind it, their other addresses."""
    owners = borrowers_of(session, address)
    same = [col(Address.value_index) == address.value_index]
    if len(owners) == 1:
        linked = select(AddressBorrower.address_id).where(AddressBorrower.borrower_id == owners[0].id)
        same.append(col(Address.id).in_(linked))
    return list(session.exec(select(Address).where(sa.or_(*same)).order_by(col(Address.id))))


def link(
    session: Session,
    address: Address,
    borrower: Borrower,
    *,
    consent_at: datetime | None,
    evidence: str,
    position: int = 0,
) -> None:
    """Says that this borrower can be reached here; a later consent replaces an earlier one."""
    found = session.get(AddressBorrower, (id_of(address), id_of(borrower)))
    if found is None:
        found = AddressBorrower(address_id=id_of(address), borrower_id=id_of(borrower), position=position)
    if consent_at is not None:
        found.consent_at, found.consent_evidence = consent_at, evidence
    session.add(found)
    session.flush()


def record_consent(link: AddressBorrower, *, given: bool, evidence: str, now: datetime) -> None:
    """What staff were told or hold signed. Withdrawing keeps since when it had been given."""
    if given:
        link.consent_at, link.consent_withdrawn_at, link.consent_evidence = now, None, evidence
    else:
        # The evidence of the consent itself stays in the ledger.
        link.consent_withdrawn_at, link.consent_evidence = link.consent_withdrawn_at or now, evidence


def confirm(session: Session, address: Address, now: datetime) -> None:
    """The lender has made sure whose this is, which also settles that it is no wrong number."""
    address.confirmed_at = address.confirmed_at or now
    address.wrong_person_at = None
    session.add(address)
    session.flush()
