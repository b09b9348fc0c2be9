"""Whose phone is meant: a number or chat over all channels, with the borrowers it may belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loans.tables import Borrower
from outreach.tables import Address, AddressBorrower, Conversation, Message
from store import encryption
from store.ids import id_of


@dataclass(frozen=True, slots=True)
class Person:
    """The address last used comes first."""

    addresses: Sequence[Address]
    conversations: Sequence[Conversation]
    borrowers: Sequence[Borrower]

    @property
    def conversation(self) -> Conversation | None:
        return self.conversations[0] if self.conversations else None


def find(session: Session, value: str | None = None) -> Person | None:
    """By number or chat; without it, who wrote last, else the first contact of the fixture."""
    index = encryption.blind_index(value) if value else _last_used(session)
    found = session.exec(select(Address).where(Address.value_index == index).order_by(col(Address.id))).all()
    if not found:
        return None
    ids = [id_of(each) for each in found]
    talks = session.exec(select(Conversation).where(col(Conversation.address_id).in_(ids))).all()
    order = {address_id: -turn for address_id, turn in _last_turns(session, ids)}
    links = select(AddressBorrower.borrower_id).where(col(AddressBorrower.address_id).in_(ids))
    return Person(
        addresses=sorted(found, key=lambda each: order.get(id_of(each), 0)),
        conversations=sorted(talks, key=lambda each: order.get(each.address_id, 0)),
        borrowers=session.exec(select(Borrower).where(col(Borrower.id).in_(links)).order_by(col(Borrower.id))).all(),
    )


def _last_used(session: Session) -> str | None:
    newest = select(Message.address_id).where(Message.direction == "in").order_by(col(Message.id).desc()).limit(1)
    address_id = session.exec(newest).first()
    wanted = select(Address.value_index)
    if address_id is not None:
        return session.exec(wanted.where(Address.id == address_id)).first()
    return session.exec(wanted.order_by(col(Address.id)).limit(1)).first()


def _last_turns(session: Session, address_ids: Sequence[int]) -> list[tuple[int, int]]:
    """The newest message in either direction, by address."""
    rows = session.exec(
        select(Message.address_id, Message.id).where(col(Message.address_id).in_(address_ids)).order_by(col(Message.id))
    )
    return list({address_id: (address_id, message_id or 0) for address_id, message_id in rows}.values())
