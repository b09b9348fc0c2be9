"""Writing portfolio rows to the store, many in a few statements.

Rows are judged before anything is written. What the borrower chose in the chat (language, channel) is not
overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from desk.imports.contacts import write_contacts
from desk.imports.persons import Contact
from desk.imports.portfolio_rows import PortfolioRow
from desk.imports.report import BadValue, ImportReport, RowError
from loans import names, places
from loans.opening import change_terms, open_loans
from loans.schedule import ScheduledInstalment
from loans.tables import Borrower, Charge, Instalment, Loan, Payment
from locales.currencies import in_units
from store.ids import id_of

TERMS = ("principal", "currency", "method", "frequency", "disbursed_on")
LABELS = ("label", "product", "cycle")
CHOSEN_BY_BORROWER = ("language", "preferred_channel")
# Every row of one INSERT names the same columns.
NOTHING_TOLD: Mapping[str, Any] = {
    "birth_date": None,
    "document_ending": None,
    "language": "es",
    "zone": None,
    "region": "",
    "branch": "",
    "segment": "",
    "risk": "",
    "officer_name": "",
    "preferred_channel": None,
}


@dataclass(slots=True)
class Seen:
    """What earlier rows of the same file said: the first word on a person or loan holds."""

    loans: dict[str, int] = field(default_factory=dict)  # the line of each
    persons: dict[str, frozenset[str]] = field(default_factory=dict)  # the columns told of each


@dataclass(slots=True)
class Known:
    """What the store holds of one chunk of rows."""

    loans: dict[str, Loan]
    borrowers: dict[str, Borrower]
    ids: dict[str, int]  # of borrowers, the new ones too once they are written
    owners: dict[int, str]
    schedules: dict[int, list[tuple[int, date, int, int]]]
    moved: set[int]  # loans with payments or charges


class PortfolioWriter:
    """Remembers across the chunks of one file what was said before."""

    def __init__(self, session: Session, origin: str, now: datetime, report: ImportReport) -> None:
        self._session = session
        self._origin = origin
        self._now = now
        self._report = report
        self._seen = Seen()

    def write(self, rows: Sequence[PortfolioRow]) -> None:
        """Rows that the store itself refuses are found by halving; the others are written."""
        if not rows:
            return
        try:
            with self._session.begin_nested():
                self._write(rows)
        except sa.exc.StatementError:
            if len(rows) == 1:
                self._report.errors.append(RowError(rows[0].line, "loan", rows[0].loan.external_id, "row_refused"))
                return
            self.write(rows[: len(rows) // 2])
            self.write(rows[len(rows) // 2 :])

    def _write(self, rows: Sequence[PortfolioRow]) -> None:
        known = _known(self._session, rows)
        good, errors = _judge(rows, known, self._seen)
        owners = {row.line: _owner(row, known) for row in good}
        changed, told = self._write_persons(good, owners, known)
        contacts = _merged_contacts(good, owners, known)
        people = {borrower_id: external_id for external_id, borrower_id in known.ids.items()}
        places.follow(self._session, {known.ids[each] for each in changed if each in known.borrowers})
        changed |= {people[each] for each in write_contacts(self._session, contacts, self._origin, self._now)}
        opened, loans_changed = _write_loans(self._session, good, owners, known)
        # Counted at the end: a chunk that the store refuses is tried again in halves.
        self._report.errors += errors
        for row in good:
            updated = row.line in loans_changed or owners[row.line] in changed
            self._report.written += row.line in opened
            self._report.updated += row.line not in opened and updated
            self._report.unchanged += row.line not in opened and not updated
            self._note(row, known.borrowers.get(owners[row.line]))
        self._seen.loans.update({row.loan.external_id: row.line for row in good})
        self._seen.persons.update(told)

    def _note(self, row: PortfolioRow, stored: Borrower | None) -> None:
        notes = self._report.notes
        notes["without_zone"] += "zone" not in row.person and (stored is None or stored.zone is None)
        notes["without_address"] += not row.contacts
        notes["without_consent"] += bool(row.contacts) and not any(each.consent for each in row.contacts)

    def _write_persons(
        self, rows: Sequence[PortfolioRow], owners: Mapping[int, str], known: Known
    ) -> tuple[set[str], dict[str, frozenset[str]]]:
        """New and changed borrowers, and what was told of each; later rows only add what earlier ones left out."""
        changed: set[str] = set()
        renamed: dict[int, str] = {}
        told: dict[str, frozenset[str]] = {}
        new: dict[str, dict[str, Any]] = {}
        for row in rows:
            external_id = owners[row.line]
            before = told.get(external_id) or self._seen.persons.get(external_id, frozenset())
            fresh = {name: value for name, value in row.person.items() if name not in before}
            told[external_id] = before | fresh.keys()
            borrower = known.borrowers.get(external_id)
            if borrower is None:
                new.setdefault(external_id, {}).update(fresh)
            elif _update_person(borrower, fresh):
                changed.add(external_id)
                renamed[id_of(borrower)] = borrower.full_name
        known.ids.update(self._insert_persons(new))
        self._session.flush()
        fresh_names = {known.ids[external_id]: told_of["full_name"] for external_id, told_of in new.items()}
        names.index(self._session, fresh_names | renamed)
        return changed | new.keys(), told

    def _insert_persons(self, new: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        if not new:
            return {}
        rows = [
            {**NOTHING_TOLD, **told, "external_id": external_id, "created_at": self._now}
            for external_id, told in new.items()
        ]
        self._session.execute(sa.insert(Borrower), rows)
        found = select(Borrower.external_id, Borrower.id).where(col(Borrower.external_id).in_(new))
        return {external_id: borrower_id or 0 for external_id, borrower_id in self._session.exec(found)}


def _update_person(borrower: Borrower, fresh: Mapping[str, Any]) -> bool:
    different = {
        name: value
        for name, value in fresh.items()
        if getattr(borrower, name) != value and name not in CHOSEN_BY_BORROWER
    }
    for name, value in different.items():
        setattr(borrower, name, value)
    return bool(different)


def _known(session: Session, rows: Sequence[PortfolioRow]) -> Known:
    wanted = [row.loan.external_id for row in rows]
    loans = {each.external_id: each for each in session.exec(select(Loan).where(col(Loan.external_id).in_(wanted)))}
    ids, owner_ids = [id_of(loan) for loan in loans.values()], {loan.borrower_id for loan in loans.values()}
    people = [row.borrower or row.derived_borrower for row in rows]
    found = session.exec(
        select(Borrower).where(col(Borrower.external_id).in_(people) | col(Borrower.id).in_(owner_ids))
    ).all()
    return Known(
        loans=loans,
        borrowers={each.external_id: each for each in found},
        ids={each.external_id: id_of(each) for each in found},
        owners={id_of(each): each.external_id for each in found},
        schedules=_stored_schedules(session, ids),
        moved=set(session.exec(select(Payment.loan_id).where(col(Payment.loan_id).in_(ids)).distinct()))
        | set(session.exec(select(Charge.loan_id).where(col(Charge.loan_id).in_(ids)).distinct())),
    )


def _stored_schedules(session: Session, loan_ids: Sequence[int]) -> dict[int, list[tuple[int, date, int, int]]]:
    found: dict[int, list[tuple[int, date, int, int]]] = {loan_id: [] for loan_id in loan_ids}
    rows = session.execute(
        sa.select(
            col(Instalment.loan_id),
            col(Instalment.number),
            col(Instalment.original_due),
            col(Instalment.principal),
            col(Instalment.interest),
        )
        .where(col(Instalment.loan_id).in_(loan_ids))
        .order_by(col(Instalment.number))
    )
    for loan_id, *rest in rows:
        found[loan_id].append((rest[0], rest[1], rest[2], rest[3]))
    return found


def _judge(rows: Sequence[PortfolioRow], known: Known, seen: Seen) -> tuple[list[PortfolioRow], list[RowError]]:
    good: list[PortfolioRow] = []
    errors = []
    lines = dict(seen.loans)
    for row in rows:
        bad = _what_is_wrong(row, known, lines)
        if bad is None:
            good.append(row)
            lines[row.loan.external_id] = row.line
        else:
            errors.append(RowError.of(row.line, bad))
    return good, errors


def _what_is_wrong(row: PortfolioRow, known: Known, lines: Mapping[str, int]) -> BadValue | None:
    loan_id = row.loan.external_id
    if loan_id in lines:
        return BadValue("loan", loan_id, "loan_twice", line=lines[loan_id])
    stored = known.loans.get(loan_id)
    if stored is None:
        return None
    owner = known.owners[stored.borrower_id]
    if row.borrower is not None and row.borrower != owner:
        return BadValue("borrower", row.borrower, "loan_of_other_borrower", borrower=owner)
    if id_of(stored) in known.moved and (changed := _changed_terms(row, stored, known)):
        return BadValue(changed, _value_of(row, changed), "terms_locked")
    return None


def _value_of(row: PortfolioRow, name: str) -> Any:
    value = getattr(row.loan, name, None)
    return str(in_units(value, row.loan.currency)) if name == "principal" and value is not None else value


def _changed_terms(row: PortfolioRow, stored: Loan, known: Known) -> str | None:
    """The first term that differs from the stored loan's."""
    for name in TERMS:
        if getattr(row.loan, name) != getattr(stored, name):
            return name
    if row.loan.annual_rate != Decimal(stored.annual_rate):
        return "rate"
    return None if _as_stored(row.loan.instalments) == known.schedules[id_of(stored)] else "instalments"


def _as_stored(instalments: Sequence[ScheduledInstalment]) -> list[tuple[int, date, int, int]]:
    return sorted((each.n, each.due, each.principal, each.interest) for each in instalments)


def _owner(row: PortfolioRow, known: Known) -> str:
    stored = known.loans.get(row.loan.external_id)
    return known.owners[stored.borrower_id] if stored is not None else row.borrower or row.derived_borrower


def _merged_contacts(rows: Sequence[PortfolioRow], owners: Mapping[int, str], known: Known) -> dict[int, list[Contact]]:
    """By borrower; a place that two rows name is the first row's."""
    found: dict[int, dict[tuple[str, str], Contact]] = {}
    for row in rows:
        listed = found.setdefault(known.ids[owners[row.line]], {})
        for contact in row.contacts:
            listed.setdefault((contact.channel, contact.value), contact)
    return {borrower_id: list(listed.values()) for borrower_id, listed in found.items()}


def _write_loans(
    session: Session, rows: Sequence[PortfolioRow], owners: Mapping[int, str], known: Known
) -> tuple[set[int], set[int]]:
    """Lines with a new loan, and lines whose loan changed."""
    fresh, changed = [], set()
    for row in rows:
        stored = known.loans.get(row.loan.external_id)
        if stored is None:
            fresh.append(row)
        elif _update_loan(session, row, stored, known):
            changed.add(row.line)
    open_loans(session, [(known.ids[owners[row.line]], row.loan) for row in fresh])
    return {row.line for row in fresh}, changed


def _update_loan(session: Session, row: PortfolioRow, stored: Loan, known: Known) -> bool:
    labels = {name: getattr(row.loan, name) for name in LABELS if name in row.given}
    different = {name: value for name, value in labels.items() if getattr(stored, name) != value}
    terms = _changed_terms(row, stored, known)
    if terms:
        kept = {name: getattr(stored, name) for name in LABELS if name not in row.given}
        change_terms(session, stored, replace(row.loan, **kept))
    for name, value in different.items():
        setattr(stored, name, value)
    return bool(terms or different)
