"""`alcorriente outbox`: what waits to be sent, and the handle to stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from outreach.tables import Sender

app = typer.Typer(help="Messages on their way out: status, pause, resume, cancel.", no_args_is_help=True)
CHANNELS = ("whatsapp", "sms", "telegram")
ChannelOption = Annotated[str, typer.Option("--channel", help="whatsapp, sms or telegram; none: all.")]


@app.command()
def status() -> None:
    """What waits, what is in doubt, and which channels stand still.

    Example: alcorriente outbox status
    """
    import sqlalchemy as sa
    from rich.console import Console
    from rich.table import Table
    from sqlmodel import col, select

    from outreach.tables import Message, Sender

    with _opened() as (session, now):
        open_ones = (
            select(Message.channel, Message.status, sa.func.count())
            .where(Message.direction == "out", col(Message.status).in_(("queued", "sending", "in_doubt")))
            .group_by(Message.channel, Message.status)
        )
        counts = {(channel, state): count for channel, state, count in session.exec(open_ones)}
        table = Table("channel", "queued", "sending", "in doubt", "stands still")
        for name in CHANNELS:
            sender = session.get(Sender, name)
            waiting = (str(counts.get((name, state), 0)) for state in ("queued", "sending", "in_doubt"))
            table.add_row(name, *waiting, _still(sender, now) if sender else "")
        Console().print(table)


@app.command()
def pause(
    channel: ChannelOption = "",
    answers: Annotated[bool, typer.Option("--answers", help="Hold answers back as well.")] = False,
) -> None:
    """Hold reminders back until `resume`. Answers to borrowers go on unless told otherwise.

    Example: alcorriente outbox pause --channel sms
    """
    from outreach import senders

    with _opened() as (session, now):
        for name in _named(channel):
            senders.pause(session, name, now, answers_too=answers)
    typer.echo("Paused. What a provider has already taken can't be called back.")


@app.command()
def resume(channel: ChannelOption = "") -> None:
    """Go on, also after a provider had refused the account. What has become too old meanwhile is not sent.

    Example: alcorriente outbox resume
    """
    from outreach import senders

    with _opened() as (session, now):
        for name in _named(channel):
            senders.resume(session, name, now)
    typer.echo("Going on.")


@app.command()
def cancel(
    channel: ChannelOption = "",
    step: Annotated[str, typer.Option("--step", help="Only what this step of the cadence asked for.")] = "",
) -> None:
    """Withdraw reminders that wait. Answers stay.

    Example: alcorriente outbox cancel --step due_today
    """
    from outreach import senders

    with _opened() as (session, now):
        _named(channel)
        count = senders.cancel(session, now, channel=channel or None, step=step or None)
    typer.echo(f"{count} messages withdrawn.")


def _still(sender: "Sender", now: "datetime") -> str:
    if sender.paused_at is not None:
        return "paused, answers too" if sender.answers_too else "paused"
    if sender.rests_until is not None and sender.rests_until > now:
        return f"refused ({sender.rests_why}), tried again {sender.rests_until:%H:%M} UTC"
    return ""


def _named(channel: str) -> tuple[str, ...]:
    if channel and channel not in CHANNELS:
        typer.echo(f"There is no channel {channel!r}: give one of {', '.join(CHANNELS)}.", err=True)
        raise typer.Exit(2)
    return (channel,) if channel else CHANNELS


@contextmanager
def _opened() -> Iterator[tuple["Session", "datetime"]]:
    """With the real time: a sender's pace and rest are no part of the demo's clock."""
    from datetime import UTC, datetime

    from alcorriente.composition import open_store
    from store.engine import transaction

    engine = open_store()
    try:
        with transaction(engine) as session:
            yield session, datetime.now(UTC)
    finally:
        engine.dispose()
