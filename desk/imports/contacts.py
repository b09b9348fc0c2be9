"""Addresses of many borrowers at once, with the consent that a file says they gave.

A file adds and withdraws consent; it never brings back what the borrower took away: an opt-out, a wrong
number, a withdrawn consent (unless the file names a later day on which it was given anew).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from desk.imports.persons import Contact, instant_of
from outreach.tables import Address, AddressBorrower
from store.encryption import blind_index

Place = tuple[str, str, str]  # channel, kind, blind index


def write_contacts(session: Session, contacts: Mapping[int, Sequence[Contact]], origin: str, now: datetime) -> set[int]:
    """`contacts` by borrower, in the order to try them; the borrowers with a change come back."""
    places = {contact: _place(contact) for listed in contacts.values() for contact in listed}
    ids = _address_ids(session, places)
    confirmed = _confirm(session, {ids[place] for contact, place in places.items() if contact.confirmed}, now)
    links, fresh, changed = _links(session, contacts), [], set()
    for borrower_id, listed in contacts.items():
        tried: dict[str, int] = defaultdict(int)
        named = {ids[places[contact]] for contact in listed}
        for contact in listed:
            address_id, position = ids[places[contact]], tried[contact.channel]
            tried[contact.channel] += 1
            link = links[borrower_id].get(address_id)
            agreed = _agreed(link, contact, origin, now)
            if link is None:
                _make_room(session, links[borrower_id], named, position)
                fresh.append(_new_link(address_id, borrower_id, position, agreed))
            elif agreed:
                _set(session, AddressBorrower, (address_id, borrower_id), agreed)
            if link is None or agreed or address_id in confirmed:
                changed.add(borrower_id)
    if fresh:
        session.execute(sa.insert(AddressBorrower), fresh)
    session.flush()
    return changed


def _place(contact: Contact) -> Place:
    return contact.channel, contact.kind, blind_index(contact.value)


def _address_ids(session: Session, places: Mapping[Contact, Place]) -> dict[Place, int]:
    """Addresses that the store does not have are made."""
    found = _stored_ids(session, places.values())
    values = {place: contact.value for contact, place in places.items() if place not in found}
    if not values:
        return found
    rows = [
        {"channel": channel, "kind": kind, "value_index": index, "value": values[channel, kind, index]}
        for channel, kind, index in values
    ]
    session.execute(sa.insert(Address), rows)
    return found | _stored_ids(session, values)


def _stored_ids(session: Session, places: Iterable[Place]) -> dict[Place, int]:
    indexes = {index for _, _, index in places}
    if not indexes:
        return {}
    columns = select(Address.channel, Address.kind, Address.value_index, Address.id)
    rows = session.exec(columns.where(col(Address.value_index).in_(indexes)))
    return {(channel, kind, index): address_id or 0 for channel, kind, index, address_id in rows}


def _confirm(session: Session, address_ids: set[int], now: datetime) -> set[int]:
    """The lender says that these are right; a number that turned out wrong stays wrong."""
    if not address_ids:
        return set()
    waiting = set(
        session.exec(
            select(Address.id).where(
                col(Address.id).in_(address_ids),
                col(Address.confirmed_at).is_(None),
                col(Address.wrong_person_at).is_(None),
            )
        )
    )
    session.execute(
        sa.update(Address).where(col(Address.id).in_(waiting)).values(confirmed_at=now),
        execution_options={"synchronize_session": "fetch"},
    )
    return {each for each in waiting if each is not None}


def _links(session: Session, contacts: Mapping[int, object]) -> dict[int, dict[int, Any]]:
    table = SQLModel.metadata.tables["address_borrower"]
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    if contacts:
        for row in session.execute(sa.select(table).where(table.c.borrower_id.in_(contacts))):
            found[row.borrower_id][row.address_id] = row
    return found


def _new_link(address_id: int, borrower_id: int, position: int, agreed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "address_id": address_id,
        "borrower_id": borrower_id,
        "position": position,
        "consent_at": agreed.get("consent_at"),
        "consent_evidence": agreed.get("consent_evidence", ""),
    }


def _make_room(session: Session, links: Mapping[int, Any], named: set[int], position: int) -> None:
    """Numbers that the file no longer names are tried after those it names."""
    for address_id, link in links.items():
        if address_id not in named and link.position == position:
            _set(session, AddressBorrower, (address_id, link.borrower_id), {"position": position + len(named)})


def _set(session: Session, table: type[Any], key: Any, after: Mapping[str, Any]) -> None:
    row = session.get_one(table, key)
    for name, value in after.items():
        setattr(row, name, value)


def _agreed(link: Any | None, contact: Contact, origin: str, now: datetime) -> dict[str, Any]:
    """What changes of the consent."""
    given, withdrawn = (link.consent_at, link.consent_withdrawn_at) if link is not None else (None, None)
    if contact.consent is None:
        return {}
    if not contact.consent:
        ended = {"consent_withdrawn_at": now, "consent_evidence": contact.evidence or origin}
        return ended if given is not None and withdrawn is None else {}
    anew = withdrawn is not None and contact.consent_on is not None and contact.consent_on > withdrawn.date()
    if (given is not None or withdrawn is not None) and not anew:
        return {}
    return {
        "consent_at": instant_of(contact.consent_on, now),
        "consent_withdrawn_at": None,
        "consent_evidence": contact.evidence or origin,
    }
