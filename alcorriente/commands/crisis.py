"""`alcorriente lender crisis`: whom somebody in distress can call, by country."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

app = typer.Typer(help="Whom somebody in distress can call. Only confirmed rows are shown.", no_args_is_help=True)

On = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which somebody made sure of it.")]


@app.command()
def add(
    country: Annotated[str, typer.Argument(help="ISO code, such as MX.")],
    text: Annotated[str, typer.Argument(help="What the borrower reads: who answers, the number, the hours.")],
    source: Annotated[str, typer.Option(help="Where it was read, such as the service's own page.")],
    confirmed_on: On = None,
) -> None:
    """Enter a contact; it is shown once it is confirmed.

    Example: alcorriente lender crisis add MX 'Name of the line, number, hours' --source https://…
    """
    from outreach import crisis_contacts

    number = _change(
        lambda session, today: crisis_contacts.add(session, country, text, source, _day(confirmed_on), today)
    )
    typer.echo(f"Saved as {number}." if confirmed_on else f"Saved as {number}; it is not shown until you confirm it.")


@app.command("list")
def list_(country: Annotated[str | None, typer.Option(help="Only this one.")] = None) -> None:
    """Print all contacts with their sources.

    Example: alcorriente lender crisis list --country MX
    """
    from alcorriente.composition import open_store
    from outreach import crisis_contacts
    from store.engine import reading

    with reading(open_store()) as session:
        for row in crisis_contacts.of_country(session, country.upper() if country else None):
            state = f"confirmed on {row.confirmed_on}" if row.confirmed_on else "NOT CONFIRMED, not shown"
            typer.echo(f"{row.id}  {row.country}  {row.text}  ({row.source}; {state})")


@app.command()
def confirm(contact: Annotated[int, typer.Argument(help="Its number in the list.")], on: On = None) -> None:
    """Say that somebody made sure of it: today, or on the day given.

    Example: alcorriente lender crisis confirm 1
    """
    from outreach import crisis_contacts

    _change(lambda session, today: crisis_contacts.confirm(session, contact, _day(on) or today, today))
    typer.echo("Saved.")


@app.command()
def remove(contact: Annotated[int, typer.Argument(help="Its number in the list.")]) -> None:
    """Take a contact out.

    Example: alcorriente lender crisis remove 1
    """
    from outreach import crisis_contacts

    _change(lambda session, _: crisis_contacts.remove(session, contact))
    typer.echo("Removed.")


def _change(change: "Callable[[Session, date], Any]") -> Any:
    from alcorriente.composition import clock, open_store
    from alcorriente.settings import settings
    from outreach.crisis_contacts import CrisisContactError
    from store.engine import transaction

    engine = open_store()
    try:
        with transaction(engine) as session:
            return change(session, clock(engine, settings()).now().date())
    except CrisisContactError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
