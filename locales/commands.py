"""What commands say to whoever runs the product: `text("doctor.store.ok", {"kind": "sqlite"}, "es")`."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from locales.phrases import Phrase, PhraseError, read_catalogue

DOMAIN = "commands"
LANGUAGES = ("en", "es")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """The terminal's, where we speak it; else English, as the commands' help."""
    named = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return named[:2].lower() if named[:2].lower() in LANGUAGES else LANGUAGES[0]


def text(key: str, values: Mapping[str, Any], language: str) -> str:
    """Raises PhraseError for an unknown key or a missing value."""
    phrase = _catalogue(language).get(key)
    if phrase is None or phrase.names - values.keys():
        raise PhraseError(f"{key} in {language}: no such text, or a value is missing")
    return "".join(literal + (str(values[name]) if name else "") for literal, name in phrase.forms[0])


@cache
def _catalogue(language: str) -> Mapping[str, Phrase]:
    return read_catalogue(language, DOMAIN)
