"""`alcorriente plan --days`: what the coming days bring, the published cadence beside a draft."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

TITLES = {"day": "By day", "channel": "By channel", "region": "By region", "age": "By days past due", "step": "By step"}


def look_ahead(days: int, draft: Path | None, at: str, limit: int) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from alcorriente import composition
    from alcorriente.commands.plan import instant
    from alcorriente.settings import settings
    from insight import outlook
    from loans.errors import LedgerError
    from outreach import flow_files
    from outreach.cadence import CadenceError
    from store.engine import reading

    engine, chosen, console = composition.open_store(), settings(), Console()
    try:
        content = flow_files.read(draft.read_text("utf-8-sig")) if draft else None
        with reading(engine) as session:
            now = instant(session, at) if at else composition.clock(engine, chosen).now()
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"{days} days ahead", total=None)
            found = outlook.look_ahead(
                engine,
                now,
                days,
                enabled=composition.enabled_channels(chosen),
                draft=content,
                prices=chosen.prices,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
                processes=outlook.PROCESSES,
            )
    except (CadenceError, LedgerError, UnicodeDecodeError, ValueError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        engine.dispose()
    show(found, limit, console)


def show(found: dict[str, Any], limit: int, console: "Console") -> None:
    plans = found["plans"]
    if not plans:
        console.print("No flow is published: nobody is written to.")
        return
    console.print(_totals(found))
    for name, title in TITLES.items():
        console.print(_dimension(plans, name, title))
    console.print(_reasons(plans, "left_alone_because", "Borrowers left alone, and why"))
    console.print(_reasons(plans, "silences", "Messages that were due and are not written, and why"))
    console.print(_samples(plans[-1], limit))


def _totals(found: dict[str, Any]) -> "Table":
    rows = {
        "messages": "messages",
        "segments": "segments, at most",
        "cost": "cost, at most",
        "borrowers_written_to": "borrowers written to",
        "borrowers_left_alone": "borrowers left alone",
    }
    table = _table(f"{found['days']} days from {found['from'][:16]}", "", found["plans"])
    for key, label in rows.items():
        table.add_row(label, *(_figure(each, key) for each in found["plans"]))
    return table


def _figure(plan: dict[str, Any], key: str) -> str:
    value = plan[key]
    if key != "cost":
        return f"{value:,}"
    if value is None:
        return "no prices set"
    from locales import currencies

    return f"{currencies.in_units(value, plan['currency']):,} {plan['currency']}"


def _dimension(plans: list[dict[str, Any]], name: str, title: str) -> "Table":
    counts = [{row["value"]: row["messages"] for row in plan["by"][name]} for plan in plans]
    return _counts(title, name, plans, counts, sorted({value for each in counts for value in each}))


def _reasons(plans: list[dict[str, Any]], key: str, title: str) -> "Table":
    counts = [plan[key] for plan in plans]
    return _counts(title, "reason", plans, counts, dict.fromkeys(value for each in counts for value in each))


def _counts(
    title: str, heading: str, plans: list[dict[str, Any]], counts: list[dict[str, int]], values: Iterable[str]
) -> "Table":
    table = _table(title, heading, plans)
    for value in values:
        table.add_row(value or "-", *(f"{each.get(value, 0):,}" for each in counts))
    return table


def _samples(plan: dict[str, Any], limit: int) -> "Table":
    from rich.table import Table

    table = Table("step", "channel", "language", "segments", "text", title="Samples, with the longest names")
    for each in plan["samples"][: limit or None]:
        table.add_row(each["step"], each["channel"], each["language"], str(each["segments"]), each["text"])
    return table


def _table(title: str, heading: str, plans: list[dict[str, Any]]) -> "Table":
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column(heading)
    for plan in plans:
        table.add_column(plan["name"], justify="right")
    return table
