"""What staff are told about a change of a flow: 'El paso "Vence hoy" sale a las 10:00 en lugar de 9:00.'"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from locales import console
from locales.phrases import Phrase, PhraseError, read_catalogue

DOMAIN = "changes"
LANGUAGES = ("es", "en")
# Values of these fields are named as the console names them.
TOPICS = {"channels": "channel", "audience.languages": "language", "audience.promise_states": "promise_state"}
LONGEST = 160  # letters of a value; a text is shown whole


def text(
    code: str, language: str, *, step: str = "", name: str = "", field: str = "", before: Any, after: Any,
    about: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """One sentence. Raises PhraseError for a code that has no words."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    phrase = _catalogue(language).get(code)
    if phrase is None:
        raise PhraseError(f"{code}: no such change in {language}")
    whole = code.endswith(("text_added", "text_removed", "text_changed"))
    values = {
        "step": name or console.named("step", step, language),
        "field": _field(field, language),
        "before": before if whole else _value(field, before, language),
        "after": after if whole else _value(field, after, language),
        **{topic: _about(topic, value, language) for topic, value in (about or {}).items()},
    }
    return "".join(literal + (str(values[name]) if name else "") for literal, name in phrase.forms[0])


def words(key: str, language: str, values: Mapping[str, str] | None = None) -> str:
    """Of the same catalogue: how a recorded turn ended, and would have ended. Raises PhraseError."""
    phrase = _catalogue(language if language in LANGUAGES else LANGUAGES[0]).get(key)
    if phrase is None or phrase.names - (values or {}).keys():
        raise PhraseError(f"{key} in {language}: no such text, or a value is missing")
    return "".join(literal + ((values or {})[name] if name else "") for literal, name in phrase.forms[0])


def _about(topic: str, value: str, language: str) -> str:
    return _said(f"channel.{value}" if value == "default" else "", language) or console.named(topic, value, language)


def _field(field: str, language: str) -> str:
    return _said(f"field.{field}", language) or field


def _value(field: str, value: Any, language: str) -> str:
    if value is None or value == []:
        return _said("value.none", language)
    if isinstance(value, bool):
        return _said("value.yes" if value else "value.no", language)
    if isinstance(value, list):
        return ", ".join(_value(field, each, language) for each in value)[:LONGEST]
    if isinstance(value, dict):
        return ", ".join(f"{each}" for each in value.values())[:LONGEST]
    if field == "offset_days" and isinstance(value, int):
        return f"{value:+d}" if value else "0"
    known = _said(f"value.{value}", language)
    return known or (console.named(TOPICS[field], str(value), language) if field in TOPICS else str(value)[:LONGEST])


def _said(key: str, language: str) -> str:
    phrase = _catalogue(language).get(key)
    return "" if phrase is None else "".join(literal for literal, _ in phrase.forms[0])


@cache
def _catalogue(language: str) -> Mapping[str, Phrase]:
    return read_catalogue(language, DOMAIN)
