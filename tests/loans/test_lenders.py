"""The lender's data: what is refused names field and fix; what is not given stays."""

import pytest
from sqlmodel import Session

from loans import accounts
from loans.errors import LedgerError
from loans.lenders import change_lender, change_way_to_pay

FIRST = {"name": "Caja Sol", "legal_name": "Caja Sol SC", "phone": "+525512345678"}


@pytest.mark.parametrize("missing", FIRST)
def test_a_first_entry_needs_the_names_and_the_phone(session: Session, missing: str) -> None:
    with pytest.raises(LedgerError, match=missing):
        change_lender(session, {key: value for key, value in FIRST.items() if key != missing})


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Mexico"), ("currency", "PESO"), ("country", "mx"), ("country", "MEX")]
)
def test_what_no_clock_or_format_knows_is_refused(session: Session, field: str, value: str) -> None:
    with pytest.raises(LedgerError, match=field):
        change_lender(session, FIRST | {field: value})


def test_what_is_not_given_stays(session: Session) -> None:
    change_lender(session, FIRST | {"zone": "America/Bogota", "country": "CO", "currency": "COP"})
    change_lender(session, {"phone": "+573001234567"})
    lender = accounts.lender(session)
    assert (lender.name, lender.zone, lender.phone) == ("Caja Sol", "America/Bogota", "+573001234567")


def test_a_way_to_pay_is_changed_by_its_name_and_can_be_left_out(session: Session) -> None:
    change_way_to_pay(session, "oxxo", "Oxxo", account="1111")
    change_way_to_pay(session, "oxxo", "Oxxo", account="2222")
    assert [way.account for way in accounts.payment_methods(session)] == ["2222"]
    change_way_to_pay(session, "oxxo", "Oxxo", active=False)
    assert accounts.payment_methods(session) == []


def test_an_unknown_kind_of_payment_names_the_known_ones(session: Session) -> None:
    with pytest.raises(LedgerError, match="spei"):
        change_way_to_pay(session, "cheque", "Cheque")
