"""What the contact rules read, as it was before: every change of it is kept, whoever made it.

A row that changes leaves what it said in `change`, in the same transaction and by the store itself, so that an import,
a turn and a hand at the database are kept alike. Nothing here is personal: numbers of rows, instants and states.
The state at a position is what the first later change left behind, or the row as it stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, Index, event
from sqlmodel import Field, SQLModel

from store.columns import UTCDateTime

PURPOSE = "own_customer_reminder"
# A message in one of these states has never left us.
NEVER_LEFT = ("cancelled", "skipped", "failed")


class Change(SQLModel, table=True):
    """What one row said before a change; `was` is empty for a row that was new. Written by triggers only."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_of_row", "thing", "ref", "id"),
        Index("ix_change_of_borrower", "borrower_id", "thing", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    thing: str  # the table
    ref: int  # the row; of a link its address
    borrower_id: int | None = None  # of a link, a wish, a hold, a promise, a plan, a message
    was: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    recorded_at: datetime = Field(sa_type=UTCDateTime)  # real time, also where the clock is moved


class ConsentEvent(SQLModel, table=True):
    """The ledger of consent: given or withdrawn, for what, by which evidence. Written by triggers only.

    Without a borrower it is a stop of the whole address, by whoever holds it."""

    __tablename__ = "consent_event"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(index=True)
    borrower_id: int | None = Field(default=None, index=True)
    purpose: str = PURPOSE
    given: bool
    evidence: str
    at: datetime = Field(sa_type=UTCDateTime)


@dataclass(frozen=True, slots=True)
class Watched:
    """One table whose changes are kept: of which columns, and whether rows that come and go leave a mark too."""

    columns: tuple[str, ...]
    ref: str = "id"
    borrower: str | None = None
    new: bool = False
    gone: bool = False


WATCHED: Mapping[str, Watched] = {
    "borrower": Watched(("country", "zone", "preferred_channel", "preferred_time")),
    "address": Watched(
        (
            "opted_out_at",
            "wrong_person_at",
            "blocked_at",
            "confirmed_at",
            "verified_until",
            "verified_borrower_id",
            "last_inbound_at",
        )
    ),
    "address_borrower": Watched(
        ("consent_at", "consent_withdrawn_at", "position"), "address_id", "borrower_id", new=True, gone=True
    ),
    "conversation": Watched(("owner",)),
    "hold": Watched(("event", "from_at", "until_at", "lifted_at"), borrower="borrower_id", new=True),
    "wish": Watched(("withdrawn_at", "until_at"), borrower="borrower_id", new=True),
    "promise": Watched(("state",), borrower="borrower_id", new=True),
    "plan": Watched(("state",), borrower="borrower_id", new=True),
    "channels_on": Watched(("names",), new=True),
    "lender": Watched(("zone",)),
    "message": Watched(("status", "sent_at", "send_after"), borrower="borrower_id"),
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """What the store does by itself after a row is written."""

    name: str
    table: str
    on: str  # INSERT | UPDATE | DELETE
    when: str
    does: str

    def written(self, dialect: str) -> Iterator[str]:
        condition = f" WHEN ({self.when})" if self.when else ""
        event = f'AFTER {self.on} ON "{self.table}"'
        if dialect == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {self.name}"
            yield f"CREATE TRIGGER {self.name} {event}{condition} BEGIN {self.does}; END"
            return
        body = f"$$ BEGIN {self.does}; RETURN NULL; END $$"
        yield f'DROP TRIGGER IF EXISTS {self.name} ON "{self.table}"'
        yield f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS {body}"
        yield f"CREATE TRIGGER {self.name} {event} FOR EACH ROW{condition} EXECUTE FUNCTION {self.name}()"


def statements(dialect: str, watched: Mapping[str, Watched] = WATCHED) -> Iterator[str]:
    """The triggers, for SQLite or PostgreSQL; written anew where they are there already."""
    triggers = [trigger for table, each in watched.items() for trigger in _triggers(dialect, table, each)]
    for trigger in (*triggers, *_ledger(dialect)):
        yield from trigger.written(dialect)


def _triggers(dialect: str, table: str, each: Watched) -> Iterator[Trigger]:
    pairs = ", ".join(f"'{name}', OLD.{name}" for name in each.columns)
    was = f"json_object({pairs})" if dialect == "sqlite" else f"json_build_object({pairs})"
    borrower = f"OLD.{each.borrower}" if each.borrower else "NULL"
    old = _keep(dialect, f"'{table}', OLD.{each.ref}, {borrower}, {was}")
    yield Trigger(f"change_of_{table}", table, "UPDATE", _differs(dialect, table, each), old)
    if each.gone:
        yield Trigger(f"end_of_{table}", table, "DELETE", "", old)
    if each.new:
        new = _keep(dialect, f"'{table}', NEW.{each.ref}, {borrower.replace('OLD.', 'NEW.')}, NULL")
        yield Trigger(f"start_of_{table}", table, "INSERT", "", new)


def _ledger(dialect: str) -> Iterator[Trigger]:
    """Consent and its end, each once, at the instant that the row itself names."""
    other = _other_than(dialect)
    yes, no = ("1", "0") if dialect == "sqlite" else ("true", "false")
    given = _note(f"NEW.address_id, NEW.borrower_id, {yes}, NEW.consent_evidence, NEW.consent_at")
    ended = _note(f"NEW.address_id, NEW.borrower_id, {no}, NEW.consent_evidence, NEW.consent_withdrawn_at")
    stopped = _note(f"NEW.id, NULL, {no}, NEW.opted_out_why, NEW.opted_out_at")
    new = "NEW.consent_at IS NOT NULL"
    anew = f"{new} AND (NEW.consent_at {other} OLD.consent_at OR OLD.consent_withdrawn_at IS NOT NULL)"
    anew += " AND NEW.consent_withdrawn_at IS NULL"
    withdrawn = f"NEW.consent_withdrawn_at IS NOT NULL AND NEW.consent_withdrawn_at {other} OLD.consent_withdrawn_at"
    out = f"NEW.opted_out_at IS NOT NULL AND NEW.opted_out_at {other} OLD.opted_out_at"
    yield Trigger("consent_at_start", "address_borrower", "INSERT", new, given)
    yield Trigger("consent_given", "address_borrower", "UPDATE", anew, given)
    yield Trigger("consent_withdrawn", "address_borrower", "UPDATE", withdrawn, ended)
    yield Trigger("consent_stopped", "address", "UPDATE", out, stopped)


def _note(values: str) -> str:
    columns = "address_id, borrower_id, given, evidence, at, purpose"
    return f"INSERT INTO consent_event ({columns}) VALUES ({values}, '{PURPOSE}')"  # noqa: S608  (our own names)


def _keep(dialect: str, values: str) -> str:
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if dialect == "sqlite" else "timezone('utc', now())"
    columns = "thing, ref, borrower_id, was, recorded_at"
    return f"INSERT INTO change ({columns}) VALUES ({values}, {now})"  # noqa: S608  (our own names)


def _differs(dialect: str, table: str, each: Watched) -> str:
    other = _other_than(dialect)
    if table != "message":
        return " OR ".join(f"OLD.{name} {other} NEW.{name}" for name in each.columns)
    # Of a message only what makes it an attempt, and when: most of its states say nothing about that.
    left = ", ".join(f"'{state}'" for state in NEVER_LEFT)
    return (
        "OLD.direction = 'out' AND OLD.kind NOT IN ('reply', 'opt_out_confirmation')"
        f" AND (OLD.sent_at {other} NEW.sent_at OR OLD.send_after {other} NEW.send_after"
        f" OR (OLD.status IN ({left})) <> (NEW.status IN ({left})))"
    )


def _other_than(dialect: str) -> str:
    """Of values that may be missing."""
    return "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"


@event.listens_for(SQLModel.metadata, "after_create")
def _install(_target: sa.MetaData, connection: sa.Connection, tables: Iterable[sa.Table] = (), **_: Any) -> None:
    """A store that is made at once, as those of tests and benchmarks, keeps changes as an upgraded one does."""
    if not {*WATCHED, Change.__tablename__} <= {each.name for each in tables}:
        return
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
