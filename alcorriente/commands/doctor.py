"""`alcorriente doctor`: is everything there, and what would mend it."""

from typing import Annotated

import typer

MARKS = {"ok": ("ok     ", None), "warning": ("WARNING", "yellow"), "fault": ("FAULT  ", "red")}


def doctor(
    language: Annotated[
        str, typer.Option("--language", help="es or en; else the terminal's own.", metavar="es|en")
    ] = "",
) -> None:
    """Check the installation, the store and the channels; nothing is sent. Ends with 1 where a fault is found.

    Example: alcorriente doctor --language es
    """
    from alcorriente.health import State, checks
    from locales import commands

    spoken = language if language in commands.LANGUAGES else commands.language()
    failed = 0
    for check in checks():
        mark, colour = MARKS[check.state]
        said = commands.text(f"doctor.{check.key}", check.values, spoken)
        typer.echo(f"{typer.style(mark, fg=colour)} {said}")
        failed += check.state is State.FAULT
    if failed:
        raise typer.Exit(1)
