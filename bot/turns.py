"""One turn: what the dialogue engine is told about a message, and how its answer becomes one reply."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.dialogue import Part
from bot.ellipsis import same_question
from loans import accounts
from loans.tables import Borrower
from locales import phrases
from outreach import addresses, messages, readings
from outreach.corrections import Answer
from outreach.tables import Address, Conversation, Message
from understanding import signals, somebody_else
from understanding.distress import is_distress
from understanding.hardship import kind_of_hardship
from understanding.labels import names
from understanding.normalize import normalize
from understanding.paying import DATUM
from understanding.receipts import names_receipt
from understanding.stop_words import is_start, is_stop
from understanding.threats import threatens

# Telegram's buttons send the first two; what else people type to begin again is a greeting too.
BEGINNINGS = frozenset({"/start", "/help", "/restart", "/menu"})
# Rasa runs what begins with a slash as a command; once is not enough: '/ /restart'.
COMMAND = re.compile(r"^[\s/]+")
# What a message can say in more letters than this is for the person who reads it; a model guesses by the beginning.
LONGEST = 1000
# 'Aquí está mi pago' under a picture says what the picture is; more words are a message of their own.
CAPTION = 4
# Words of an answer that only chooses; a longer one may hold another wish.
SHORT_CHOICE = 9
# A new tracker after this pause: what was being asked is forgotten, and trackers stay short.
FORGETS_AFTER = timedelta(hours=12)
FORGETS_QUESTION_AFTER = timedelta(hours=24)
# Each turn costs Rasa more the longer its tracker is: at 90 turns twice as much as at first.
LONGEST_TRACKER = 40
RECENT = 10
REMEMBERS_REMINDER = timedelta(days=7)
# What is heard before the model is asked: the intent that takes the text's place, and the rule that finds it.
HEARD_FIRST = (
    ("/vulnerable_distress", is_distress),
    ("/opt_out", is_stop),
    ("/threat", threatens),
    ("/minor", signals.is_minor),
    ("/represented", signals.has_representative),
    ("/wrong_person", somebody_else.is_another),
    ("/report_hardship", lambda said: kind_of_hardship(said) == "deceased"),
    ("/drop_promise", signals.drops_promise),
    ("/fears_law", signals.fears_law),
)
# A picture or a voice note came where words were needed.
FOR_TEXT = "for_text"
# Where these are asked a number is the answer, not the number of a button.
TYPED_NUMBERS = frozenset({"amount", "date", "identity", "contact_time"})


@dataclass(frozen=True, slots=True)
class Question:
    """What Rasa gets."""

    tracker: str
    text: str
    metadata: dict[str, Any]
    carries_over: str | None = None  # the tracker before it, whose memory and open question go on in this one


def question(session: Session, message: Message, now: datetime) -> Question | None:
    """None while a person owns the conversation: the message is kept for them and nobody else answers."""
    conversation = session.get_one(Conversation, message.conversation_id)
    if conversation.owner == "person":
        return None
    before = _renew_tracker(conversation, now)
    last = _last_sent(session, message, now)
    opted_out = session.get_one(Address, message.address_id).opted_out_at is not None
    text, said = _put(message, last, opted_out=opted_out)
    text = (same_question(session, conversation, said, last) or text) if text == said else text
    metadata = {
        "turn_id": message.turn_id,
        "now": now.isoformat(),
        "conversation_id": conversation.id,
        "said": said,
        "media": message.media[0].get("kind") if message.media else message.kind,
        "after": last[0].kind if last else None,
        "about": _about(last, now),
        "asks": conversation.asks,
    }
    return Question(conversation.tracker, text, metadata, carries_over=before)


def reply(session: Session, message: Message, parts: list[Part], now: datetime) -> Message | None:
    """One message for the whole turn, in the borrower's language as it is after the turn; None for wanted silence."""
    conversation = session.get_one(Conversation, message.conversation_id)
    said = [phrase for part in parts for phrase in part.phrases]
    asks = next((part.asks for part in reversed(parts) if part.asks), None)
    language, country = spoken(session, conversation, now)
    message.language = language
    heard = next((part for part in parts if part.intent), Part())
    readings.keep(
        session,
        message,
        intent=heard.intent,
        guess=heard.guess,
        confidence=heard.confidence,
        asked=conversation.asks,
        answer=Answer([str(each["key"]) for each in said], asks),
    )
    conversation.asks, conversation.last_turn_at = asks, now
    if any(part.asks == FOR_TEXT for part in parts):
        asks = FOR_TEXT  # said first; what the form asks again stays open behind it
    conversation.tracker_turns += 1
    if not said:
        return None
    locale = f"{language}_{country}"
    return messages.write_reply(
        session,
        conversation,
        text="\n\n".join(phrases.render(each["key"], each["values"], locale) for each in said),
        now=now,
        turn_id=message.turn_id,
        keys=said,
        buttons=_titled(parts[-1].buttons, locale),
        asks=asks,
        language=language,
        dedupe_key=f"turn:{message.turn_id}",
    )


def _put(message: Message, last: list[Message], *, opted_out: bool) -> tuple[str, str]:
    """The text for Rasa and the borrower's own words. Safety comes before everything else."""
    said = message.text.strip()
    first = heard_first(said, opted_out=opted_out)
    if first is not None:
        return first, said
    payload = _payload(message, last)
    if payload is not None:
        return payload, "" if payload.startswith("/") else payload
    if message.kind == "start" or said.casefold() in BEGINNINGS:
        return "/greet", said
    plain = COMMAND.sub("", said)[:LONGEST]
    if plain and not (_is_receipt(message) and (len(plain.split()) <= CAPTION or names_receipt(plain))):
        return plain, said
    return ("/media_received" if message.media or message.kind in {"location", "contact"} else "/nlu_fallback"), said


def _is_receipt(message: Message) -> bool:
    return bool(message.media) and message.media[0].get("kind") in {"image", "document"}


def heard_first(said: str, *, opted_out: bool) -> str | None:
    """The intent that a rule puts in the text's place.

    Coming back is heard from those who left, and as a bare word; elsewhere the model knows better.
    """
    if not said:
        return None
    found = next((intent for intent, is_heard in HEARD_FIRST if is_heard(said)), None)
    may_return = opted_out or (len(said.split()) == 1 and not COMMAND.match(said))
    return "/opt_in" if found is None and may_return and is_start(said) else found


def _payload(message: Message, last: list[Message]) -> str | None:
    """Only what we put on a button a short while ago: pressed, its title typed, or its number where it was a line."""
    pressed = next((str(each["payload"]) for each in message.keys if "payload" in each), None)
    typed = message.text.strip().casefold()
    newest = last[0].buttons if last else []
    if typed.isdecimal() and len(typed) == 1 and 0 < int(typed) <= len(newest) and last[0].asks not in TYPED_NUMBERS:
        return str(newest[int(typed) - 1]["payload"])
    if newest and last[0].asks == "loan_choice" and (named := _titles_named(typed, newest)):
        return named
    for button in [button for each in last for button in each.buttons]:
        if pressed == button["payload"] or (typed and typed == str(button["title"]).casefold()):
            return str(button["payload"])
    return None


def _titles_named(typed: str, buttons: list[dict[str, Any]]) -> str | None:
    """'El de la máquina de coser' chooses the only button that one of its words names, whatever else it may mean."""
    named = [each for each in buttons if names(str(each["title"]), typed)]
    # 'Al del horno, el sábado' says when, too: the form reads both.
    says_more = DATUM.search(normalize(typed.partition(",")[2])) is not None
    only = len(named) == 1 and len(typed.split()) <= SHORT_CHOICE and not says_more
    return str(named[0]["payload"]) if only else None


def _about(last: list[Message], now: datetime) -> list[dict[str, Any]]:
    """What our newest message was about, or a reminder a short while before it: 'sí, mañana' answers that."""
    recent = [each for each in last if each.keys and (each.sent_at or now) >= now - REMEMBERS_REMINDER]
    return next((list(each.keys[0]["about"]) for each in recent if each.keys[0].get("about")), [])


def _renew_tracker(conversation: Conversation, now: datetime) -> str | None:
    """The tracker that was left, if what it remembers and asks must go on in the new one."""
    if conversation.last_turn_at is None:
        return None
    idle = now - conversation.last_turn_at
    forgotten = idle > (FORGETS_QUESTION_AFTER if conversation.asks else FORGETS_AFTER)
    if not forgotten and conversation.tracker_turns < LONGEST_TRACKER:
        return None
    before = conversation.tracker
    conversation.tracker, conversation.tracker_turns = uuid4().hex, 0
    if not forgotten:
        return before
    conversation.asks, conversation.misses = None, 0
    return None


def _last_sent(session: Session, message: Message, now: datetime) -> list[Message]:
    """The newest first; neither what waits for its hour nor an apology for this turn's own delay."""
    mine = select(Message).where(
        Message.conversation_id == message.conversation_id,
        Message.direction == "out",
        col(Message.status).not_in(("skipped", "cancelled", "failed")),
        sa.or_(col(Message.status) != "queued", col(Message.send_after) <= now, col(Message.kind) == "reply"),
        sa.or_(col(Message.turn_id).is_(None), col(Message.turn_id) != message.turn_id),
    )
    return list(session.exec(mine.order_by(col(Message.id).desc()).limit(RECENT)))


def spoken(session: Session, conversation: Conversation, now: datetime) -> tuple[str, str]:
    """Language and country of who is known to write, else of the only borrower here, else of the lender."""
    address = session.get_one(Address, conversation.address_id)
    who = addresses.verified_borrower(session, address, now)
    if who is None and conversation.borrower_id is not None:
        who = session.get(Borrower, conversation.borrower_id)
    if who is None:
        owners = addresses.borrowers_of(session, address)
        who = owners[0] if owners else None
    if who is None:
        return "es", accounts.lender(session).country
    return who.language.split("_")[0], who.country


def _titled(buttons: list[dict[str, str]], locale: str) -> list[dict[str, str]]:
    """A title is a phrase key, or the borrower's own word for a loan."""
    known = phrases.catalogue(locale)
    return [
        {
            "title": phrases.title(each["title"], locale)
            if each["title"] in known
            else each["title"][: phrases.TITLE_LIMIT],
            "payload": each["payload"],
        }
        for each in buttons
    ]
