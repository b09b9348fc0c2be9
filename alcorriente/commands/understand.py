"""`alcorriente understand`: what the running assistant would make of texts, one JSON line each."""

from datetime import datetime
from typing import Annotated, Any, Literal

import typer


def understand(
    reference: Annotated[str, typer.Option("--reference", help="The moment of writing, ISO with offset.")],
    language: Annotated[str, typer.Option("--language", help="es or en.")] = "es",
    currency: Annotated[str, typer.Option("--currency", help="The local currency.")] = "MXN",
) -> None:
    """Read JSON lines {"id", "text"} on standard input and write what is understood, stop and distress rules included.

    A line may say which question is pending: "expecting" is "amount" or "date". A line that can't be read is named
    on standard error and left out. Uses the Rasa that runs already, else starts one for the time of the call.

    Example: echo '{"id":"1","text":"el viernes 500"}' | alcorriente understand --reference 2026-11-18T10:00:00-06:00
    """
    import json
    import sys

    from alcorriente.understood import parser, understood

    now = _moment(reference)
    with parser() as parse:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                name, text, expecting = _asked(line)
            except ValueError as problem:
                typer.echo(f"line {number}: {problem}: {line.decode(errors='replace').strip()[:80]}", err=True)
                continue
            said = understood(text, now, language, currency, parse, expecting=expecting)
            typer.echo(json.dumps({"id": name, **said}, ensure_ascii=False))


def _moment(reference: str) -> datetime:
    try:
        now = datetime.fromisoformat(reference)
    except ValueError as problem:
        raise typer.BadParameter(f"{reference!r} is no ISO date: write 2026-11-18T10:00:00-06:00") from problem
    if now.tzinfo is None:
        raise typer.BadParameter(f"{reference!r} has no offset: write 2026-11-18T10:00:00-06:00")
    return now


def _asked(line: bytes) -> tuple[Any, str, Literal["amount", "date"] | None]:
    """The id, the text and the pending question of a line."""
    import json

    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except ValueError as problem:
        raise ValueError("not JSON in UTF-8") from problem
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError('not a JSON object with a string "text"')  # noqa: TRY004  (the line is wrong, not the caller)
    expecting = asked.get("expecting")
    if expecting not in {None, "amount", "date"}:
        raise ValueError('"expecting" is neither "amount" nor "date"')
    # A half of a surrogate pair can be written in JSON, but not sent on.
    return asked.get("id"), asked["text"].encode("utf-8", "replace").decode(), expecting
