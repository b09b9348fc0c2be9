"""`alcorriente replay`: what was sent lately, said again in a draft's words."""

from pathlib import Path
from typing import Annotated

import typer


def replay(
    draft: Annotated[Path, typer.Option("--draft", exists=True, help="A flow as a file; see alcorriente flow export.")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="Of the past.")] = 30,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Messages to show; 0 shows all.")] = 50,
) -> None:
    """Show which reminders of the last days would have read differently under a draft. Names are left out.

    Example: alcorriente replay --draft flow.json --days 14
    """
    from datetime import timedelta

    from rich.console import Console
    from rich.table import Table

    from alcorriente import composition
    from alcorriente.settings import settings
    from insight import replay as past
    from locales.phrases import PhraseError
    from outreach import flow_files
    from outreach.cadence import CadenceError
    from store.engine import reading

    engine = composition.open_store()
    try:
        content = flow_files.read(draft.read_text("utf-8-sig"))
        with reading(engine) as session:
            since = composition.clock(engine, settings()).now() - timedelta(days=days)
            looked_at = past.counted(session, since)
            found = list(past.changed(session, content, since))
    except (CadenceError, PhraseError, UnicodeDecodeError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        engine.dispose()
    table = Table("message", "sent on", "step", "channel", "as it was", "in the draft")
    for each in found[: limit or None]:
        after = "(no such step)" if each.after is None else each.after
        table.add_row(str(each.message_id), f"{each.sent_on}", each.step, each.channel, each.before, after)
    console = Console()
    if found:
        console.print(table)
    console.print(f"{looked_at} messages of the last {days} days: {len(found)} would read differently.")
