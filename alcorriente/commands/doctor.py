"""`alcorriente doctor`: is everything there, and what would mend it."""

import typer


def doctor() -> None:
    """Check the installation; ends with 1 when something is missing.

    Example: alcorriente doctor
    """
    from alcorriente.health import checks

    failed = 0
    for check in checks():
        typer.echo(f"{'ok   ' if check.fine else 'FAULT'} {check.name}: {check.says}")
        failed += not check.fine
    if failed:
        raise typer.Exit(1)
