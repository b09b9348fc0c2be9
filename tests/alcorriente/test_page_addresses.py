"""`ALCORRIENTE_PAGE_ADDRESSES`: who is called when a borrower may be in danger."""

import pytest
from pydantic import ValidationError

from alcorriente.settings import Settings


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ()),
        ("sms:+525512345678", ("sms:+525512345678",)),
        (" whatsapp:+525512345678 , telegram:778899 ", ("whatsapp:+525512345678", "telegram:778899")),
    ],
)
def test_addresses_are_read(monkeypatch: pytest.MonkeyPatch, given: str, read: tuple[str, ...]) -> None:
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    monkeypatch.setenv("ALCORRIENTE_PAGE_ADDRESSES", given)
    assert Settings().page_addresses == read


@pytest.mark.parametrize("given", ["5512345678", "sms:5512345678", "mail:ana@example.mx", "telegram:@ana"])
def test_what_is_no_address_is_named(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    monkeypatch.setenv("ALCORRIENTE_PAGE_ADDRESSES", given)
    with pytest.raises(ValidationError, match="PAGE_ADDRESSES"):
        Settings()
