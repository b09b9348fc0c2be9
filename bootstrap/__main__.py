"""The commands behind the Makefile: environments, the console, the model, and what is checked of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bootstrap import environments, model, node, progress, system_packages

ROOT = Path(__file__).resolve().parent.parent


def run(arguments: list[str]) -> None:
    """Make what is missing, then become the application."""
    application = environments.application(ROOT, environments.RUN, os.environ)
    rasa = environments.rasa(ROOT, os.environ)
    if not model.place(ROOT).exists():
        progress.say("The shipped model is for other data than these.")
        model.train(ROOT, rasa, os.environ)
    _console(application)
    progress.say("Starting Al Corriente")
    program = application / "bin" / "alcorriente"
    os.execv(program, [str(program), "up", "--demo", *arguments])


def _console(application: Path) -> None:
    """The assistant also runs without its console, so a console that can't be built stops nobody."""
    try:
        node.build(ROOT, application, os.environ)
    except progress.SetupError as failure:
        progress.say(f"NOTE: the console is not built. {failure.cause}")
        progress.say(f"      {failure.fix}")


def develop(_: list[str]) -> None:
    application = environments.application(ROOT, environments.DEVELOP, os.environ)
    _console(application)
    environments.rasa(ROOT, os.environ)


def system(_: list[str]) -> None:
    system_packages.ensure(os.environ)


def counterparts(_: list[str]) -> None:
    """Tests that need them are skipped where they can't be had."""
    try:
        node.counterparts(ROOT, os.environ)
    except progress.SetupError as failure:
        progress.say(f"NOTE: tests against stand-ins of the providers are left out. {failure.cause}")
        progress.say(f"      {failure.fix}")


def console_check(_: list[str]) -> None:
    node.check(ROOT, environments.application(ROOT, environments.DEVELOP, os.environ), os.environ)


def train(_: list[str]) -> None:
    model.train(ROOT, environments.rasa(ROOT, os.environ), os.environ)


def validate(_: list[str]) -> None:
    model.validate(ROOT, environments.rasa(ROOT, os.environ), os.environ)


def check_phrases(arguments: list[str]) -> None:
    print(model.check_phrases(ROOT, environments.rasa(ROOT, os.environ), os.environ, arguments), end="")


def check_model(_: list[str]) -> None:
    progress.say(f"models/{model.check(ROOT).name} belongs to the present inputs")


COMMANDS = {
    "run": run,
    "develop": develop,
    "system": system,
    "counterparts": counterparts,
    "console-check": console_check,
    "train": train,
    "validate": validate,
    "check-phrases": check_phrases,
    "check-model": check_model,
}


def main(arguments: list[str]) -> int:
    command = COMMANDS.get(arguments[0] if arguments else "")
    if not command:
        print(f"python -m bootstrap {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        command(arguments[1:])
    except progress.SetupError as failure:
        print(f"\n{failure.cause}\n\n{failure.fix}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


sys.exit(main(sys.argv[1:]))
