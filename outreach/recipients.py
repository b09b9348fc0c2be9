"""Whom a message would go to: addresses, holds, promises and attempts of many borrowers, read in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from loans.tables import Borrower, Loan, Plan, Promise
from outreach import wishes
from outreach.contact_facts import Attempt, Facts, Kind
from outreach.contact_policy import ContactPolicy
from outreach.history import NEVER_LEFT, Change
from outreach.step import CHANNEL_ORDER
from outreach.tables import Address, AddressBorrower, Conversation, Hold, Message
from outreach.wish_rules import Wished, allows
from outreach.wishes import Wish

# The rules look back seven days; a day more covers every time zone.
LOOK_BACK = timedelta(days=9)
# A message may be written long before it goes: it waits for hours, caps, an outage, and a doubt is settled late.
LONGEST_WAIT = timedelta(days=30)
# Answering the borrower is free for a day, on every channel: the window that WhatsApp made customary.
CONVERSATION = timedelta(hours=24)
# What we start ourselves. Answers are counted by nobody.
STARTED = tuple(kind.value for kind in Kind if kind not in (Kind.REPLY, Kind.OPT_OUT_CONFIRMATION))


def is_on(enabled: Collection[str], channel: str, country: str) -> bool:
    """`enabled` names channels, or a channel in one country: `whatsapp:MX`."""
    return channel in enabled or f"{channel}:{country}" in enabled


@dataclass(frozen=True, slots=True)
class Seen:
    """Where in the history a recipient was read: the last change and the last message that were there then."""

    at: datetime
    change: int
    message: int


@dataclass(slots=True)
class Reach:
    """One address of a borrower, without its value: planning never reads that."""

    address_id: int
    channel: str
    position: int
    consent: bool
    opted_out: bool
    wrong_person: bool
    blocked: bool
    known: bool  # the lender confirmed it or this borrower proved who they are
    last_inbound_at: datetime | None
    conversation_id: int | None
    person_owns: bool

    @property
    def usable(self) -> bool:
        return self.consent and not (self.opted_out or self.wrong_person or self.blocked)


class HoldSpan(NamedTuple):
    """A hold as it lies in time; which of loan, borrower and address it is on as in `Recipient.holds`."""

    event: str
    loan_id: int | None
    address_id: int | None
    from_at: datetime
    until_at: datetime | None

    def lives_at(self, now: datetime) -> bool:
        return self.from_at <= now and (self.until_at is None or self.until_at > now)


@dataclass(slots=True)
class Recipient:
    borrower_id: int
    country: str
    zone: str | None
    language: str
    preferred_channel: str | None
    preferred_time: str | None
    addresses: list[Reach] = field(default_factory=list)
    holds: list[tuple[str, int | None, int | None]] = field(default_factory=list)  # event, loan id, address id
    promised_loans: set[int] = field(default_factory=set)
    attempts: list[tuple[int, Attempt]] = field(default_factory=list)  # by message id
    wishes: list[Wished] = field(default_factory=list)
    seen: Seen | None = None

    def in_order(self, channels: str | Sequence[str], enabled: Collection[str]) -> list[Reach]:
        """The usable ones first: the preferred channel, then the step's order; then those that show why not."""
        order = CHANNEL_ORDER if isinstance(channels, str) else tuple(channels)
        if self.preferred_channel in order:
            order = (self.preferred_channel, *(each for each in order if each != self.preferred_channel))
        able = [each for each in self.addresses if each.channel in order]
        return sorted(
            able,
            key=lambda each: (
                not (each.usable and is_on(enabled, each.channel, self.country)),
                not allows(self.wishes, each.channel),
                order.index(each.channel),
                each.position,
                each.address_id,
            ),
        )

    def holds_on(self, loan_id: int | None, address: Reach) -> frozenset[str]:
        live = {
            event
            for event, loan, place in self.holds
            if loan in (None, loan_id) and place in (None, address.address_id)
        }
        if loan_id in self.promised_loans:
            live.add("promise_alive")
        if address.wrong_person:
            live.add("wrong_person")
        return frozenset(live)


def facts(
    who: Recipient,
    address: Reach,
    kind: str,
    *,
    loan_id: int | None,
    policy: ContactPolicy,
    enabled: Collection[str],
    now: datetime,
    lender_zone: str,
    valid_until: datetime | None,
    template_ok: bool = True,
    without_message: int | None = None,
) -> Facts:
    """What the contact rules are told about one message, which itself is no attempt."""
    talk = max(
        ((each.last_inbound_at, each.channel) for each in who.addresses if each.last_inbound_at),
        default=(None, None),
    )
    hours = policy.window_hours(address.channel, now.date()) if address.channel in policy.channels else None
    inbound = address.last_inbound_at
    needs_template = hours is not None and (inbound is None or now - inbound >= timedelta(hours=hours))
    return Facts(
        country=who.country,
        zone=who.zone,
        channel=address.channel,
        kind=kind,
        consent=address.consent,
        opted_out=address.opted_out,
        holds=who.holds_on(loan_id, address),
        channel_enabled=is_on(enabled, address.channel, who.country),
        person_owns=any(each.person_owns for each in who.addresses),
        needs_template=needs_template,
        template_ok=template_ok or not needs_template,
        valid_until=valid_until,
        attempts=tuple(attempt for message_id, attempt in who.attempts if message_id != without_message),
        conversation_open=inbound is not None and now - inbound < CONVERSATION,
        last_conversation_at=talk[0],
        last_conversation_channel=talk[1],
        lender_zone=lender_zone,
        wishes=tuple(who.wishes),
    )


def gather(session: Session, borrower_ids: Collection[int], now: datetime) -> dict[int, Recipient]:
    """By borrower id. Give it some thousand ids at most: they are bound one by one."""
    ids = sorted(set(borrower_ids))
    seen = position(session, now)
    found = {row.id: Recipient(*row) for row in session.execute(_borrowers(ids))}
    for who in found.values():
        who.seen = seen
    places: dict[int, list[int]] = defaultdict(list)
    for row in session.execute(_addresses(ids)):
        found[row.borrower_id].addresses.append(reach(row, now))
        places[row.address_id].append(row.borrower_id)
    for promised in (Promise, Plan):
        for borrower_id, loan_id in session.execute(_open(promised, ids)):
            found[borrower_id].promised_loans.add(loan_id)
    begun = session.execute(_attempts(ids, now)).all()
    heard = _heard(session, {each.conversation_id for each in begun if each.kind == Kind.COLLECTOR}, now)
    for row in begun:
        if not answers(row.kind, row.at, heard[row.conversation_id]):
            found[row.borrower_id].attempts.append((row.id, Attempt(row.at, row.channel, row.kind)))
    for row in _holds(session, ids, list(places), _lives_at(now)):
        for borrower_id in places.get(row.address_id, [row.owner]):
            if borrower_id in found:
                found[borrower_id].holds.append((row.event, row.loan_id, row.address_id))
    living = select(Wish).where(col(Wish.borrower_id).in_(ids), col(Wish.from_at) <= now, wishes.alive(now))
    for wish in session.exec(living.order_by(col(Wish.id))):
        found[wish.borrower_id].wishes.append(wishes.read(wish))
    return found


def position(session: Session, now: datetime) -> Seen:
    """Two looks at the end of an index. Read before the facts: what comes in between can only be newer."""
    change, message = session.execute(
        sa.select(
            sa.select(sa.func.max(Change.id)).scalar_subquery(), sa.select(sa.func.max(Message.id)).scalar_subquery()
        )
    ).one()
    return Seen(now, change or 0, message or 0)


def _borrowers(ids: list[int]) -> Any:
    b = Borrower.__table__.c  # type: ignore[attr-defined]
    return sa.select(b.id, b.country, b.zone, b.language, b.preferred_channel, b.preferred_time).where(b.id.in_(ids))


def _addresses(ids: list[int]) -> Any:
    link = AddressBorrower
    return (
        sa.select(
            col(link.borrower_id),
            col(Address.id).label("address_id"),
            col(Address.channel),
            col(link.position),
            col(link.consent_at),
            col(link.consent_withdrawn_at),
            col(Address.opted_out_at),
            col(Address.wrong_person_at),
            col(Address.blocked_at),
            col(Address.confirmed_at),
            col(Address.verified_until),
            col(Address.verified_borrower_id),
            col(Address.last_inbound_at),
            col(Conversation.id).label("conversation_id"),
            col(Conversation.owner),
        )
        .join(Address, col(Address.id) == link.address_id)
        .outerjoin(Conversation, col(Conversation.address_id) == Address.id)
        .where(col(link.borrower_id).in_(ids))
    )


def reach(row: Any, now: datetime) -> Reach:
    """From a row with what `_addresses` selects."""
    verified = row.verified_borrower_id == row.borrower_id and row.verified_until and row.verified_until > now
    return Reach(
        address_id=row.address_id,
        channel=row.channel,
        position=row.position,
        consent=row.consent_at is not None and row.consent_withdrawn_at is None,
        opted_out=row.opted_out_at is not None,
        wrong_person=row.wrong_person_at is not None,
        blocked=row.blocked_at is not None,
        known=row.confirmed_at is not None or bool(verified),
        last_inbound_at=row.last_inbound_at,
        conversation_id=row.conversation_id,
        person_owns=row.owner == "person",
    )


def _open(table: type[Promise] | type[Plan], ids: list[int]) -> Any:
    return sa.select(col(table.borrower_id), col(table.loan_id)).where(
        col(table.borrower_id).in_(ids), col(table.state) == "open"
    )


def _attempts(ids: list[int], now: datetime) -> Any:
    m = Message.__table__.c  # type: ignore[attr-defined]
    at = sa.func.coalesce(m.sent_at, m.send_after, m.created_at, type_=m.created_at.type)
    return sa.select(m.id, m.borrower_id, m.conversation_id, m.channel, m.kind, at.label("at")).where(
        m.borrower_id.in_(ids),
        m.created_at >= now - LOOK_BACK - LONGEST_WAIT,
        at >= now - LOOK_BACK,
        m.direction == "out",
        m.kind.in_(STARTED),
        sa.or_(m.status.not_in(NEVER_LEFT), m.sent_at.is_not(None)),
    )


def _heard(session: Session, conversations: Collection[int], now: datetime) -> Mapping[int, list[datetime]]:
    """When borrowers wrote, by conversation, as far back as an attempt that counts could have answered it."""
    found: dict[int, list[datetime]] = defaultdict(list)
    if conversations:
        m = Message.__table__.c  # type: ignore[attr-defined]
        since = now - LOOK_BACK - CONVERSATION
        wanted = sa.select(m.conversation_id, m.created_at).where(
            m.conversation_id.in_(conversations), m.direction == "in", m.created_at > since
        )
        for conversation_id, at in session.execute(wanted):
            found[conversation_id].append(at)
    return found


def answers(kind: str, at: datetime, heard: Iterable[datetime]) -> bool:
    """A person's message inside an open conversation is an answer, not an attempt. What is `heard` later opens none."""
    return kind == Kind.COLLECTOR and any(at - CONVERSATION < each <= at for each in heard)


def spans(session: Session, known: Mapping[int, Recipient], now: datetime) -> dict[int, list[HoldSpan]]:
    """By borrower id, the holds that are alive now or begin later, with the time of each."""
    places: dict[int, list[int]] = defaultdict(list)
    for who in known.values():
        for address in who.addresses:
            places[address.address_id].append(who.borrower_id)
    found: dict[int, list[HoldSpan]] = defaultdict(list)
    for row in _holds(session, sorted(known), list(places), _lives_after(now)):
        for borrower_id in places.get(row.address_id, [row.owner]):
            if borrower_id in known:
                span = HoldSpan(row.event, row.loan_id, row.address_id, row.from_at, row.until_at)
                found[borrower_id].append(span)
    return found


def _lives_after(now: datetime) -> Any:
    ends_later = sa.or_(col(Hold.until_at).is_(None), col(Hold.until_at) > now)
    return sa.and_(col(Hold.lifted_at).is_(None), ends_later)


def _lives_at(now: datetime) -> Any:
    return sa.and_(_lives_after(now), col(Hold.from_at) <= now)


def _holds(session: Session, ids: list[int], address_ids: list[int], live: Any) -> Iterable[Any]:
    columns = tuple(map(col, (Hold.event, Hold.loan_id, Hold.address_id, Hold.from_at, Hold.until_at)))
    yield from session.execute(
        sa.select(*columns, col(Hold.borrower_id).label("owner")).where(live, col(Hold.borrower_id).in_(ids))
    )
    yield from session.execute(
        sa.select(*columns, col(Loan.borrower_id).label("owner"))
        .join(Loan, col(Loan.id) == Hold.loan_id)
        .where(live, col(Loan.borrower_id).in_(ids))
    )
    if address_ids:
        yield from session.execute(
            sa.select(*columns, sa.null().label("owner")).where(live, col(Hold.address_id).in_(address_ids))
        )
