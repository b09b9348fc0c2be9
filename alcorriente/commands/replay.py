"""`alcorriente replay`: what was said and agreed lately, run again through what somebody wants to change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from loans.limit_versions import Proposed


def replay(
    draft: Annotated[
        Path | None, typer.Option("--draft", exists=True, help="A flow as a file; see alcorriente flow export.")
    ] = None,
    limits: Annotated[str, typer.Option("--limits", help="Limits as a file, or the number of a proposal.")] = "",
    model: Annotated[
        Path | None, typer.Option("--model", exists=True, help="A trained model, as those in models/.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="Of the past.")] = 30,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Rows to show; 0 shows all.")] = 50,
) -> None:
    """Show which turns of the last days would have ended otherwise. Names are left out.

    --draft: reminders that would have read differently. --limits: what the assistant agreed on, offered or refused,
    judged again with the facts of that moment. --model: what borrowers wrote, understood by another trained model.

    Example: alcorriente replay --draft flow.json --days 14

    Example: alcorriente replay --limits limits.json

    Example: alcorriente replay --model models/new.tar.gz --days 60
    """
    from datetime import timedelta

    from alcorriente import composition
    from alcorriente.commands.replay_model import understood_again
    from alcorriente.rasa_process import RasaMissing
    from alcorriente.settings import settings
    from locales.phrases import PhraseError
    from outreach.cadence import CadenceError
    from store.engine import reading

    if draft is None and model is None and not limits:
        raise typer.BadParameter("name at least one of --draft, --limits and --model")
    engine = composition.open_store()
    try:
        since = composition.clock(engine, settings()).now() - timedelta(days=days)
        with reading(engine) as session:
            if draft is not None:
                _texts(session, draft, since, limit)
            if limits:
                _limits(session, _proposed(session, limits), since, limit)
        if model is not None:
            understood_again(engine, model, since, limit)
    except (CadenceError, PhraseError, RasaMissing, UnicodeDecodeError, ValueError, OSError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        engine.dispose()


def _texts(session: "Session", draft: Path, since: "datetime", limit: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from insight import replay as past
    from outreach import flow_files

    found = list(past.changed(session, flow_files.read(draft.read_text("utf-8-sig")), since))
    table = Table("message", "sent on", "step", "channel", "as it was", "in the draft")
    for each in found[: limit or None]:
        after = "(no such step)" if each.after is None else each.after
        table.add_row(str(each.message_id), f"{each.sent_on}", each.step, each.channel, each.before, after)
    console = Console()
    if found:
        console.print(table)
    console.print(
        f"{past.counted(session, since)} messages since {since:%Y-%m-%d}: {len(found)} would read differently."
    )


def _limits(session: "Session", proposed: "Proposed", since: "datetime", limit: int) -> None:
    from typing import get_args

    from rich.console import Console
    from rich.table import Table

    from insight import limits_replay
    from insight.limits_words import Words
    from loans import accounts
    from locales import commands

    found = limits_replay.again(session, proposed, since)
    words = Words(commands.language(), accounts.lender(session).country)
    table = Table("turn", "on", "loan", "as it was", "in the draft")
    for each in found.changed[: limit or None]:
        table.add_row(each.turn.id, f"{each.on}", each.loan, words.before(each), words.after(each))
    console = Console()
    if found.changed:
        console.print(table)
    counts = {"turns": found.looked_at, "unlike": found.unlike, "changed": len(found.changed)}
    counts |= {name: found.counts[name] for name in get_args(limits_replay.What)}
    console.print(commands.text("replay.limits", counts, words.language))


def _proposed(session: "Session", named: str) -> "Proposed":
    """The number of a row, or a file with `product`, `segment` and `content`, as the API takes them."""
    import json

    from loans import limit_versions
    from loans.tables import NegotiationLimits

    if not named.isdigit():
        return limit_versions.proposed_of(json.loads(Path(named).read_text("utf-8-sig")))
    row = session.get(NegotiationLimits, int(named))
    if row is None:
        raise ValueError(f"limits {named}: there is no such proposal; name another one, or a file")
    return limit_versions.proposed_of(row.model_dump())
