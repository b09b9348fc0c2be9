"""`alcorriente lender`: who lends, and how borrowers pay."""

from typing import Annotated

import typer

from alcorriente.commands import crisis

app = typer.Typer(help="The lender's own data: what the texts name, and the ways to pay.", no_args_is_help=True)
app.add_typer(crisis.app, name="crisis")

Keep = typer.Option(help="Left as it is when not given.")


@app.command()
def show() -> None:
    """Print what is entered.

    Example: alcorriente lender show
    """
    from alcorriente.composition import open_store
    from loans import accounts
    from store.engine import reading

    with reading(open_store()) as session:
        for field, value in accounts.lender(session).model_dump(exclude={"id"}).items():
            typer.echo(f"{field}: {value}")
        for way in accounts.payment_methods(session):
            typer.echo(f"pay by {way.kind}: {way.name} {way.account} {way.note}".rstrip())


@app.command("set")
def set_(  # noqa: PLR0917
    name: Annotated[str | None, typer.Option(help="As borrowers know it.")] = None,
    legal_name: Annotated[str | None, typer.Option(help="As in the contract.")] = None,
    phone: Annotated[str | None, typer.Option(help="Where borrowers can call.")] = None,
    email: Annotated[str | None, Keep] = None,
    address: Annotated[str | None, Keep] = None,
    zone: Annotated[str | None, typer.Option(help="IANA zone of the business date, such as America/Bogota.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code, such as MX.")] = None,
    currency: Annotated[str | None, typer.Option(help="ISO code, such as MXN.")] = None,
    complaints: Annotated[str | None, typer.Option(help="Who takes complaints, with telephone.")] = None,
) -> None:
    """Enter or change the lender's data.

    Example: alcorriente lender set --name 'Caja Sol' --legal-name 'Caja Sol SC' --phone +525512345678
    """
    from alcorriente.composition import open_store
    from loans.errors import LedgerError
    from loans.lenders import change_lender
    from store.engine import transaction

    given = {
        "name": name, "legal_name": legal_name, "phone": phone, "email": email, "address": address, "zone": zone,
        "country": country, "currency": currency, "complaints_contact": complaints,
    }  # fmt: skip
    try:
        with transaction(open_store()) as session:
            change_lender(session, {field: value for field, value in given.items() if value is not None})
    except LedgerError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo("Saved.")


@app.command("pay-by")
def pay_by(
    kind: Annotated[str, typer.Argument(help="oxxo, spei, branch, app or other.")],
    name: Annotated[str, typer.Argument(help="What the borrower reads, such as 'Oxxo'.")],
    account: Annotated[str, typer.Option(help="Number or reference to pay to.")] = "",
    note: Annotated[str, typer.Option(help="Hours, address or another hint.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Stop naming this way.")] = False,
) -> None:
    """Add, change or remove a way to pay, known by its name.

    Example: alcorriente lender pay-by oxxo 'Oxxo' --account 4152313412345678
    """
    from alcorriente.composition import open_store
    from loans.errors import LedgerError
    from loans.lenders import change_way_to_pay
    from store.engine import transaction

    try:
        with transaction(open_store()) as session:
            change_way_to_pay(session, kind, name, account=account, note=note, active=not remove)
    except LedgerError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo("Saved.")
