"""`alcorriente`: the commands, each in a file of its own. Heavy imports wait until a command runs."""

import sys

import typer

from alcorriente.commands import (
    backup,
    bench,
    cases,
    doctor,
    explain,
    flow,
    import_,
    lender,
    link,
    outbox,
    plan,
    replay,
    understand,
    up,
    user,
)

app = typer.Typer(
    name="alcorriente",
    help="Al Corriente: reminds borrowers kindly, answers them, and hands hard cases to a person.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # They would print names and phones.
    add_completion=False,
)
app.command("up")(up.up)
app.add_typer(import_.app, name="import")
app.command("plan")(plan.plan)
app.command("replay")(replay.replay)
app.command("explain")(explain.explain)
app.command("understand")(understand.understand)
app.add_typer(cases.app, name="cases")
app.add_typer(flow.app, name="flow")
app.add_typer(lender.app, name="lender")
app.add_typer(outbox.app, name="outbox")
app.add_typer(user.app, name="user")
app.command("link")(link.link)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("doctor")(doctor.doctor)
app.command("bench")(bench.bench)


def main() -> None:
    from pydantic import ValidationError

    try:
        app()
    except ValidationError as problem:
        for each in problem.errors():
            where = ".".join(str(part) for part in each["loc"])
            print(f"{('ALCORRIENTE_' + where.upper() + ': ') if where else ''}{each['msg']}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from problem
