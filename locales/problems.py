"""What staff and other programs are told about what they gave: `text("locked", {"minutes": 15}, "es")`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from locales.phrases import Phrase, PhraseError, read_catalogue

DOMAIN = "problems"
LANGUAGES = ("es", "en")


def text(key: str, values: Mapping[str, Any], language: str) -> str:
    """Raises PhraseError for an unknown key or a missing value."""
    phrase = _catalogue(language if language in LANGUAGES else LANGUAGES[0]).get(key)
    if phrase is None:
        raise PhraseError(f"{key}: no such problem in {language}")
    if missing := phrase.names - values.keys():
        raise PhraseError(f"{key} in {language}: no value for {', '.join(sorted(missing))}")
    return "".join(literal + (str(values[name]) if name else "") for literal, name in phrase.forms[0])


def is_known(key: str) -> bool:
    return key in _catalogue(LANGUAGES[0])


@cache
def _catalogue(language: str) -> Mapping[str, Phrase]:
    return read_catalogue(language, DOMAIN)
