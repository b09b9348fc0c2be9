"""`alcorriente replay --model`: what borrowers wrote, understood by another trained model."""

from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table
from sqlmodel import select

from alcorriente.other_model import parser_of
from alcorriente.understood import ACCEPTED, first_wish, read_by_model
from desk.tables import Staff
from insight import heard_again
from insight.heard_again import OfIntent, Reading, Reread
from insight.phrases import MISSED
from locales import commands
from store.engine import reading


def understood_again(engine: sa.Engine, model: Path, since: datetime, limit: int) -> None:
    """Nothing of the store is held while the model reads."""
    with reading(engine) as session:
        written = heard_again.messages(session, since)
    texts = {part for message in written for part in read_by_model(message.text)}
    parse = parser_of(model, texts)
    pairs = heard_again.read_again(written, partial(first_wish, parse=parse), ACCEPTED)
    with reading(engine) as session:
        staff = session.exec(select(Staff.name)).all()
        found = heard_again.changed(session, pairs, staff)
    summary, console = heard_again.by_intent(pairs), Console()
    if found:
        console.print(_turns(found[: limit or None]))
    if summary:
        console.print(_summary(summary))
    lost = sum(each.lost for each in summary.values())
    counts = {"turns": len(pairs), "changed": len(found), "lost": lost}
    console.print(commands.text("replay.model", counts, commands.language()))


def _turns(found: list[Reread]) -> Table:
    table = Table("message", "on", "language", "text", "as it was", "by this model")
    for each in found:
        days = f"{each.at:%Y-%m-%d}"
        table.add_row(str(each.message_id), days, each.language, each.text, _said(each.before), _said(each.after))
    return table


def _said(reading: Reading) -> str:
    """What the model was too unsure of stands in brackets."""
    guess = reading.guess if reading.guess == reading.intent else f"({reading.guess})"
    return f"{guess} {reading.confidence:.2f}"


def _summary(rows: dict[str, OfIntent]) -> Table:
    table = Table("understood as", "texts", "same", "not any more", "as another")
    for intent, row in rows.items():
        others = ", ".join(f"{name} {times}" for name, times in row.other.most_common() if name != MISSED)
        table.add_row(intent, str(row.turns), str(row.same), str(row.lost), others)
    return table
