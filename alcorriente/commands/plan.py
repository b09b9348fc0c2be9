"""`alcorriente plan`: the reminders of the day, written or only shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import Console
    from rich.table import Table
    from sqlmodel import Session

    from outreach.planning import Planned, Skipped


def plan(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, write nothing.")] = False,
    at: Annotated[str, typer.Option("--at", help="Plan as if it were then: 2026-11-24T09:00, lender's time.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="Rows to show of each table; 0 shows all.")] = 50,
    days: Annotated[int, typer.Option("--days", min=0, max=90, help="Look so far ahead; writes nothing.")] = 0,
    draft: Annotated[
        Path | None, typer.Option("--draft", exists=True, help="A flow as a file, shown beside what is published.")
    ] = None,
) -> None:
    """Plan today's reminders: who is written to, when, where, with which words; who is not, and why.

    With --days it shows what the coming days bring if nobody pays or writes: how many messages, what they cost, whom
    they reach and whom they leave alone.

    Example: alcorriente plan --dry-run --at 2026-11-24T09:00

    Example: alcorriente plan --days 30 --draft flow.json
    """
    if days or draft:
        from alcorriente.commands.look_ahead import look_ahead

        look_ahead(days or 30, draft, at, limit)
        return
    from rich.console import Console

    from alcorriente import composition
    from alcorriente.settings import settings
    from loans.errors import LedgerError
    from outreach import planning
    from store.engine import reading, transaction

    engine = composition.open_store()
    enabled = composition.enabled_channels(settings())
    try:
        with reading(engine) as session:
            now = instant(session, at) if at else composition.clock(engine, settings()).now()
            outcomes = planning.preview(session, now, enabled) if dry_run else []
            if dry_run:
                _show(session, outcomes, now, limit, Console())
        if not dry_run:
            with transaction(engine) as session:
                counts = planning.plan(session, now, enabled)
            typer.echo(
                f"{counts.candidates} candidates: {counts.written} messages written, {counts.merged} merged into "
                f"them, {counts.later} for later, {counts.skipped.total()} skipped"
            )
            for reason, number in counts.skipped.most_common():
                typer.echo(f"  {reason}: {number}")
    except (LedgerError, ValueError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        engine.dispose()


def instant(session: "Session", text: str) -> "datetime":
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from loans import accounts

    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--at {text}: write a date with a time, such as 2026-11-24T09:00") from None
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(accounts.lender(session).zone))


def _show(
    session: "Session", outcomes: "list[Planned | Skipped]", now: "datetime", limit: int, console: "Console"
) -> None:
    from collections import Counter

    from outreach.planning import Planned, Skipped

    planned = sorted((each for each in outcomes if isinstance(each, Planned)), key=lambda each: each.at)
    skipped = [each for each in outcomes if isinstance(each, Skipped)]
    merged = sum(len(each.merged) for each in planned)
    if planned:
        console.print(_messages(session, planned[: limit or None], now))
    if skipped:
        console.print(_silences(skipped[: limit or None]))
    shown = limit and max(len(planned), len(skipped)) > limit
    console.print(f"{len(outcomes) + merged} candidates: {len(planned)} messages, {merged} merged into them,", end=" ")
    console.print(f"{len(skipped)} skipped." + (f" The first {limit} of each are shown." if shown else ""))
    for reason, number in Counter(each.reason for each in skipped).most_common():
        console.print(f"  {reason}: {number}")


def _messages(session: "Session", planned: "Iterable[Planned]", now: "datetime") -> "Table":
    from rich.table import Table

    table = Table("borrower", "step", "when", "channel", "text", title="Messages (times on the borrower's clock)")
    for each in planned:
        local = each.at.astimezone(each.candidate.zone)
        text = _text(session, each, now)
        table.add_row(
            str(each.candidate.borrower_id),
            each.candidate.step.id,
            f"{local:%Y-%m-%d %H:%M}",
            each.address.channel,
            text,
        )
    return table


def _text(session: "Session", planned: "Planned", now: "datetime") -> str:
    from locales import phrases, sms
    from outreach import planning

    locale = f"{planned.who.language}_{planned.who.country}"
    words = planning.text_words(session, planned, now)
    text = "\n\n".join(phrases.say(each, locale) for each in words)
    return sms.sms(text) if planned.address.channel == "sms" else text


def _silences(skipped: "Iterable[Skipped]") -> "Table":
    from rich.table import Table

    table = Table("borrower", "loan", "step", "why not", "rules", title="Silences")
    for each in skipped:
        rules = ", ".join(each.decision.rules) if each.decision else ""
        loan, borrower = str(each.candidate.loan_id), str(each.candidate.borrower_id)
        table.add_row(borrower, loan, each.candidate.step.id, each.reason, rules)
    return table
