"""Links that open the chat with our bot for one borrower: signed, for some days, and used once.

A link proves that whoever uses it got it, and so the channel; it is no proof of who that is, since pictures of a screen
travel. So it confirms nothing and verifies nothing: details still wait for the identity check.
"""

import base64
import binascii
import hmac
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.tables import Borrower
from outreach import addresses
from outreach.messages import conversation_of
from outreach.tables import Address, AddressBorrower, ChatLink
from store.encryption import blind_index
from store.ids import id_of

LASTS = timedelta(days=3)  # own default: long enough to be sent today and opened on Sunday
RANDOM_BYTES, TAG_BYTES = 16, 8  # 32 characters; Telegram takes 64


def make(session: Session, borrower: Borrower, made_by: str, now: datetime) -> tuple[str, datetime]:
    """The payload, which is kept nowhere, and the instant when it ends."""
    chosen = secrets.token_bytes(RANDOM_BYTES)
    payload = base64.urlsafe_b64encode(chosen + _tag(chosen)).decode()
    expires = now + LASTS
    session.add(
        ChatLink(
            borrower_id=id_of(borrower),
            token_index=blind_index(payload),
            made_by=made_by,
            made_at=now,
            expires_at=expires,
        )
    )
    return payload, expires


def redeem(session: Session, payload: str, address: Address, now: datetime) -> Borrower | None:
    """Whose link it is, for the first who comes with it in time."""
    if not _is_signed(payload):
        return None
    found = session.exec(select(ChatLink).where(ChatLink.token_index == blind_index(payload))).first()
    if found is None:
        return None
    won = session.execute(
        sa.update(ChatLink)
        .where(col(ChatLink.id) == found.id, col(ChatLink.used_at).is_(None), col(ChatLink.expires_at) > now)
        .values(used_at=now, address_id=id_of(address))
    )
    if won.rowcount != 1:  # type: ignore[attr-defined]
        return None
    borrower = session.get_one(Borrower, found.borrower_id)
    join(session, address, [borrower])
    return borrower


def known_by_phone(session: Session, phone: str) -> list[Borrower]:
    """Who is reached under this number on another channel, unless somebody there has said that it is the wrong one."""
    wanted = (
        select(Borrower)
        .join(AddressBorrower, col(AddressBorrower.borrower_id) == Borrower.id)
        .join(Address, col(Address.id) == AddressBorrower.address_id)
        .where(
            Address.kind == "phone",
            Address.value_index == addresses.index_of("phone", phone),
            col(Address.wrong_person_at).is_(None),
        )
        .distinct()
        .order_by(col(Borrower.id))
    )
    return list(session.exec(wanted))


def join(session: Session, address: Address, borrowers: list[Borrower]) -> None:
    """They can be reached here from now on. Consent is another question, and so is who it is that writes."""
    for each in borrowers:
        addresses.link(session, address, each, consent_at=None, evidence="")
    owners, conversation = addresses.borrowers_of(session, address), conversation_of(session, address)
    if len(owners) == 1:
        conversation.borrower_id = owners[0].id
        session.add(conversation)


def _is_signed(payload: str) -> bool:
    try:
        whole = base64.b64decode(payload, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    chosen, tag = whole[:RANDOM_BYTES], whole[RANDOM_BYTES:]
    return len(whole) == RANDOM_BYTES + TAG_BYTES and hmac.compare_digest(tag, _tag(chosen))


def _tag(chosen: bytes) -> bytes:
    return bytes.fromhex(blind_index(f"chat link {chosen.hex()}"))[:TAG_BYTES]
