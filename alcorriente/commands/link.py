"""`alcorriente link`: how a borrower opens the chat with the Telegram bot."""

from typing import Annotated

import typer


def link(borrower: Annotated[str, typer.Argument(help="The borrower's number in the portfolio.")]) -> None:
    """Make a link that joins a borrower's Telegram chat; it works once, for three days. Send it to them alone.

    Example: alcorriente link C-1042
    """
    from sqlmodel import select

    from alcorriente.composition import open_store
    from alcorriente.settings import settings
    from desk import audit
    from loans.tables import Borrower
    from outreach import chat_links
    from store.clock import RealClock
    from store.engine import transaction

    bot = settings().telegram_bot
    if not bot:
        typer.echo("ALCORRIENTE_TELEGRAM_BOT is not set: give the name that @BotFather gave your bot.", err=True)
        raise typer.Exit(1)
    now = RealClock().now()
    with transaction(open_store()) as session:
        found = session.exec(select(Borrower).where(Borrower.external_id == borrower)).first()
        if found is None:
            typer.echo(f"There is no borrower {borrower!r}. The console's search shows their numbers.", err=True)
            raise typer.Exit(1)
        payload, expires = chat_links.make(session, found, "command_line", now)
        audit.record(session, "command_line", "chat_link_made", f"borrower:{found.id}", now=now)
    typer.echo(f"https://t.me/{bot}?start={payload}")
    typer.echo(f"It works once, until {expires:%Y-%m-%d %H:%M} UTC.", err=True)
