"""What was said lately, said again in a draft's words: which messages of the clock would have read differently.

The values are those of the message itself, as it was sent; what a draft changes of times and people is the outlook's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from loans.tables import Borrower
from locales import phrases, sms
from outreach import flows, wording
from outreach.cadence import Cadence
from outreach.quiet_hours import time_zone
from outreach.step import Step, is_moved, own_text, phrase_key
from outreach.tables import Message
from store.ids import id_of

# Words that a step chooses by itself; the others (several loans, no details, a part of a promise) are the product's.
BEFORE, TOMORROW = "reminder.before", "reminder.tomorrow"
SHOWN_AS = {"name": "‹name›"}
What = Literal["text_changed", "step_gone"]


@dataclass(frozen=True, slots=True)
class Changed:
    """Without names: `before` and `after` have a mark in their place, amounts stay."""

    message_id: int
    step: str
    channel: str
    language: str
    sent_on: date
    what: What
    before: str
    after: str | None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class OfStep:
    """What went out of one step, and how much of it the borrower wrote back to before the next reminder."""

    step: str
    sent: int
    answered: int


def changed(session: Session, draft: Cadence, since: datetime, most: int | None = None) -> Iterator[Changed]:
    """Sent messages of the clock since then, at most the newest so many, whose words the draft would have chosen
    otherwise; the newest first."""
    steps = {each.id: each for each in draft.steps if each.active}
    rows = session.execute(
        sa.select(Message, Borrower, _answered())
        .join(Borrower, col(Borrower.id) == Message.borrower_id)
        .where(*_of_the_clock(since))
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(most)
    )
    for message, borrower, answered in rows:
        before = _step(flows.version(session, message.flow_version_id), message.step)
        found = _compare(message, borrower, before, steps.get(message.step))
        if found is not None:
            yield replace(found, answered=bool(answered))


def counted(session: Session, since: datetime) -> int:
    return session.exec(select(sa.func.count()).select_from(Message).where(*_of_the_clock(since))).one()


def by_step(session: Session, since: datetime) -> list[OfStep]:
    """The most frequent first."""
    answered = sa.func.sum(sa.case((_answered(), 1), else_=0))
    rows = session.execute(
        sa.select(col(Message.step), sa.func.count(), answered)
        .where(*_of_the_clock(since))
        .group_by(col(Message.step))
        .order_by(sa.func.count().desc(), col(Message.step))
    )
    return [OfStep(step, sent, int(answers)) for step, sent, answers in rows]


def _of_the_clock(since: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return col(Message.sent_at) >= since, col(Message.direction) == "out", col(Message.step).is_not(None)


def _answered() -> sa.ColumnElement[bool]:
    answer: Any = aliased(Message)
    between: Any = aliased(Message)
    later = sa.exists().where(
        between.conversation_id == Message.conversation_id,
        between.step.is_not(None),
        between.sent_at > Message.sent_at,
        between.sent_at <= answer.created_at,
    )
    return sa.exists().where(
        answer.conversation_id == Message.conversation_id,
        answer.direction == "in",
        answer.created_at >= Message.sent_at,
        ~later.correlate(Message, answer),
    )


def _step(cadence: Cadence, step_id: str) -> Step | None:
    return next((each for each in cadence.steps if each.id == step_id), None)


def _compare(message: Message, borrower: Borrower, before: Step | None, after: Step | None) -> Changed | None:
    day = message.sent_at.astimezone(time_zone(borrower.zone)).date() if message.sent_at else date.min
    said = _text(message, borrower, message.keys)
    if after is None:
        return _changed(message, day, "step_gone", said, None)
    anchor = _anchor(message)
    again = [
        _reworded(message, borrower.language, after, (anchor, day), word)
        if anchor is not None and before is not None and word["key"] in _chosen(before, anchor, day)
        else word
        for word in message.keys
    ]
    now = _text(message, borrower, again)
    return _changed(message, day, "text_changed", said, now) if now != said else None


def _changed(message: Message, day: date, what: What, before: str, after: str | None) -> Changed:
    return Changed(id_of(message), message.step or "", message.channel, message.language, day, what, before, after)


def _reworded(
    message: Message, language: str, step: Step, days: tuple[date, date], word: dict[str, Any]
) -> dict[str, Any]:
    """The same values in the step's words; `days` are its anchor and the day on which it was said."""
    anchor, day = days
    key = phrase_key(step, anchor, day)
    if key == BEFORE and anchor - day == timedelta(days=1):
        key = TOMORROW
    new = {"key": key, "values": word["values"]}
    text = own_text(step, language, message.channel, moved=is_moved(step, anchor, day))
    return {**new, "text": text} if text else new


def _chosen(step: Step, anchor: date, day: date) -> set[str]:
    key = phrase_key(step, anchor, day)
    return {key, TOMORROW} if key == BEFORE else {key}


def _anchor(message: Message) -> date | None:
    rows: list[wording.About] = [row for each in message.keys for row in each.get("about", ())]
    return date.fromisoformat(rows[0]["anchor"]) if rows else None


def _text(message: Message, borrower: Borrower, words: list[dict[str, Any]]) -> str:
    locale = f"{message.language}_{borrower.country}"
    hidden = [{**each, "values": each["values"] | _marks(each["values"])} for each in words]
    text = "\n\n".join(phrases.say(each, locale) for each in hidden)
    return sms.sms(text) if message.channel == "sms" else text


def _marks(values: dict[str, Any]) -> dict[str, str]:
    return {name: mark for name, mark in SHOWN_AS.items() if name in values}
