"""`alcorriente explain`: why a message was written, or why not, and whether its proof holds."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from outreach.tables import Message


def explain(
    message_id: Annotated[int, typer.Argument(help="The number of the message.")],
    text: Annotated[bool, typer.Option("--text", help="Show the text too; it may name the borrower.")] = False,
    language: Annotated[
        str, typer.Option("--language", help="es or en; else the terminal's own.", metavar="es|en")
    ] = "",
) -> None:
    """Show the decision behind a message with what it was based on, what became of it, and whether its proof holds.

    The proof is rebuilt from the history; ends with 1 where it does not hold.

    Example: alcorriente explain 1204 --language es
    """
    from alcorriente.composition import open_store
    from locales import commands
    from outreach.tables import Message
    from store.engine import reading

    say = Told(language if language in commands.LANGUAGES else commands.language())
    engine = open_store()
    try:
        with reading(engine) as session:
            message = session.get(Message, message_id)
            if message is None:
                typer.echo(say("unknown_message", id=message_id), err=True)
                raise typer.Exit(1)
            for line in lines(session, message, say, with_text=text):
                typer.echo(line)
            if not proven(session, message, say):
                raise typer.Exit(1)
    finally:
        engine.dispose()


class Told:
    """The command's texts in one language: `say("reason.held")`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        from locales import commands

        return commands.text(f"explain.{key}", values, self.language)

    def maybe(self, topic: str, name: str) -> str:
        """The word for a stored name; one that has none is shown as it is."""
        from locales.phrases import PhraseError

        try:
            return self(f"{topic}.{name}")
        except PhraseError:
            return name

    def yes(self, value: bool) -> str:
        return self("yes" if value else "no")


def lines(session: "Session", message: "Message", say: Told, *, with_text: bool) -> "Iterator[str]":
    way = "from" if message.direction == "in" else "to"
    yield say(way, id=message.id, kind=message.kind, borrower=message.borrower_id or "?", channel=message.channel)
    if message.step:
        yield "  " + say("step", step=message.step, loan=message.loan_id, version=message.flow_version_id or "-")
    keys = ", ".join(each["key"] for each in message.keys if "key" in each)
    if keys:
        yield "  " + say("says", keys=keys, language=message.language)
    if with_text and message.text:
        yield from (f"  | {each}" for each in message.text.splitlines())
    since = say("is", status=message.status, at=_moment(message.status_at))
    yield f"  {since}" + (f": {say.maybe('reason', message.error_code)}" if message.error_code else "")
    yield from _decision(message.decision, say)
    yield from _history(session, message, say)


def proven(session: "Session", message: "Message", say: Told) -> bool:
    """Says whether the proof holds; True also where none was needed."""
    from outreach import proofs

    if not message.decision:
        return True
    found = proofs.verify(session, message)
    typer.echo(say("proof"))
    typer.echo("  " + say("sealed" if found.sealed else "unsealed", hash=message.decision.get("hash", "-")))
    if not found.sealed:
        return False
    if found.fault:
        typer.echo("  " + say(f"fault.{found.fault}"))
    elif not found.same_subject:
        typer.echo("  " + say("other_subject"))
    elif found.differing:
        typer.echo("  " + say("differing", inputs=", ".join(found.differing)))
    else:
        typer.echo("  " + say("same_inputs"))
        typer.echo("  " + say("same_verdict" if found.same_verdict else "other_verdict"))
    typer.echo(say("holds" if found.holds else "does_not_hold"))
    return found.holds


def _decision(decision: dict[str, Any] | None, say: Told) -> "Iterator[str]":
    from outreach import answers

    if not decision:
        yield say("no_decision")
        return
    verdict, reason = decision["verdict"], decision["reason"]
    yield say("decision", verdict=say(f"verdict.{verdict}"), name=reason, reason=say.maybe("reason", reason))
    if decision.get("until"):
        yield "  " + say("until", at=decision["until"])
    if answers.is_answer(decision):
        yield from _answer(decision, say)
        return
    yield "  " + say("rules", version=decision["policy_version"], rules=", ".join(decision["rules"]) or "-")
    yield say("saw")
    yield from ("  " + each for each in _inputs(decision["inputs"], say))


def _answer(decision: dict[str, Any], say: Told) -> "Iterator[str]":
    seen = decision["inputs"]
    yield "  " + say("own_rules", rules=", ".join(decision["rules"]))
    yield say("saw")
    yield "  " + say("answers", id=seen["answers"], at=seen["heard_at"])


def _inputs(seen: dict[str, Any], say: Told) -> "Iterator[str]":
    hours = "-".join(seen["hours"]) if seen.get("hours") else say("no_contact")
    yield say("time", at=seen["local_time"], zone=seen.get("zone") or "?", country=seen["country"])
    yield say("hours", hours=hours, day=say.maybe("day", seen.get("day_type") or "none"))
    yield say("consent", consent=say.yes(seen["consent"]), opted_out=say.yes(seen["opted_out"]))
    yield say("holds_seen", holds=", ".join(seen["holds"]) or say("none"))
    yield say("channel", channel=seen["channel"], on=say.yes(seen["channel_enabled"]))
    yield say("template", needed=say.yes(seen["needs_template"]), approved=say.yes(seen["template_ok"]))
    yield say("person_leads", leads=say.yes(seen["person_owns"]))
    yield say("valid_until", at=seen.get("valid_until") or say("always"))
    yield say("last_talk", at=seen.get("last_conversation_at") or say("never"))
    for wish in seen.get("wishes", ()):
        span = " - ".join(str(wish[name]) for name in ("opens", "closes") if name in wish)
        yield say(f"wish.{wish['wish']}", what=wish.get("channel") or span or wish.get("until", ""))
    for rule, (used, limit) in seen["caps_used"].items():
        yield say("cap", rule=rule, used=used, limit=limit)
    yield say("attempts", count=seen["attempts"], at=seen.get("last_attempt_at") or say("never"))
    for item in seen.get("warnings", ()):
        yield say("warning", item=item)


def _history(session: "Session", message: "Message", say: Told) -> "Iterator[str]":
    from sqlmodel import col, or_, select

    from outreach.history import ConsentEvent
    from outreach.tables import MessageStatus

    yield say("happened")
    yield f"  {_moment(message.created_at)} {say('written')}"
    if message.send_after and message.status == "queued":
        yield f"  {_moment(message.send_after)} {say('may_go')}"
    events = select(MessageStatus).where(MessageStatus.message_id == message.id)
    for event in session.exec(events.order_by(col(MessageStatus.at), col(MessageStatus.id))):
        code = event.raw.get("code") or ""
        yield f"  {_moment(event.at)} {event.status} {event.error_code} {code}".rstrip()
    theirs = or_(col(ConsentEvent.borrower_id) == message.borrower_id, col(ConsentEvent.borrower_id).is_(None))
    ledger = select(ConsentEvent).where(ConsentEvent.address_id == message.address_id, theirs)
    yield say("ledger")
    for each in session.exec(ledger.order_by(col(ConsentEvent.at), col(ConsentEvent.id))):
        what = say("given" if each.given else "withdrawn", evidence=each.evidence or "-")
        yield f"  {_moment(each.at)} {what}"


def _moment(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
