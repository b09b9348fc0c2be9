"""`alcorriente up`: start the product, or one part of it."""

from enum import StrEnum
from typing import Annotated

import typer


class Role(StrEnum):
    ALL = "all"
    GATEWAY = "gateway"
    WORKER = "worker"
    CLOCK = "clock"
    ACTIONS = "actions"


def up(
    demo: Annotated[bool, typer.Option("--demo", help="Simulated channels and an invented portfolio.")] = False,
    role: Annotated[Role, typer.Option("--role", help="Only this part, on its own machine.")] = Role.ALL,
) -> None:
    """Start the assistant: Rasa, hooks, turns, sends and the clock. Ends with Ctrl-C.

    Example: alcorriente up --demo
    """
    import os

    if demo:
        os.environ.setdefault("ALCORRIENTE_SIMULATOR", "1")
    from alcorriente.running import run

    run(role.value, demo=demo)
