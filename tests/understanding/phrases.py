"""Phrases with what must be read from them, in one line each; the format is explained in offers.txt."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from understanding.reading import Part, Reading, read

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("America/Mexico_City"))
REFERENCES = {"full": "full_balance", "overdue": "overdue", "installment": "installment", "remainder": "remainder"}


@dataclass(frozen=True)
class Phrase:
    text: str
    expected: str
    language: str = "es"
    look_back: bool = False
    expecting: str | None = None

    def read(self) -> Reading:
        return read(
            self.text,
            NOW,
            self.language,
            look_back=self.look_back,
            expecting=self.expecting,  # type: ignore[arg-type]
        )


def phrases(file: str) -> list[Phrase]:
    lines = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    return [_phrase(line) for line in lines if line.strip() and not line.startswith("#")]


def _phrase(line: str) -> Phrase:
    text, _, expected = line.rpartition(" | ")
    marks = {"en": False, "back": False, "wants-date": False, "wants-amount": False}
    while (found := re.match(r"(en|back|wants-date|wants-amount): ", text)) is not None:
        marks[found[1]] = True
        text = text[found.end() :]
    expecting = "date" if marks["wants-date"] else "amount" if marks["wants-amount"] else None
    return Phrase(text, expected, "en" if marks["en"] else "es", marks["back"], expecting)


def written(reading: Reading) -> str:
    """A reading in the notation of the phrase files."""
    words = [" + ".join(_written_part(part) for part in reading.parts)]
    words += [f"?{reading.ambiguous_about}"] if reading.ambiguous else []
    words += [reading.recurring] if reading.recurring else []
    return " ".join(words)


def _written_part(part: Part) -> str:
    names = {value: name for name, value in REFERENCES.items()}
    words = []
    if part.amount is not None:
        words.append(f"{part.amount / 100:.2f}".removesuffix(".00") + (part.currency or "").replace("MXN", ""))
    if part.fraction is not None:
        words.append(str(part.fraction))
    elif part.amount_ref is not None:
        words.append(names[part.amount_ref])
    if part.date:
        words.append(f"@{part.date:%m-%d}")
    if part.date_range:
        words.append(f"@{part.date_range[0]:%m-%d}..{part.date_range[1]:%m-%d}")
    return " ".join(words)


def agrees(phrase: Phrase) -> bool:
    return _words(written(phrase.read())) == _words(phrase.expected)


def _words(notation: str) -> list[str]:
    return sorted(word for word in notation.split() if word != "-")


def section(file: str, title: str) -> list[str]:
    """The lines under [title] of a word list."""
    text = (Path(__file__).parent / file).read_text("utf-8").partition(f"\n[{title}]\n")[2]
    return text.partition("\n\n[")[0].splitlines()
