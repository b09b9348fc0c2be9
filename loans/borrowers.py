"""Borrowers entered or changed one by one, by staff or the lender's own system."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlmodel import Session, select

from loans import names, places
from loans.errors import LedgerError
from loans.tables import Borrower
from store.ids import id_of


def add(session: Session, given: Mapping[str, Any], now: datetime) -> Borrower:
    """`given` names columns; `external_id` and `full_name` are needed. The first word is the given name if none is."""
    _check(given)
    known = select(Borrower.id).where(Borrower.external_id == given["external_id"])
    if session.exec(known).first() is not None:
        raise _taken(given["external_id"])
    told = {"given_name": given["full_name"].split()[0], **given}
    borrower = Borrower(**told, created_at=now)
    try:
        with session.begin_nested():
            session.add(borrower)
    except sa.exc.IntegrityError as clash:  # Another process has entered the same one since we looked.
        raise _taken(given["external_id"]) from clash
    names.index(session, {id_of(borrower): borrower.full_name})
    return borrower


def change(session: Session, borrower: Borrower, given: Mapping[str, Any]) -> None:
    """Columns that are not given stay."""
    _check(given)
    for name, value in given.items():
        setattr(borrower, name, value)
    session.add(borrower)
    session.flush()
    places.follow(session, [id_of(borrower)])
    if "full_name" in given:
        names.index(session, {id_of(borrower): borrower.full_name})


def _check(given: Mapping[str, Any]) -> None:
    for field in ("full_name", "given_name", "external_id"):
        if field in given and not given[field].strip():
            raise LedgerError(field, given[field], "give it", reason="missing")
    zone = given.get("zone")
    if zone is not None and zone not in available_timezones():
        raise LedgerError("zone", zone, "give an IANA zone such as America/Mexico_City", reason="zone")


def _taken(external_id: str) -> LedgerError:
    return LedgerError(
        "external_id", external_id, "this borrower is already known; change them", reason="borrower_known"
    )
