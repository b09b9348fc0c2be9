"""`alcorriente explain`: why a message was written, or why not."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from outreach.tables import Message

REASONS = {
    "allowed": "Nothing spoke against it.",
    "no_country_row": "The policy has no row in force for the borrower's country.",
    "unsigned_law_item": "Nobody has signed off the legal item it rests on.",
    "no_consent": "The borrower has not consented to this channel, or has opted out.",
    "unknown_time_zone": "The borrower's time zone is not known, so nobody can tell the hour there.",
    "held": "A hold on the borrower, the loan or the address forbids it.",
    "channel_not_allowed": "The channel is switched off or may not be used for this.",
    "human_owns_thread": "A person leads the conversation.",
    "outside_hours": "It was outside the contact hours at the borrower's place.",
    "cap_reached": "The borrower had been written to often enough.",
    "third_party": "The recipient is not the borrower.",
    "template": "No approved template may be used.",
    "stale": "Its time was over.",
    "paid": "What it was about had been paid.",
    "settled": "What it was about had been settled.",
    "no_address": "The borrower has no such address any more.",
    "cancelled_by_staff": "A person withdrew it before it was sent.",
    "unreachable": "The provider says that the address can't be reached.",
}


def explain(
    message_id: Annotated[int, typer.Argument(help="The number of the message.")],
    text: Annotated[bool, typer.Option("--text", help="Show the text too; it may name the borrower.")] = False,
) -> None:
    """Show the decision behind a message with what it was based on, and what became of the message.

    Example: alcorriente explain 1204
    """
    from alcorriente.composition import open_store
    from outreach.tables import Message
    from store.engine import reading

    engine = open_store()
    try:
        with reading(engine) as session:
            message = session.get(Message, message_id)
            if message is None:
                typer.echo(f"There is no message {message_id}.", err=True)
                raise typer.Exit(1)
            for line in lines(session, message, with_text=text):
                typer.echo(line)
    finally:
        engine.dispose()


def lines(session: "Session", message: "Message", *, with_text: bool) -> "Iterator[str]":
    way = "from" if message.direction == "in" else "to"
    yield f"Message {message.id}: {message.kind} {way} borrower {message.borrower_id or 'unknown'}, {message.channel}"
    if message.step:
        yield f"  asked for by step {message.step}, loan {message.loan_id}, flow version {message.flow_version_id}"
    keys = ", ".join(each["key"] for each in message.keys if "key" in each)
    if keys:
        yield f"  says {keys} in {message.language}"
    if with_text and message.text:
        yield from (f"  | {each}" for each in message.text.splitlines())
    yield f"  is {message.status} since {_moment(message.status_at)}" + (
        f": {REASONS.get(message.error_code, message.error_code)}" if message.error_code else ""
    )
    yield from _decision(message.decision)
    yield from _history(session, message)


def _decision(decision: dict[str, Any] | None) -> "Iterator[str]":
    if not decision:
        yield "Decision: none was needed; answers are sent as they come."
        return
    yield f"Decision: {decision['verdict']}, {decision['reason']}. {REASONS.get(decision['reason'], '')}"
    if decision.get("until"):
        yield f"  possible from {decision['until']}"
    yield f"  policy {decision['policy_version']}, rules {', '.join(decision['rules']) or 'none'}"
    yield from _inputs(decision["inputs"])


def _inputs(seen: dict[str, Any]) -> "Iterator[str]":
    yield "It saw:"
    hours = "-".join(seen["hours"]) if seen.get("hours") else "no contact"
    yield f"  time         {seen['local_time']} in {seen.get('zone') or 'an unknown zone'}, {seen['country']}"
    yield f"  hours        {hours} ({seen.get('day_type') or 'no row'})"
    yield f"  consent      {_yes(seen['consent'])}, opted out {_yes(seen['opted_out'])}"
    yield f"  holds        {', '.join(seen['holds']) or 'none'}"
    yield f"  channel      {seen['channel']}, switched on {_yes(seen['channel_enabled'])}"
    yield f"  template     needed {_yes(seen['needs_template'])}, approved {_yes(seen['template_ok'])}"
    yield f"  person leads {_yes(seen['person_owns'])}"
    yield f"  valid until  {seen.get('valid_until') or 'always'}"
    yield f"  last talk    {seen.get('last_conversation_at') or 'never'}"
    for rule, (used, limit) in seen["caps_used"].items():
        yield f"  cap          {rule}: {used} of {limit} used"
    yield f"  attempts     {seen['attempts']} in eight days, the last one {seen.get('last_attempt_at') or 'never'}"
    for item in seen.get("warnings", ()):
        yield f"  warning      nobody has signed off {item}"


def _history(session: "Session", message: "Message") -> "Iterator[str]":
    from sqlmodel import col, select

    from outreach.tables import MessageStatus

    yield "What happened:"
    yield f"  {_moment(message.created_at)} written"
    if message.send_after and message.status == "queued":
        yield f"  {_moment(message.send_after)} is when it may go"
    events = select(MessageStatus).where(MessageStatus.message_id == message.id)
    for event in session.exec(events.order_by(col(MessageStatus.at), col(MessageStatus.id))):
        code = event.raw.get("code") or ""
        yield f"  {_moment(event.at)} {event.status} {event.error_code} {code}".rstrip()


def _moment(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
