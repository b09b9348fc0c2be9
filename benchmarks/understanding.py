"""How many texts a second the grammar of amounts and dates reads, on one core; the model is not asked."""

import time
from datetime import datetime
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure
from understanding.reading import read

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("America/Mexico_City"))
SAID = {
    "es": (
        "el viernes le pago 500",
        "mañana deposito mil doscientos y el resto el 30",
        "buenas tardes, cuánto debo todavía",
        "le doy la mitad en la quincena",
        "no puedo esta semana, me asaltaron en la combi y se llevaron todo lo que traía",
    ),
    "en": ("I can pay 300 on Friday", "half tomorrow and the rest on the 15th", "who is this"),
}
ROUNDS, REPEATS = 5, 200


def measure() -> list[Figure]:
    texts = [(text, language) for language, said in SAID.items() for text in said]
    for text, language in texts:
        read(text, NOW, language, "MXN")
    speeds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in range(REPEATS):
            for text, language in texts:
                read(text, NOW, language, "MXN")
        speeds.append(REPEATS * len(texts) / (time.perf_counter() - begun))
    return [Figure(f"texts read, median of {ROUNDS} rounds", f"{median(speeds):,.0f}/s")]
