from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.formulas import ipmt, pmt, ppmt
from tests.loans.ledger_vectors import load


def fraction(text: str) -> Decimal:
    top, _, bottom = text.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


@pytest.mark.parametrize("vector", load("formula")["vectors"], ids=lambda v: v["id"])
def test_formulas_agree_with_other_systems(vector: dict[str, Any]) -> None:
    rate, n, pv = fraction(vector["rate"]), vector["n"], Decimal(vector["pv"])
    if vector["fn"] == "pmt":
        got = pmt(rate, n, pv)
    else:
        got = {"ipmt": ipmt, "ppmt": ppmt}[vector["fn"]](rate, vector["k"], n, pv)
    expected = Decimal(vector["expected"])
    tolerance = Decimal(vector.get("tol", "1e-9").split()[0])
    assert abs(got - expected) <= tolerance * abs(expected)


@given(st.decimals(0, 1, places=4), st.integers(1, 60), st.integers(1, 10**7), st.booleans())
def test_principal_parts_add_up_to_the_loan(rate: Decimal, n: int, pv: int, begin: bool) -> None:
    total = sum((ppmt(rate, k, n, Decimal(pv), begin=begin) for k in range(1, n + 1)), Decimal(0))
    assert abs(total - pv) < Decimal("1e-6") * pv


def test_a_period_outside_the_loan_is_named() -> None:
    with pytest.raises(ValueError, match="k is 13"):
        ipmt(Decimal("0.01"), 13, 12, Decimal(1000))
    with pytest.raises(ValueError, match="n is 0"):
        pmt(Decimal("0.01"), 0, Decimal(1000))
