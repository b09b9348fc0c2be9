"""`alcorriente understand`: what the running assistant would make of texts, one JSON line each."""

from typing import Annotated

import typer


def understand(
    reference: Annotated[str, typer.Option("--reference", help="The moment of writing, ISO with offset.")],
    language: Annotated[str, typer.Option("--language", help="es or en.")] = "es",
    currency: Annotated[str, typer.Option("--currency", help="The local currency.")] = "MXN",
) -> None:
    """Read JSON lines {"id", "text"} on standard input and write what is understood, stop and distress rules included.

    Uses the Rasa that runs already, else starts one for the time of the call.

    Example: echo '{"id":"1","text":"el viernes 500"}' | alcorriente understand --reference 2026-11-18T10:00:00-06:00
    """
    import json
    import sys
    from datetime import datetime

    from alcorriente.understood import parser, understood

    try:
        now = datetime.fromisoformat(reference)
    except ValueError as problem:
        raise typer.BadParameter(f"{reference!r} is no ISO date: write 2026-11-18T10:00:00-06:00") from problem
    if now.tzinfo is None:
        raise typer.BadParameter(f"{reference!r} has no offset: write 2026-11-18T10:00:00-06:00")
    with parser() as parse:
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                text, name = str(asked["text"]), asked.get("id")
            except (ValueError, KeyError, TypeError) as problem:
                typer.echo(f'line {number}: not a JSON object with "text": {line.strip()[:80]}', err=True)
                raise typer.Exit(1) from problem
            typer.echo(json.dumps({"id": name, **understood(text, now, language, currency, parse)}, ensure_ascii=False))
