"""The lender's own data and the ways to pay: checked before they reach a borrower's phone."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from sqlmodel import Session, select

from loans.errors import LedgerError
from loans.tables import Lender, PaymentMethod

KINDS = ("oxxo", "spei", "branch", "app", "other")
NEEDED = ("name", "legal_name", "phone")


def change_lender(session: Session, given: Mapping[str, str]) -> Lender:
    """Fields that are not given stay; a first entry needs name, legal_name and phone."""
    lender = session.get(Lender, 1)
    if lender is None:
        for field in NEEDED:
            if not given.get(field):
                raise LedgerError(field, "", "give it: borrowers must know who writes", reason="missing")
        lender = Lender(id=1, **given)
    _check(given)
    for field, value in given.items():
        setattr(lender, field, value.strip())
    session.add(lender)
    session.flush()
    return lender


def change_way_to_pay(
    session: Session, kind: str, name: str, *, account: str = "", note: str = "", active: bool = True
) -> PaymentMethod:
    if kind not in KINDS:
        raise LedgerError("kind", kind, f"give one of {', '.join(KINDS)}", reason="unknown_kind")
    way = session.exec(select(PaymentMethod).where(PaymentMethod.name == name)).first()
    way = way or PaymentMethod(kind=kind, name=name)
    way.kind, way.account, way.note, way.active = kind, account, note, active
    session.add(way)
    session.flush()
    return way


def _check(given: Mapping[str, str]) -> None:
    if "zone" in given and given["zone"] not in available_timezones():
        raise LedgerError("zone", given["zone"], "give an IANA zone such as America/Mexico_City", reason="zone")
    if "currency" in given and given["currency"] not in list_currencies():
        raise LedgerError("currency", given["currency"], "give an ISO code such as MXN", reason="currency")
    if "country" in given and not (len(given["country"]) == 2 and given["country"].isupper()):
        raise LedgerError("country", given["country"], "give an ISO code of two capitals such as MX", reason="country")
