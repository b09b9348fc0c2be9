"""How many phrases are read with the right amount and day, and how many a core reads; the model is not asked."""

import time
from statistics import median

from benchmarks.figures import Figure
from benchmarks.labelled import LISTS, is_right, is_silently_wrong, read_row, rows

ROUNDS = 5


def measure() -> list[Figure]:
    figures = [_accuracy(name) for name in LISTS]
    texts = [row for name in LISTS for row in rows(name)]
    speeds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for row in texts:
            read_row(row)
        speeds.append(len(texts) / (time.process_time() - begun))
    return [
        *figures,
        Figure(f"texts read by one core, median of {ROUNDS} rounds", f"{median(speeds):,.0f}/s", ">= 500/s"),
    ]


def _accuracy(name: str) -> Figure:
    readings = [(row, read_row(row)) for row in rows(name)]
    right = sum(is_right(row, reading) for row, reading in readings)
    wrong = sum(is_silently_wrong(row, reading) for row, reading in readings)
    figure = f"{right / len(readings):.3f} ({wrong} wrong unasked)"
    return Figure(f"amount and day right, {len(readings)} {name.replace('_', ' ')}", figure, ">= 0.95")
