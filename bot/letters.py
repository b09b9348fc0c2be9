"""A message made ready to leave: worded from today's ledger, in the borrower's language, fitted to its channel."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session

from bot.channels.base import Outgoing, SendError, SendFailed, Template, numbered
from desk.alarm import PAGE
from loans import accounts
from loans.tables import Borrower
from locales import phrases, sms
from outreach import judging, windows, wording
from outreach.contact_facts import Kind
from outreach.judging import Again, Frame
from outreach.tables import Address, Message
from store.ids import id_of


@dataclass(frozen=True, slots=True)
class Letter:
    channel: str
    outgoing: Outgoing

    @property
    def segments(self) -> int:
        """What it uses of its sender's pace."""
        return sms.segments(numbered(self.outgoing.text, self.outgoing.buttons)) if self.channel == "sms" else 1


def compose(session: Session, frame: Frame, message: Message, judged: Again | None) -> Letter:
    """Writes keys and text into the message. `judged` is None for answers: they are sent as they were written.

    Raises PhraseError where there are no words, and SendFailed where the channel's window is closed to free text."""
    address = session.get_one(Address, message.address_id)
    borrower = session.get(Borrower, message.borrower_id) if message.borrower_id else None
    if judged is not None and judged.about and borrower is not None:
        message.keys = _words(session, frame, message, borrower, judged)
    locale = _locale(message, borrower)
    if message.keys and (judged is not None or not message.text):
        message.text = "\n\n".join(phrases.say(each, locale) for each in message.keys)
    if message.channel == "sms":
        message.text = sms.sms(message.text)
    session.add(message)
    refused = message.error_code == SendError.WINDOW_CLOSED  # by the provider, whatever our own clock says
    within = windows.open_to(frame.policy, address, frame.now) and not refused
    template = None if within else _template(message, locale, judged)
    if template is not None and len(message.keys) > 1:
        message.text = phrases.say(message.keys[0], locale)  # A template ends where it was approved to end.
    outgoing = Outgoing(
        message_id=id_of(message),
        to=address.value,
        kind=address.kind,
        text=message.text,
        buttons=message.buttons,
        media=message.media,
        template=template,
        valid_seconds=_valid_seconds(message, frame.now) if judged else None,
    )
    return Letter(message.channel, outgoing)


def _template(message: Message, locale: str, judged: Again | None) -> Template:
    """Outside the window only an approved text may go; a turn's answer that comes so late is for a person to repeat."""
    if not message.keys or (judged is None and message.kind not in {Kind.COLLECTOR, PAGE}):
        raise SendFailed(SendError.WINDOW_CLOSED)
    first = message.keys[0]
    if own := first.get("template"):
        spoken = phrases.spoken({name: first["values"][name] for name in own["variables"]}, locale)
        numbered_values = {str(number): spoken[name] for number, name in enumerate(own["variables"], 1)}
        return Template(first["key"], locale, numbered_values, own["content_sid"])
    if "text" in first:
        raise SendFailed(SendError.WINDOW_CLOSED)  # The phrase's template would say something else.
    return Template(first["key"], locale, phrases.spoken(first["values"], locale))


def _words(session: Session, frame: Frame, message: Message, borrower: Borrower, again: Again) -> wording.Words:
    """What is to be said, as today's ledger has it. What it is about stays with it, for another judgement."""
    step = judging.step_of(session, message)
    if step is None:
        raise phrases.PhraseError(f"step {message.step}: no such step in the cadence of message {message.id}")
    today = accounts.business_date(frame.lender, frame.now)
    scene = wording.Scene(frame.lender, borrower, today, judging.local_day(frame, borrower), message.channel)
    words = wording.words(session, scene, step, again.about, may_tell=again.may_tell)
    words[0]["about"] = again.about
    return words


def _locale(message: Message, borrower: Borrower | None) -> str:
    if borrower is None:
        return message.language
    message.language = borrower.language
    return f"{borrower.language}_{borrower.country}"


def _valid_seconds(message: Message, now: datetime) -> int | None:
    """How long the provider may try: never into the quiet hours that the decision saw."""
    ends = [message.valid_until] if message.valid_until else []
    seen = (message.decision or {}).get("inputs", {})
    if seen.get("hours") and seen.get("local_time"):
        local = datetime.fromisoformat(seen["local_time"])
        ends.append(datetime.combine(local.date(), time.fromisoformat(seen["hours"][1]), local.tzinfo))
    return max(1, int((min(ends) - now).total_seconds())) if ends else None
