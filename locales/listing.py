"""What the assistant can say, to be read by people: each phrase with its placeholders and the translators' note."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from babel.messages.pofile import read_po

from locales.phrases import catalogue_file, texts_of


@dataclass(frozen=True, slots=True)
class Listed:
    key: str
    texts: tuple[str, ...]  # one, or one per plural form
    placeholders: tuple[str, ...]
    note: str
    language: str  # the catalogue it stands in: 'es' for most of what es_MX says


@cache
def listed(language: str) -> tuple[Listed, ...]:
    """By key; a country's own phrases stand in place of its language's."""
    found: dict[str, Listed] = {}
    for each in dict.fromkeys((language.partition("_")[0], language)):
        found |= {phrase.key: phrase for phrase in _written(each)}
    return tuple(found[key] for key in sorted(found))


def _written(language: str) -> Iterator[Listed]:
    with catalogue_file(language).open("rb") as file:
        entries = list(read_po(file, abort_invalid=True))
    for entry in entries:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        texts = texts_of(entry)
        if key and all(texts):
            names = dict.fromkeys(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
            yield Listed(key, texts, tuple(names), " ".join(entry.user_comments), language)
