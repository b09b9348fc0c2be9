"""What a provider's list settles: found, certainly not sent, or left alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot import doubts
from bot.channels.base import Listed, SendError, SendFailed
from bot.doubts import Doubt, judge
from outreach import messages
from outreach.tables import Message
from store.engine import transaction
from tests.bot.test_outbox import TEN, ScriptedChannel, send
from tests.outreach.portfolio import a_lender, a_person, outgoing

MINUTE = timedelta(minutes=1)
LATER = TEN + 3 * MINUTE


class ListingChannel(ScriptedChannel):
    """Loses every answer, and says afterwards what it is told to say."""

    settles_after = 2 * MINUTE

    def __init__(self, *told: Listed) -> None:
        super().__init__("sms", *[SendFailed(SendError.UNKNOWN_OUTCOME)] * 9)
        self.told, self.silent = told, False

    def listed(self, since: datetime, to: str | None = None) -> Iterator[Listed]:
        if self.silent:
            raise SendFailed(SendError.UNAVAILABLE)
        return iter(self.told)

    def reads(self, text: str, buttons: list[dict[str, Any]]) -> str:
        return text


def listed(number: int, text: str, at: datetime = TEN, status: str = "queued") -> Listed:
    return Listed(f"SM{number}", False, "phone", "+1", text, at, status, "bad_request" if status == "failed" else "")


def doubt(number: int, reads: str, tried: datetime = TEN) -> Doubt:
    return Doubt(number, "sms", "phone", "+1", reads, tried)


@pytest.mark.parametrize(
    ("asked", "unclaimed", "expected"),
    [
        ([doubt(1, "a")], [listed(1, "a")], ["SM1"]),
        ([doubt(1, "a")], [], [True]),
        ([doubt(1, "a", LATER)], [], [False]),
        ([doubt(1, "a b")], [listed(1, " a \n b")], ["SM1"]),
        ([doubt(1, "a")], [listed(1, "what WhatsApp made of a template")], [False]),
        ([doubt(1, "a")], [listed(1, "a"), listed(2, "other")], ["SM1"]),
        ([doubt(1, "a"), doubt(2, "a")], [listed(1, "a"), listed(2, "a")], ["SM1", "SM2"]),
        ([doubt(1, "a"), doubt(2, "a")], [listed(1, "a")], ["SM1", True]),
        ([doubt(1, "a"), doubt(2, "b")], [listed(1, "b")], [True, "SM1"]),
        ([doubt(1, "a"), doubt(2, "b")], [listed(1, "c")], [False, False]),
    ],
)
def test_a_list_is_read_carefully(asked: list[Doubt], unclaimed: list[Listed], expected: list[str | bool]) -> None:
    verdicts = judge(asked, unclaimed, TEN + MINUTE)
    assert [each.found.provider_id if each.found else each.not_sent for each in verdicts] == expected


@pytest.fixture
def doubtful(session: Session, engine: sa.Engine) -> ListingChannel:
    a_lender(session)
    conversation = messages.conversation_of(session, a_person(session).address)
    messages.write_reply(session, conversation, text="Hola", now=TEN)
    session.commit()
    channel = ListingChannel()
    assert send(engine, channel).in_doubt == 1
    return channel


def settle(engine: sa.Engine, channel: ListingChannel, at: datetime = LATER) -> dict[str, int]:
    return dict(doubts.settle_open(engine, {"sms": channel}, at, at))


def only(session: Session) -> Message:
    session.expire_all()
    (message,) = outgoing(session)
    session.commit()
    return message


@pytest.mark.parametrize("status", ["queued", "sent", "delivered", "failed"])
def test_what_is_listed_was_sent_and_its_status_counts(
    session: Session, engine: sa.Engine, doubtful: ListingChannel, status: str
) -> None:
    doubtful.told = (listed(7, "Hola", status=status),)
    assert settle(engine, doubtful) == {"sent": 1}
    message = only(session)
    assert (message.provider_id, message.status) == ("SM7", "sent" if status == "queued" else status)


def test_a_name_that_another_message_has_proves_nothing(
    session: Session, engine: sa.Engine, doubtful: ListingChannel
) -> None:
    with transaction(engine) as other:
        conversation = messages.conversation_of(other, a_person(other).address)
        earlier = messages.write_reply(other, conversation, text="Hola", now=TEN)
        earlier.status, earlier.provider_id = "sent", "SM7"
    doubtful.told = (listed(7, "Hola"),)
    assert settle(engine, doubtful) == {"again": 1}


def test_a_doubt_is_neither_too_young_nor_asked_about_for_ever(engine: sa.Engine, doubtful: ListingChannel) -> None:
    assert settle(engine, doubtful, TEN + MINUTE / 3) == {}
    assert settle(engine, doubtful, TEN + MINUTE) == {"in_doubt": 1}
    assert settle(engine, doubtful, TEN + timedelta(hours=25)) == {}


def test_a_silent_provider_settles_nothing(engine: sa.Engine, doubtful: ListingChannel) -> None:
    doubtful.silent = True
    assert settle(engine, doubtful) == {"in_doubt": 1}


def test_what_gets_lost_again_and_again_is_for_a_person(
    session: Session, engine: sa.Engine, doubtful: ListingChannel
) -> None:
    now, seen = LATER, []
    for _ in range(7):
        seen.append(settle(engine, doubtful, now))
        send(engine, doubtful, now)
        now += 3 * MINUTE
    assert seen == [{"again": 1}] * 5 + [{"in_doubt": 1}] * 2
    assert len(doubtful.given) == 6


def test_a_verdict_counts_only_for_the_try_it_was_asked_about(
    session: Session, engine: sa.Engine, doubtful: ListingChannel
) -> None:
    class OvertakenChannel(ListingChannel):
        def listed(self, since: datetime, to: str | None = None) -> Iterator[Listed]:
            with transaction(engine) as other:  # Meanwhile another machine has settled it and is sending it again.
                message = outgoing(other)[0]
                message.status, message.tried_at = "sending", LATER
            return iter(())

    assert settle(engine, OvertakenChannel()) == {"settled_before": 1}
    assert only(session).status == "sending"
