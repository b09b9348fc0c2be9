"""What one hook brings, kept in the store: a message, a status, a block, an edit, or a letter nobody can read."""

from urllib.parse import parse_qsl

import structlog
from sqlmodel import Session

from bot import reports
from bot.channels import telegram_updates, twilio_hooks
from bot.channels.telegram_updates import Blocked, Unreadable
from bot.channels.twilio_hooks import Form
from bot.spool import Hook
from bot.turns import heard_first
from outreach import addresses, messages
from outreach.messages import Inbound
from outreach.tables import Address, Message

log = structlog.get_logger()

MAX_FIELDS = 1000  # A real one has about forty.


def take(session: Session, hook: Hook) -> bool:
    """True where there is something new to handle. The same hook again changes nothing."""
    if hook.kind == "telegram":
        return _take_update(session, hook)
    form = read_form(hook.body)
    if hook.kind == "status":
        _take_status(session, hook, form)
        return False
    inbound = twilio_hooks.inbound(hook.kind, form)
    return inbound is not None and _take_message(session, hook, inbound, opted_out=twilio_hooks.opts_out(form))


def read_form(body: bytes) -> Form:
    """Every field as it came: blanks, order and repeats are part of what was signed. ValueError: too many of them."""
    return Form(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS))


def _take_message(session: Session, hook: Hook, inbound: Inbound, *, opted_out: bool = False) -> bool:
    kept = messages.keep(session, inbound, hook.at)
    if kept is not None and opted_out:
        address = session.get_one(Address, session.get_one(Message, kept).address_id)
        addresses.opt_out(session, address, "provider", hook.at)
    return kept is not None


def _take_status(session: Session, hook: Hook, form: Form) -> None:
    event = twilio_hooks.status_event(form, dict(parse_qsl(hook.query, keep_blank_values=True)), hook.at)
    if event is None:
        log.info("status_report_without_id")
        return
    reports.record(session, event, twilio_hooks.recipient(event.channel, form), twilio_hooks.retry_after(form))


def _take_update(session: Session, hook: Hook) -> bool:
    event = telegram_updates.read(hook.body)
    if isinstance(event, Inbound):
        edited = event.message_kind == "edited"
        return _take_edit(session, hook, event) if edited else _take_message(session, hook, event)
    if isinstance(event, Blocked):
        _take_block(session, hook, event)
    elif isinstance(event, Unreadable):
        _bury(session, hook, event)
    else:
        log.info("telegram_update_ignored", update_id=event.update_id, reason=event.reason)
    return False


def _take_block(session: Session, hook: Hook, event: Blocked) -> None:
    address = addresses.find_or_create(session, "telegram", "telegram_user", event.user_id, hook.at)
    address.blocked_at = hook.at if event.blocked else None
    if event.blocked:
        addresses.opt_out(session, address, "blocked", hook.at)
    session.add(address)


def _take_edit(session: Session, hook: Hook, edited: Inbound) -> bool:
    """What somebody has made of an earlier message is for people to read: a promise or a payment was answered as it
    was first said. Only a wish to be left in peace and words of distress are heard."""
    message = messages.receive(session, edited, hook.at)
    if message is None:
        return False
    heard = heard_first(edited.text, opted_out=False) in {"/opt_out", "/vulnerable_distress"}
    message.status = "received" if heard else "handled"
    return heard


def _bury(session: Session, hook: Hook, event: Unreadable) -> None:
    """A dead letter: kept in the sender's conversation, encrypted, for a person; no turn is made of it."""
    log.warning("telegram_update_unreadable", update_id=event.update_id, sender_known=event.sender is not None)
    if event.sender is None:
        return
    external_id = str(event.update_id) if event.update_id is not None else None
    letter = Inbound("telegram", "telegram_user", event.sender, external_id, text=event.text)
    message = messages.receive(session, letter, hook.at)
    if message is not None:
        message.status, message.error_code = "failed", "unreadable"
        session.add(message)
