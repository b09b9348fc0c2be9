"""`alcorriente user`: staff accounts."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(help="Staff accounts.", no_args_is_help=True)


class StaffRole(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    COLLECTOR = "collector"
    AUDITOR = "auditor"


@app.callback()
def _group() -> None:
    """Keeps `add` a command of its own while it is the only one."""


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="Signs in with it.")],
    name: Annotated[str, typer.Option("--name", help="First name and surname.", prompt=True)],
    role: Annotated[StaffRole, typer.Option("--role", help="What the person may do.")] = StaffRole.COLLECTOR,
    branch: Annotated[str, typer.Option("--branch", help="Only this branch; empty: all.")] = "",
) -> None:
    """Add a person; the password is made here and shown once.

    Example: alcorriente user add ana@example.mx --name 'Ana Pérez' --role admin
    """
    from alcorriente.composition import open_store
    from desk.accounts import AccountError, add_staff
    from store.clock import RealClock
    from store.engine import transaction

    engine = open_store()
    try:
        with transaction(engine) as session:
            password = add_staff(session, email, name, role.value, branch, RealClock().now())
    except AccountError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{email} was added as {role.value}. Password, shown only now: {password}")
