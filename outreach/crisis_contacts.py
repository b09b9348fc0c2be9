"""Whom somebody in distress can call. A row needs its source and the day on which a person confirmed it: nobody invents
a number, and a row that nobody has confirmed is not shown."""

import re
from datetime import date
from typing import Any

from phonenumbers import shortnumberinfo
from sqlmodel import Session, col, select

from outreach.tables import CrisisContact

# Tried in this order; 112 is answered by mobile networks elsewhere.
_EMERGENCY = ("911", "123", "112", "999", "131", "105")
_COUNTRY = re.compile(r"[A-Z]{2}")


class CrisisContactError(Exception):
    """Says the field, the value and the fix."""


def help_in(session: Session, country: str) -> list[dict[str, Any]]:
    """The phrases that somebody in danger reads: keys and values, the public emergency number first."""
    rows = [each for each in of_country(session, country) if each.confirmed_on is not None]
    return [
        {"key": "distress.help", "values": {"emergency": emergency_number(country)}},
        *({"key": "distress.contact_row", "values": {"text": each.text}} for each in rows),
    ]


def emergency_number(country: str) -> str:
    """The public one, from libphonenumber's short-number metadata."""
    known = [number for number in _EMERGENCY if shortnumberinfo.is_emergency_number(number, country)]
    return known[0] if known else "112"


def of_country(session: Session, country: str | None = None) -> list[CrisisContact]:
    """All countries when none is given."""
    wanted = select(CrisisContact).order_by(col(CrisisContact.country), col(CrisisContact.id))
    return list(session.exec(wanted if country is None else wanted.where(CrisisContact.country == country)))


def add(  # noqa: PLR0917
    session: Session, country: str, text: str, source: str, confirmed_on: date | None, today: date
) -> int:
    country, text, source = country.strip().upper(), " ".join(text.split()), source.strip()
    if not _COUNTRY.fullmatch(country):
        raise CrisisContactError(f"country {country!r}: give the ISO code of two letters, such as MX.")
    if not text:
        raise CrisisContactError("text: say who answers and how to reach them.")
    if not source:
        raise CrisisContactError("source: say where the number was read, such as the service's own page.")
    _not_later(confirmed_on, today)
    row = CrisisContact(country=country, text=text, source=source, confirmed_on=confirmed_on)
    session.add(row)
    session.flush()
    return row.id or 0


def confirm(session: Session, contact_id: int, on: date, today: date) -> None:
    """Somebody has called it, or read it at its source again, on that day."""
    _not_later(on, today)
    row = _found(session, contact_id)
    row.confirmed_on = on
    session.add(row)


def remove(session: Session, contact_id: int) -> None:
    session.delete(_found(session, contact_id))


def _found(session: Session, contact_id: int) -> CrisisContact:
    row = session.get(CrisisContact, contact_id)
    if row is None:
        raise CrisisContactError(f"There is no crisis contact {contact_id}: see alcorriente lender crisis list.")
    return row


def _not_later(on: date | None, today: date) -> None:
    if on is not None and on > today:
        raise CrisisContactError(f"confirmed on {on}: that day has not come yet; today is {today}.")
