"""Our count of SMS segments, and with it pace and cost, against that of Twilio's own calculator."""

import json
import random
import subprocess

import pytest

from locales import phrases, samples
from locales.sms import BASIC, EXTENSION, segments, sms
from tests.counterparts import programs, spec

RANDOM = 3000
LETTERS = (
    "".join(sorted(BASIC)),
    "".join(sorted(EXTENSION)),
    "áíóúÁÍÓÚçªº“”«»’–—…•₡",
    "👋🙏😂🔥✅",
    "ñandú 12:30 $500.00, ¿sí?\n",
)


def counted(texts: list[str]) -> list[int]:
    program = programs.node()
    script = spec.HOME / "segments.cjs"
    told = subprocess.run([program, script], input=json.dumps(texts), capture_output=True, text=True, check=True)
    found: list[int] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("locale", ["es_MX", "en_MX"])
def test_every_phrase_counts_as_twilio_counts_it(locale: str) -> None:
    texts = []
    for key, phrase in phrases.catalogue(locale).items():
        for usual in (samples.TYPICAL, samples.LONG):
            text = phrases.render(key, samples.values(key, phrase.names, usual), locale)
            texts += [text, sms(text)]
    assert [(text, segments(text)) for text in texts] == list(zip(texts, counted(texts), strict=True))


def test_random_texts_count_as_twilio_counts_them() -> None:
    chance = random.Random(5)
    texts = []
    for _ in range(RANDOM):
        alphabets = [LETTERS[0], *chance.sample(LETTERS, chance.randint(0, 2))]
        pool = "".join(alphabets)
        texts.append("".join(chance.choice(pool) for _ in range(chance.randint(0, 500))))
    wrong = [
        (text, segments(text), oracle)
        for text, oracle in zip(texts, counted(texts), strict=True)
        if segments(text) != oracle
    ]
    assert wrong == []
