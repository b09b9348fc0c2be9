from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.imports import values
from desk.imports.portfolio_rows import currency
from desk.imports.report import BadValue
from desk.imports.zones import zone, zone_of_state


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1250.50", 1250_50),
        ("1,250.50", 1250_50),
        ("1.250,50", 1250_50),
        ("$ 1,250.5", 1250_50),
        ("$1,250 MXN", 1250_00),
        ("1250,5", 1250_50),
        ("1.250", 1250_00),
        ("1,250", 1250_00),
        ("12,345,678.90", 12_345_678_90),
        ("12.345.678", 12_345_678_00),
        ("1 250.50", 1250_50),
        ("1\u00a0250,50 pesos", 1250_50),
        ("-20.00", -20_00),
        ("-$20", -20_00),
        (1250, 1250_00),
        (1250.5, 1250_50),
        (0.1 + 0.2, 30),
    ],
)
def test_amounts_are_read_as_written_in_mexico_and_elsewhere(cell: Any, minor: int) -> None:
    assert values.amount("amount", cell, "MXN") == minor


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("doce", "amount_unreadable"),
        ("", "amount_unreadable"),
        ("1,25,000", "amount_unreadable"),
        ("1.25.0", "amount_unreadable"),
        ("nan", "amount_unreadable"),
        (float("inf"), "amount_unreadable"),
        (True, "amount_unreadable"),
        (date(2026, 1, 1), "amount_unreadable"),
        ("1e400", "amount_unreadable"),
        ("12.3456", "amount_decimals"),
        (12.345, "amount_decimals"),
    ],
)
def test_other_amounts_are_refused(cell: Any, problem: str) -> None:
    with pytest.raises(BadValue) as bad:
        values.amount("amount", cell, "MXN")
    assert (bad.value.field, bad.value.problem) == ("amount", problem)


@pytest.mark.parametrize(
    "cell",
    [
        "31/01/2026",
        "31-01-2026",
        "31.01.2026",
        "31/1/26",
        "2026-01-31",
        "2026/01/31",
        "2026-01-31 00:00:00",
        "2026-01-31T10:00:00Z",
        "31-ene-2026",
        "31 de enero de 2026",
        "31 January 2026",
        "46053",
        46053,
        46053.0,
        date(2026, 1, 31),
        datetime(2026, 1, 31, 9, 30),  # noqa: DTZ001  (a spreadsheet's date has no zone)
    ],
)
def test_dates_are_read_day_first(cell: Any) -> None:
    assert values.day("date", cell) == date(2026, 1, 31)


@pytest.mark.parametrize("cell", ["01/31/2026", "30/02/2026", "mañana", "", "2026", 12, "31/xyz/2026", "99999", True])
def test_other_dates_are_refused(cell: Any) -> None:
    with pytest.raises(BadValue):
        values.day("date", cell)


@pytest.mark.parametrize(
    "cell",
    [
        "5512345678",
        "55 1234 5678",
        "(55) 1234-5678",
        "+52 55 1234 5678",
        "+52 1 55 1234 5678",
        "044 55 1234 5678",
        "5215512345678",
        "525512345678",
        5512345678,
        5512345678.0,
    ],
)
def test_telephones_become_one_number(cell: Any) -> None:
    assert values.phone("phone", cell, "MX") == "+525512345678"


@pytest.mark.parametrize("cell", ["12345", "no tiene", "55123456789012345", "+999"])
def test_other_telephones_are_refused(cell: Any) -> None:
    with pytest.raises(BadValue):
        values.phone("phone", cell, "MX")


def test_several_telephones_may_share_a_cell() -> None:
    assert values.phones("phone", "5512345678 / 55 8765 4321", "MX") == ["+525512345678", "+525587654321"]


@pytest.mark.parametrize(("cell", "rate"), [("36", 36), ("36 %", 36), ("36,5%", "36.5"), (60.0, 60), (0, 0)])
def test_rates_are_percentages(cell: Any, rate: Any) -> None:
    assert values.percent("rate", cell) == Decimal(rate)


@pytest.mark.parametrize("cell", [0.36, "0.6", "1.2", "-3", "2000", "alta"])
def test_a_rate_that_may_be_a_fraction_is_refused(cell: Any) -> None:
    with pytest.raises(BadValue):
        values.percent("rate", cell)


@pytest.mark.parametrize(("cell", "meant"), [("Sí", True), ("SI", True), ("x", True), (True, True), ("no", False)])
def test_yes_and_no(cell: Any, meant: bool) -> None:
    assert values.yes("consent", cell) is meant


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("America/Tijuana", "America/Tijuana"),
        ("america/tijuana", "America/Tijuana"),
        ("Tijuana", "America/Tijuana"),
        ("Ciudad Juárez", "America/Ciudad_Juarez"),
        ("Centro", "America/Mexico_City"),
    ],
)
def test_zones_are_known_by_name_city_and_word(cell: str, name: str) -> None:
    assert zone("zone", cell) == name


def test_a_state_on_record_gives_its_zone() -> None:
    assert zone_of_state("Sonora") == "America/Hermosillo"
    assert zone_of_state("MICHOACÁN") == "America/Mexico_City"
    assert zone_of_state("Región Norte") is None
    with pytest.raises(BadValue):
        zone("zone", "Marte")


@pytest.mark.parametrize("cell", ["15.000", "$15.000", 15000.0, "15.000,00"])
def test_pesos_of_chile_have_no_cents(cell: Any) -> None:
    assert values.amount("amount", cell, "CLP") == 15_000
    with pytest.raises(BadValue, match="amount_decimals"):
        values.amount("amount", "15.000,50", "CLP")


@pytest.mark.parametrize(("cell", "code"), [("mxn", "MXN"), ("Pesos", "MXN"), ("USD", "USD")])
def test_currencies_become_codes(cell: str, code: str) -> None:
    assert currency("currency", cell) == code


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_no_cell_raises_anything_but_a_bad_value(cell: Any) -> None:
    readers = (
        partial(values.amount, currency="CLP"),
        values.day,
        values.percent,
        values.whole,
        values.yes,
        zone,
        currency,
    )
    for read in readers:
        with suppress(BadValue):
            read("field", cell)
    with suppress(BadValue):
        values.phones("phone", cell, "MX")


@given(st.integers(0, 10**11))
def test_an_amount_reads_back_in_both_styles(minor: int) -> None:
    mexican = f"{minor // 100:,}.{minor % 100:02}"
    other = f"{minor // 100:,}".replace(",", ".") + f",{minor % 100:02}"
    assert values.amount("amount", mexican, "MXN") == values.amount("amount", other, "MXN") == minor
