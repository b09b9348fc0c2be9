"""Money, dates, times and durations as a borrower reads them.

A locale is a language with a country, 'es_MX' or 'en_MX'. Without a country, money follows the country of its currency.
"""

import datetime
import re
from collections.abc import Sequence
from datetime import timedelta
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta
from babel.languages import get_official_languages
from babel.lists import format_list
from babel.numbers import format_currency, get_currency_name, get_currency_symbol

from locales.currencies import in_units

# The weekday comes first: a borrower plans by 'viernes'. Spanish has no comma there, so that a sentence runs on.
DATE = {"es": "EEEE d 'de' MMMM", "en": "EEEE, MMMM d"}
DATE_WITH_YEAR = {"es": "EEEE d 'de' MMMM 'de' y", "en": "EEEE, MMMM d, y"}
# Latin American Spanish says '6:00 p.m.' where Spain says '18:00'.
LANGUAGE_ALONE = {"es": "es_419"}
# A no-break space costs an SMS more than half of its characters, and phones break lines well without it.
PLAIN_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def split_locale(locale: str) -> tuple[str, str]:
    """('es', 'MX'); the last country counts, so that a language 'es_MX' of a borrower in Peru is ('es', 'PE')."""
    language, *rest = locale.replace("-", "_").split("_")
    return language, rest[-1] if rest else ""


@cache
def _babel_locale(language: str, country: str) -> Locale:
    try:
        return Locale(language, country or None) if country else Locale.parse(LANGUAGE_ALONE.get(language, language))
    except UnknownLocaleError:
        return Locale.parse(LANGUAGE_ALONE.get(language, language))


@cache
def _symbols(currency: str, language: str, country: str) -> tuple[str, str]:
    """The currency's sign as the language writes it and as the country does: in Mexico the peso is '$', not 'MX$'."""
    abroad = get_currency_symbol(currency, _babel_locale(language, country))
    if currency[:2] != country:  # ISO 4217: the first two letters of a national currency are its country.
        return abroad, abroad
    spoken = get_official_languages(country, de_facto=True) or (language,)
    return abroad, get_currency_symbol(currency, _babel_locale(spoken[0], country))


@lru_cache(maxsize=8192)
def money(amount: int, currency: str, locale: str) -> str:
    """`amount` in minor units; always all decimals, so that '$50.00' and '$50' never differ in meaning."""
    language, country = split_locale(locale)
    country = country or currency[:2]
    text = format_currency(in_units(amount, currency), currency, locale=_babel_locale(language, country))
    abroad, home = _symbols(currency, language, country)
    text = text.replace(abroad, home).translate(PLAIN_SPACES)
    # A foreign currency is named by its code, which must not stick to the figure.
    return re.sub(rf"{currency}(?=\d)", f"{currency} ", text)


def currency_name(currency: str, locale: str) -> str:
    """'pesos mexicanos'."""
    return get_currency_name(currency, count=2, locale=_babel_locale(*split_locale(locale)))


@lru_cache(maxsize=2048)
def date(day: datetime.date, locale: str, with_year: bool = False) -> str:
    language, country = split_locale(locale)
    patterns = DATE_WITH_YEAR if with_year else DATE
    return format_date(day, patterns[language], locale=_babel_locale(language, country))


@lru_cache(maxsize=2048)
def time(clock: datetime.time, locale: str) -> str:
    """A time on the borrower's clock, '6:00 p.m.'."""
    text = format_time(clock, "short", locale=_babel_locale(*split_locale(locale)))
    return text.translate(PLAIN_SPACES)


@lru_cache(maxsize=2048)
def duration(seconds: int, locale: str) -> str:
    """'2 horas y 30 minutos': whole days, hours and minutes, the zero ones left out."""
    babel_locale = _babel_locale(*split_locale(locale))
    parts: Sequence[timedelta] = (
        timedelta(days=seconds // 86400),
        timedelta(hours=seconds % 86400 // 3600),
        timedelta(minutes=seconds % 3600 // 60),
    )
    units = ("day", "hour", "minute")
    spoken = [
        format_timedelta(part, granularity=unit, threshold=10**9, locale=babel_locale)  # type: ignore[arg-type]
        for part, unit in zip(parts, units, strict=True)
        if part
    ]
    nothing = format_timedelta(timedelta(), granularity="minute", locale=babel_locale)
    return format_list(spoken, locale=babel_locale) if spoken else nothing
