"""`python -m benchmarks [NAME]`: measures speed here and now.

No peer is run beside it yet, so compare figures of one machine only.
"""

import os
import sys

from rich.console import Console
from rich.table import Table

from benchmarks import forecast, grammar, home, planning, sends, tone, turns, understanding, webhooks, year
from benchmarks.figures import Figure

MEASURED = {
    "understanding": understanding.measure,
    "grammar": grammar.measure,
    "planning": planning.measure,
    "forecast": forecast.measure,
    "tone": tone.measure,
    "turns": turns.measure,
    "home": home.measure,
    "webhooks": webhooks.measure,
    "sends": sends.measure,
    "year": year.measure,
}
BY_NAME_ONLY = {"year"}  # more than half an hour, and with a progress bar of its own


def main(names: list[str]) -> int:
    console = Console()
    unknown = [name for name in names if name not in MEASURED]
    if unknown:
        console.print(f"There is no benchmark {', '.join(unknown)}: give one of {', '.join(MEASURED)}.", style="red")
        return 2
    table = Table(title=f"Al Corriente on {os.cpu_count()} cores", title_justify="left")
    for heading in ("benchmark", "what", "measured", "goal"):
        table.add_column(heading, justify="right" if heading in {"measured", "goal"} else "left")
    for name in names or [each for each in MEASURED if each not in BY_NAME_ONLY]:
        if name in BY_NAME_ONLY:
            figures: list[Figure] = MEASURED[name]()
        else:
            with console.status(f"Measuring {name}"):
                figures = MEASURED[name]()
        for figure in figures:
            table.add_row(name, figure.what, figure.measured, figure.goal)
    console.print(table)
    return 0


if __name__ == "__main__":  # A benchmark that starts processes has them import this file.
    sys.exit(main(sys.argv[1:]))
