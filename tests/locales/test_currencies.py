"""How finely money is counted: the same wherever it is read, kept and written."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import console, currencies
from understanding.amounts.currencies import CURRENCIES, minor_units


@pytest.mark.parametrize(
    ("minor", "currency", "units"),
    [
        (125_050, "MXN", "1250.50"),
        (5, "MXN", "0.05"),
        (1, "COP", "0.01"),
        (15_000, "CLP", "15000"),
        (15_000, "PYG", "15000"),
    ],
)
def test_minor_units_are_hundredths_or_whole_as_the_currency_has_it(minor: int, currency: str, units: str) -> None:
    assert str(currencies.in_units(minor, currency)) == units


@given(st.integers(-(10**15), 10**15), st.sampled_from(["MXN", "CLP", "PYG", "USD", "KWD"]))
def test_units_read_back(minor: int, currency: str) -> None:
    assert currencies.in_minor_units(currencies.in_units(minor, currency), currency) == minor


@pytest.mark.parametrize("currency", ["MXN", *CURRENCIES])
def test_what_borrowers_type_is_counted_the_same_way(currency: str) -> None:
    assert minor_units("1500", currency) == currencies.in_minor_units(Decimal(1500), currency)


def test_the_console_is_told_of_the_unusual_ones(tmp_path: Path) -> None:
    console.write(tmp_path)
    told = json.loads((tmp_path / "decimals.json").read_text("utf-8"))
    assert (told["CLP"], told["PYG"], told.get("MXN"), told.get("COP")) == (0, 0, None, None)
