"""Money, dates and times as they are read in each country."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import formats


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "spoken"),
    [
        (125050, "MXN", "es_MX", "$1,250.50"),
        (320000, "MXN", "es_MX", "$3,200.00"),
        (320000, "MXN", "es", "$3,200.00"),
        (320000, "MXN", "en_MX", "$3,200.00"),
        (320000, "MXN", "en", "$3,200.00"),
        (320000, "MXN", "es_MX_MX", "$3,200.00"),
        (0, "MXN", "es_MX", "$0.00"),
        (5, "MXN", "es_MX", "$0.05"),
        (-5000, "MXN", "es_MX", "-$50.00"),
        (123456789, "MXN", "es_MX", "$1,234,567.89"),
        (125050, "USD", "es_MX", "USD 1,250.50"),
        (125050, "MXN", "en_US", "MX$1,250.50"),
        (125050, "USD", "en_US", "$1,250.50"),
        (125050, "COP", "es_CO", "$1.250,50"),
        (15000, "CLP", "es_CL", "$15.000"),
        (15000, "PYG", "es_PY", "₲ 15.000"),
        (15000, "CLP", "es_MX", "CLP 15,000"),
        (125050, "MXN", "es_CO", "MXN 1.250,50"),
        (125050, "PEN", "es_PE", "S/ 1,250.50"),
        (125050, "PEN", "es_MX_PE", "S/ 1,250.50"),
        (125050, "KES", "en_KE", "Ksh1,250.50"),
        (125050, "GTQ", "es_GT", "Q1,250.50"),
    ],
)
def test_money_is_written_as_in_the_country(amount: int, currency: str, locale: str, spoken: str) -> None:
    assert formats.money(amount, currency, locale) == spoken


@given(st.integers(-(10**12), 10**12))
def test_no_cent_is_lost_in_writing(amount: int) -> None:
    spoken = formats.money(amount, "MXN", "es_MX")
    assert int(spoken.replace("$", "").replace(",", "").replace(".", "")) == amount


@pytest.mark.parametrize(
    ("locale", "with_year", "spoken"),
    [
        ("es_MX", False, "viernes 20 de noviembre"),
        ("es", False, "viernes 20 de noviembre"),
        ("es_CO", True, "viernes 20 de noviembre de 2026"),
        ("en", False, "Friday, November 20"),
        ("en_MX", True, "Friday, November 20, 2026"),
    ],
)
def test_a_date_starts_with_its_weekday(locale: str, with_year: bool, spoken: str) -> None:
    assert formats.date(date(2026, 11, 20), locale, with_year) == spoken


@pytest.mark.parametrize(
    ("clock", "locale", "spoken"),
    [
        (time(18, 0), "es_MX", "6:00 p.m."),
        (time(9, 5), "es_MX", "9:05 a.m."),
        (time(18, 0), "es", "6:00 p.m."),
        (time(18, 0), "es_CO", "6:00 p. m."),
        (time(18, 0), "en_MX", "6:00 PM"),
        (time(0, 0), "en", "12:00 AM"),
    ],
)
def test_a_time_is_told_on_twelve_hours(clock: time, locale: str, spoken: str) -> None:
    assert formats.time(clock, locale) == spoken


@pytest.mark.parametrize(
    ("seconds", "locale", "spoken"),
    [
        (0, "es_MX", "0 minutos"),
        (59, "es_MX", "0 minutos"),
        (60, "es_MX", "1 minuto"),
        (7200, "es_MX", "2 horas"),
        (9000, "es_MX", "2 horas y 30 minutos"),
        (86400, "es", "1 día"),
        (72 * 3600, "es_MX", "3 días"),
        (40 * 86400, "es_MX", "40 días"),
        (90061, "en_MX", "1 day, 1 hour, and 1 minute"),
    ],
)
def test_a_duration_is_told_in_whole_units(seconds: int, locale: str, spoken: str) -> None:
    assert formats.duration(seconds, locale) == spoken


@pytest.mark.parametrize(
    ("locale", "parts"),
    [("es", ("es", "")), ("es_MX", ("es", "MX")), ("es-MX", ("es", "MX")), ("es_MX_PE", ("es", "PE"))],
)
def test_the_last_country_counts(locale: str, parts: tuple[str, str]) -> None:
    assert formats.split_locale(locale) == parts
