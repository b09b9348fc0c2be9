"""Messages whose outcome was lost: settled by the provider's own list, else left for its report and for a person.

Never sent again on a guess: only what the list certainly lacks, long enough after it was tried, is queued once more.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from bot import reports
from bot.channels.base import Channel, Listed, Lists, SendError, SendFailed, StatusEvent
from outreach import delivery
from outreach.tables import Address, Message, MessageStatus
from store.engine import reading, transaction
from store.ids import id_of

log = structlog.get_logger()

CLOCKS_DIFFER = timedelta(minutes=1)
# A request is given up after 10 s; before that nobody need ask.
YOUNGEST, OLDEST = timedelta(seconds=30), timedelta(hours=24)
AT_ONCE = 200  # one request each, at most once a minute
TRIES = 5  # As many as an answer is tried anyway; what gets lost more often than that is for a person.


@dataclass(frozen=True, slots=True)
class Doubt:
    message_id: int
    channel: str
    kind: str
    to: str
    reads: str
    tried_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """Found in the list, certainly not sent, or (neither) not to be told."""

    found: Listed | None = None
    not_sent: bool = False


def settle_lost(
    engine: sa.Engine, channels: Mapping[str, Channel], now: datetime, *, real: datetime, before: datetime | None
) -> list[int]:
    """Messages whose sender died; the ones that nobody can tell about yet are in doubt now and come back.

    `before` is the instant at which a lease counts as expired; None settles all, when no other sender can be alive.
    """
    expired = select(Message).where(col(Message.status) == sa.literal_column("'sending'"), Message.direction == "out")
    if before is not None:
        expired = expired.where(col(Message.claimed_until) < before)
    return _settle(engine, channels, expired, now, real)[1]


def settle_open(
    engine: sa.Engine,
    channels: Mapping[str, Channel],
    now: datetime,
    real: datetime,
    youngest: timedelta = YOUNGEST,
) -> Counter[str]:
    """Asks about messages that are in doubt, with providers that can be asked; for a day, then no more."""
    able = [name for name, channel in channels.items() if isinstance(channel, Lists)]
    doubtful = (
        select(Message)
        .where(
            col(Message.status) == sa.literal_column("'in_doubt'"),
            Message.direction == "out",
            col(Message.channel).in_(able),
            col(Message.tried_at) < real - youngest,
            col(Message.tried_at) > real - OLDEST,
        )
        .order_by(col(Message.tried_at))
        .limit(AT_ONCE)
    )
    return _settle(engine, channels, doubtful, now, real)[0] if able else Counter()


def _settle(
    engine: sa.Engine, channels: Mapping[str, Channel], which: object, now: datetime, real: datetime
) -> tuple[Counter[str], list[int]]:
    with reading(engine) as session:
        doubts = [_doubt(session, channels, each) for each in session.exec(which)]  # type: ignore[call-overload]
    counts: Counter[str] = Counter()
    left: list[int] = []
    for same_place in _by_address(doubts).values():
        listed = _ask(channels.get(same_place[0].channel), same_place)
        with transaction(engine) as session:
            judged = _judge(session, channels, same_place, listed, real)
            for doubt, verdict in zip(same_place, judged, strict=True):
                outcome = _apply(session, doubt, verdict, now)
                counts[outcome] += 1
                left += [doubt.message_id] if outcome == "in_doubt" else []
    return counts, left


def _doubt(session: Session, channels: Mapping[str, Channel], message: Message) -> Doubt:
    address = session.get_one(Address, message.address_id)
    channel = channels.get(message.channel)
    worded = channel.reads(message.text, message.buttons) if isinstance(channel, Lists) else message.text
    return Doubt(id_of(message), message.channel, address.kind, address.value, _same(worded), _tried(message))


def _tried(message: Message) -> datetime:
    return message.tried_at or message.status_at


def _by_address(doubts: Sequence[Doubt]) -> dict[tuple[str, str], list[Doubt]]:
    places: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for doubt in sorted(doubts, key=lambda each: (each.tried_at, each.message_id)):
        places[doubt.channel, doubt.to].append(doubt)
    return places


def _ask(channel: Channel | None, doubts: Sequence[Doubt]) -> list[Listed] | None:
    """What the provider has sent there since the first of them was tried; None when it does not say."""
    if not isinstance(channel, Lists):
        return None
    try:
        found = [each for each in channel.listed(doubts[0].tried_at - CLOCKS_DIFFER, doubts[0].to) if not each.incoming]
    except SendFailed as silence:
        log.warning("doubt_not_answered", channel=doubts[0].channel, error=silence.error, code=silence.code)
        return None
    return sorted(found, key=lambda each: each.at)


def _judge(
    session: Session,
    channels: Mapping[str, Channel],
    doubts: Sequence[Doubt],
    listed: list[Listed] | None,
    real: datetime,
) -> list[Verdict]:
    channel = channels.get(doubts[0].channel)
    if listed is None or not isinstance(channel, Lists):
        return [Verdict()] * len(doubts)
    taken = _taken(session, doubts[0].channel, [each.provider_id for each in listed])
    unclaimed = [each for each in listed if each.provider_id not in taken]
    return judge(doubts, unclaimed, real - channel.settles_after)


def judge(doubts: Sequence[Doubt], unclaimed: Sequence[Listed], certain_since: datetime) -> list[Verdict]:
    """Both in the order of time. The same words to the same address are taken in turn.

    While the list holds a message that is nobody's, one that can't be recognised by its words (WhatsApp fills
    templates itself) may be that one.
    """
    left, found = list(unclaimed), {}
    for doubt in doubts:
        match = next((each for each in left if _same(each.text) == doubt.reads), None)
        if match is not None:
            left.remove(match)
            found[doubt.message_id] = match
    return [
        Verdict(found=found.get(each.message_id), not_sent=not left and each.tried_at <= certain_since)
        for each in doubts
    ]


def _taken(session: Session, channel: str, provider_ids: Collection[str]) -> set[str]:
    """Those that are known to be another message of ours, or an attempt of one that failed."""
    messages = select(Message.provider_id).where(
        Message.channel == channel, Message.direction == "out", col(Message.provider_id).in_(provider_ids)
    )
    attempts = select(MessageStatus.provider_id).where(
        col(MessageStatus.provider_id).in_(provider_ids), col(MessageStatus.message_id).is_not(None)
    )
    return {each for each in (*session.exec(messages), *session.exec(attempts)) if each}


def _apply(session: Session, doubt: Doubt, verdict: Verdict, now: datetime) -> str:
    message = delivery.locked(session, doubt.message_id)
    if message is None or message.status not in ("sending", "in_doubt") or _tried(message) != doubt.tried_at:
        return "settled_before"  # Somebody else was quicker, and may be sending it again.
    message.claimed_until = None
    if message.provider_id is not None:  # A report has named it, so the provider has it.
        delivery.advance(session, message, "sent", now)
        return "sent"
    if verdict.found is not None:
        return _sent(session, message, verdict.found, now)
    if verdict.not_sent and message.attempts < TRIES:
        return _queue_again(session, message, now)
    if message.status == "sending":
        delivery.advance(session, message, "in_doubt", now, error_code=SendError.UNKNOWN_OUTCOME)
    return "in_doubt"


def _sent(session: Session, message: Message, listed: Listed, now: datetime) -> str:
    message.provider_id = listed.provider_id
    delivery.advance(session, message, "sent", now, raw={"why": "listed"})
    delivery.attach_reports(session, message)
    report(session, message.channel, listed, now)
    return "sent"


def _queue_again(session: Session, message: Message, now: datetime) -> str:
    delivery.advance(session, message, "in_doubt", now, raw={"why": "not_listed"})
    message.status, message.status_at, message.error_code = "queued", now, ""
    message.send_after, message.attempts = now, message.attempts + 1
    session.add(message)
    return "again"


def report(session: Session, channel: str, listed: Listed, now: datetime) -> bool:
    """Takes the list's word for what became of a message of ours, where it is news."""
    message = delivery.of_provider(session, channel, listed.provider_id)
    if message is None or listed.status not in delivery.REPORTED:
        return False
    if delivery.RANK[listed.status] <= delivery.RANK[message.status]:
        return False
    event = StatusEvent(channel, listed.provider_id, None, listed.status, now, listed.error_code, {"why": "listed"})
    reports.record(session, event, (listed.kind, listed.value), listed.retry_after)
    return True


def _same(text: str) -> str:
    """Servers trim and fold blanks."""
    return " ".join(text.split())
