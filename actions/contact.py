"""When, where and why we write: a better time, the borrower's own limits, and what was sent lately."""

import re
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from actions.changes import unless_promised
from actions.gates import not_in_distress
from actions.people import case_for, tell_news
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from locales.values import Value, moment, phrase, rows
from outreach import wishes
from outreach.tables import Message
from store.ids import id_of
from understanding.contact_time import ContactTime, read_contact_time
from understanding.contact_wishes import ContactWish, read_contact_wish
from understanding.normalize import normalize
from understanding.signals import asks_for_person, asks_what_now

CHANNEL_NAMES = {"whatsapp": "WhatsApp", "sms": "SMS", "telegram": "Telegram"}
LATELY = timedelta(days=30)
# Who will tell us wants no appointment.
WILL_TELL = re.compile(
    r"\b(yo )?(le|les|te) (aviso|digo|confirmo)\b|\bi ?ll (let you know|tell you|get back to you)\b"
    r"|\bya (les? )?avisar\w*\b"
)
OF = {
    "instalment": "contact.of_instalment",
    "promise": "contact.of_promise",
    "plan_payment": "contact.of_plan_payment",
}
SHOWN = 3  # As many messages as fit on a small screen.
ASKS_OF_MESSAGES = re.compile(
    r"\b(por ?que|porque|pq|para que|a que se debe que) (?:\w+ ){0,2}?(me|nos) (?:\w+ )?(escrib\w+|mand\w+"
    r"|envi\w+|llam\w+|busc\w+"
    r"|contact\w+|marc\w+|recuerd\w+)"
    r"|\b(que|cuales|cuantos) (mensajes |cosas |recordatorios |avisos )?(me |nos )?(han |ha )?(mand\w+|envi\w+"
    r"|escri\w+)"
    r"|\b(que|cuantos) (mensajes|recordatorios|avisos)\b|\bque (me )?(tienen|tiene|quedo"
    r"|hay) anotad\w+ .{0,20}\b(hora\w*|contact\w+"
    r"|escrib\w+|mensaj\w+|llam\w+)"
    r"|\bwhy (are|do|did|have|r) (you|u) (guys )?(keep |been )?(text\w*|messag\w+|writ\w+|contact\w*|call\w*"
    r"|send\w*|remind\w*)"
    r"|\bwhat (messages|texts|reminders|did (you|u) (send|text|write)|have (you|u) (sent|written))\b"
    r"|\bhow many (messages|texts|reminders)\b"
)


@answers("action_who_are_you")
@unless_promised
def who_are_you(turn: Turn) -> None:
    if turn.address.wrong_person_at is not None:
        turn.say("who.stopped", lender=turn.lender.name)
        return
    if tell_news(turn):
        return
    # Who told us of a death and asks on is not told who we are: somebody comes.
    if asks_for_person(turn.text) or ("deceased" in turn.holds and asks_what_now(turn.text)):
        turn.go_on_with("action_human")
        return
    turn.say("who.known" if turn.borrower else "who.neutral", lender=turn.lender.name)
    if turn.borrower and not turn.form and ASKS_OF_MESSAGES.search(normalize(turn.text)):
        _tell_sent(turn, id_of(turn.borrower))


@answers("action_call_later")
@not_in_distress
@unless_promised
def call_later(turn: Turn) -> None:
    """Noted when it says when or where; else the form asks, unless a person is coming anyway."""
    if turn.address.wrong_person_at is not None:
        turn.say("wrong_person.known")  # 'When she is out she will write herself': nobody writes there any more.
        return
    if _note_wish(turn, turn.text):
        return
    if WILL_TELL.search(normalize(turn.text)):
        turn.say("promise.no_hurry")
    elif any(each.reason == Reason.HUMAN_REQUEST for each in turn.open_cases):
        turn.say("person.known")
    else:
        turn.go_on_with("contact_form")


@answers("validate_contact_form")
def read_time(turn: Turn) -> None:
    if not turn.is_answering("contact_form"):
        return
    if turn.intent == "promise_to_pay" and turn.read().amount is not None:
        return  # 'Listo, ya estoy: mañana le consigno 95 mil' is the talk that was put off.
    if _note_wish(turn, turn.text, asked=True):
        turn.set(contact_time="noted")
    elif turn.means("deny", "nlu_fallback", "thanks") or turn.intent == "nlu_fallback":
        turn.set(contact_time="open")
        turn.say("ok_idle")


@answers("action_ask_contact_time")
def ask_time(turn: Turn) -> None:
    turn.say("later.ask")
    turn.asks = "contact_time"


@answers("action_contact_done")
def time_done(turn: Turn) -> None:
    turn.set(contact_time=None)


def _note_wish(turn: Turn, text: str, *, asked: bool = False) -> bool:
    wish = read_contact_time(text)
    if keep_limits(turn, text):
        _prefer(turn, wish)
        return True
    day = turn.read("date" if asked else None, text=wish.rest).date
    if day is not None and day <= turn.today:
        day = None
    _prefer(turn, wish)
    if wish.channel:
        turn.say("later.channel", channel=CHANNEL_NAMES[wish.channel])
    elif wish.clock:
        turn.say("later.noted", when=moment(day or turn.today, wish.clock))
    elif wish.part_of_day:
        part = phrase(f"time.{wish.part_of_day}")
        turn.say("later.noted", when=phrase("moment", date=turn.day(day), time=part) if day else part)
    elif day is not None:
        turn.say("later.noted", when=turn.day(day))
    else:
        return False
    return True


def _prefer(turn: Turn, wish: ContactTime) -> None:
    who = turn.likely
    if who is None:
        return
    who.preferred_channel = wish.channel or who.preferred_channel
    time = wish.clock.strftime("%H:%M") if wish.clock else wish.part_of_day
    who.preferred_time = time or who.preferred_time


def keep_limits(turn: Turn, text: str) -> bool:
    """'Sólo por la tarde', 'no me escriban esta semana': kept from now on, and said back; False where none is named."""
    wish, who = read_contact_wish(text, turn.now), turn.likely
    if wish.is_empty:
        return False
    if wish.by_person or who is None:
        case_for(turn, Reason.OTHER, why="contact_wish")
        turn.say("contact.to_person")
        return True
    turn.once(
        "contact_wish", lambda: wishes.keep(turn.session, id_of(who), wish, evidence=f"turn:{turn.id}", now=turn.now)
    )
    _tell_kept(turn, wish)
    return True


def _tell_kept(turn: Turn, wish: ContactWish) -> None:
    if wish.lifts:
        turn.say("contact.free")
    if wish.channel:
        turn.say("later.channel", channel=CHANNEL_NAMES[wish.channel])
    if wish.opens and wish.closes:
        turn.say("contact.hours", start=_clock(f"{wish.opens:%H:%M}"), end=_clock(f"{wish.closes:%H:%M}"))
    if wish.until:
        turn.say("contact.pause", date=turn.day(wish.until))


def _tell_sent(turn: Turn, borrower_id: int) -> None:
    """What we began to write about lately and why, and the limits that hold."""
    mine = select(Message).where(
        Message.borrower_id == borrower_id,
        Message.kind == "reminder",
        col(Message.sent_at) > turn.now - LATELY,
        col(Message.status).in_(("sent", "delivered", "read")),
    )
    sent = turn.session.exec(mine.order_by(col(Message.id).desc()).limit(SHOWN)).all()
    if sent:
        turn.say("contact.sent", rows=rows("contact.sent_row", [_sent(turn, each) for each in sent]))
    else:
        turn.say("contact.none_sent")
    for each in wishes.living(turn.session, borrower_id, turn.now):
        if each.channel:
            turn.say("contact.keeps_channel", channel=CHANNEL_NAMES[each.channel])
        elif each.opens and each.closes:
            turn.say("contact.keeps_hours", start=_clock(each.opens), end=_clock(each.closes))
        elif each.until_at:
            turn.say("contact.keeps_pause", date=turn.day(each.until_at.astimezone(turn.zone).date()))


def _sent(turn: Turn, message: Message) -> dict[str, Any]:
    about: dict[str, Any] = next((row for each in message.keys for row in each.get("about") or ()), {})
    kind = str(about.get("subject") or "").partition(":")[0]
    on = turn.day(date.fromisoformat(str(about["anchor"]))) if about.get("anchor") else None
    what: Value = phrase(OF[kind], date=on) if kind in OF and on is not None else phrase("contact.of_account")
    return {"date": turn.day((message.sent_at or turn.now).astimezone(turn.zone).date()), "what": what}


def _clock(at: str) -> Value:
    return {"time": at}
