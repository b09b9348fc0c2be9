"""Everything the assistant says, by key: `render("promise.confirm", {"amount": …, "date": …}, "es_MX")`.

The catalogues are keyed .po files. Spanish of any country falls back to `es`; `es_MX` holds only what differs.
Values are JSON: numbers, texts, and objects that are written the way the borrower's country writes them:
{"money": 50000, "currency": "MXN"}, {"date": "2026-11-20", "year": true}, {"time": "18:00"}, both date and time,
{"duration": 7200}, {"currency": "MXN"}, {"phrase": key, "values": {…}},
{"rows": [{…}, …], "row": key} for one line each, and lists of these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from gettext import c2py
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from locales import formats

FOLDER = Path(__file__).parent
DOMAIN = "borrower"
# WhatsApp refuses a reply button with a longer title.
TITLE_LIMIT = 20
# These may be empty: an empty one takes along the words that lead to it from the value before.
OPTIONAL = frozenset({"account", "note", "contact", "channel"})

Part = tuple[str, str]  # literal text, then the name of the value that follows it ("" at the end)


class PhraseError(Exception):
    """A phrase that cannot be said whole: unknown key or locale, missing value, or a value of the wrong shape."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a catalogue: a text, or one per plural form."""

    forms: tuple[tuple[Part, ...], ...]
    plural: Callable[[int], int] | None = None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for form in self.forms for _, name in form if name)


def render(key: str, values: Mapping[str, Any], locale: str) -> str:
    """The phrase in the borrower's language. Raises PhraseError rather than saying half of it."""
    phrase = catalogue(locale).get(key)
    if phrase is None:
        raise PhraseError(f"{key}: no such phrase in {locale}")
    return _filled(key, _form(key, phrase, values), values, locale)


def _filled(key: str, parts: tuple[Part, ...], values: Mapping[str, Any], locale: str) -> str:
    spoken: list[str] = []
    for literal, name in parts:
        if not name:
            spoken.append(literal)
            continue
        value = values.get(name)
        if value is None or (value == "" and name not in OPTIONAL):
            raise PhraseError(f"{key} in {locale}: the value of {{{name}}} is missing")
        if value != "":
            spoken += literal, _say(f"{key} {{{name}}}", value, locale)
    return "".join(spoken)


def say(word: Mapping[str, Any], locale: str) -> str:
    """What a message holds: {"key": …, "values": {…}}, with a "text" of its own that is said instead."""
    if "text" not in word:
        return render(word["key"], word["values"], locale)
    return fill(word["text"], word["values"], locale, where=word["key"])


def fill(text: str, values: Mapping[str, Any], locale: str, *, where: str = "text") -> str:
    """A text that no catalogue holds, with the same placeholders. Raises PhraseError as `render` does."""
    return _filled(where, _parts(where, text), values, locale)


def placeholders(text: str) -> frozenset[str]:
    """Raises PhraseError where a brace is not a plain name."""
    return frozenset(name for _, name in _parts("text", text) if name)


def spoken(values: Mapping[str, Any], locale: str) -> dict[str, str]:
    """Each value as it is read, for a template that the provider fills."""
    return {name: _say(name, value, locale) for name, value in values.items()}


def title(key: str, locale: str) -> str:
    """What stands on a button."""
    text = render(key, {}, locale)
    if len(text) > TITLE_LIMIT:
        raise PhraseError(f"{key} in {locale}: {text!r} is longer than {TITLE_LIMIT} characters")
    return text


@cache
def catalogue(locale: str) -> Mapping[str, Phrase]:
    """Every phrase of a locale, with its language's catalogue below the country's."""
    language, country = formats.split_locale(locale)
    phrases = read_catalogue(language)
    if not phrases:
        raise PhraseError(f"no catalogue for the language of {locale!r}: there are {', '.join(languages())}")
    return phrases | read_catalogue(f"{language}_{country}")


def languages() -> list[str]:
    """The catalogues that exist, es_MX among them."""
    return sorted(path.parts[-3] for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read_catalogue(language: str, domain: str = DOMAIN) -> dict[str, Phrase]:
    """One .po file, empty if there is none; entries without a text are left out."""
    if not catalogue_file(language, domain).exists():
        return {}
    with catalogue_file(language, domain).open("rb") as file:
        entries = read_po(file, abort_invalid=True)
    phrases = {}
    for entry in entries:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        texts = texts_of(entry)
        if key and all(texts):
            plural = c2py(entries.plural_expr) if len(texts) > 1 else None
            phrases[key] = Phrase(tuple(_parts(key, text) for text in texts), plural)
    return phrases


def catalogue_file(language: str, domain: str = DOMAIN) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def texts_of(entry: Message) -> tuple[str, ...]:
    """One text, or one per plural form."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))


def _parts(key: str, text: str) -> tuple[Part, ...]:
    parts = []
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as problem:
        raise PhraseError(f"{key}: a brace stands alone: {problem}") from problem
    for literal, name, spec, conversion in parsed:
        if name is not None and (spec or conversion or not name.isidentifier()):
            raise PhraseError(f"{key}: {{{name}}} must be a plain name in braces")
        parts.append((literal, name or ""))
    return tuple(parts)


def _form(key: str, phrase: Phrase, values: Mapping[str, Any]) -> tuple[Part, ...]:
    if phrase.plural is None:
        return phrase.forms[0]
    count = values.get("count")
    if not isinstance(count, int):
        raise PhraseError(f"{key}: {{count}} must be a whole number, it is {count!r}")
    return phrase.forms[phrase.plural(count)]


def _say(where: str, value: Any, locale: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    try:
        return _say_object(value, locale)
    except ValueError as problem:
        raise PhraseError(f"{where}: cannot say {value!r}: {problem}") from problem


def _say_object(value: Any, locale: str) -> str:
    match value:
        case {"money": int(amount), "currency": str(currency)}:
            spoken = formats.money(amount, currency, locale)
        case {"currency": str(currency)} if "money" not in value:
            spoken = formats.currency_name(currency, locale)
        case {"date": day, "time": clock}:
            parts = {"date": {"date": day, "year": value.get("year")}, "time": {"time": clock}}
            spoken = render("moment", parts, locale)
        case {"date": str(day)}:
            spoken = formats.date(date.fromisoformat(day), locale, bool(value.get("year")))
        case {"time": str(clock)}:
            spoken = formats.time(time.fromisoformat(clock), locale)
        case {"duration": int(seconds)}:
            spoken = formats.duration(seconds, locale)
        case {"phrase": str(key)}:
            spoken = render(key, value.get("values", {}), locale)
        case {"rows": [_, *_] as rows, "row": str(key)}:
            spoken = "\n".join(render(key, row, locale) for row in rows)
        case [_, *_] as blocks:
            spoken = "\n".join(_say_object(block, locale) for block in blocks)
        case _:
            raise ValueError("no such kind of value")
    return spoken
