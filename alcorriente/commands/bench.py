"""`alcorriente bench`: measure speed, from a checkout."""

from typing import Annotated

import typer


def bench(name: Annotated[str, typer.Argument(help="One benchmark; none: all of them.")] = "") -> None:
    """Run the benchmarks and print medians.

    Example: alcorriente bench planning
    """
    import subprocess
    import sys

    from alcorriente.settings import ROOT

    command = [sys.executable, "-m", "benchmarks", *([name] if name else [])]
    raise typer.Exit(subprocess.run(command, cwd=ROOT, check=False).returncode)  # noqa: S603  (our own module)
