"""`alcorriente user`: staff accounts."""

from typing import Annotated

import typer

from desk.access import Role

app = typer.Typer(help="Staff accounts.", no_args_is_help=True)


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="Signs in with it.")],
    name: Annotated[str, typer.Option("--name", help="First name and surname.", prompt=True)],
    role: Annotated[Role, typer.Option("--role", help="What the person may do.")] = Role.COLLECTOR,
    branch: Annotated[
        list[str] | None, typer.Option("--branch", help="Only this branch, repeatable; none: all.")
    ] = None,
) -> None:
    """Add a person; the password is made here and shown once.

    Example: alcorriente user add ana@example.mx --name 'Ana Pérez' --role admin
    """
    from alcorriente.composition import open_store
    from desk.accounts import AccountError, add_staff
    from locales import problems
    from store.clock import RealClock
    from store.engine import transaction

    def said(problem: AccountError) -> str:
        both = (problem.reason, f"{problem.reason}.fix")
        return ". ".join(problems.text(each, problem.values, "en").rstrip(".") for each in both)

    engine = open_store()
    try:
        with transaction(engine) as session:
            now = RealClock().now()
            _, password = add_staff(session, email=email, name=name, role=role, branches=branch or (), now=now)
    except AccountError as problem:
        typer.echo(f"{problem.field} is {email!r}: {said(problem)}", err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{email} was added as {role.value}. Password, shown only now: {password}")


@app.command()
def password(email: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Make a new password for somebody who has forgotten theirs; it is shown once and ends all sessions.

    Example: alcorriente user password ana@example.mx
    """
    from alcorriente.composition import open_store
    from desk import lockout
    from desk.accounts import renew_password, staff_with
    from store.clock import RealClock
    from store.engine import transaction

    with transaction(open_store()) as session:
        staff = staff_with(session, email)
        if staff is None:
            typer.echo(f"email is {email!r}: nobody has it. See who does in the console, or add them.", err=True)
            raise typer.Exit(1)
        lockout.succeeded(session, email)
        new = renew_password(session, staff, "command_line", RealClock().now())
    typer.echo(f"Password of {email}, shown only now: {new}")
