"""People at work: staff, cases, the audit trail and what was imported."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.columns import EncryptedText, UTCDateTime


class Staff(SQLModel, table=True):
    __tablename__ = "staff"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    role: str  # admin | supervisor | collector | auditor
    branch: str = ""  # empty = all branches
    language: str = "es"
    active: bool = True
    created_at: datetime = Field(sa_type=UTCDateTime)


class Case(SQLModel, table=True):
    """Work for a person. One turn opens at most one case per reason; one open case per conversation and reason."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("turn_id", "reason"),
        Index(
            "ix_case_open",
            "priority",
            "opened_at",
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    reason: str  # desk.cases.Reason
    state: str = "open"  # open | taken | closed
    priority: int = 5  # 0 = now .. 9
    borrower_id: int | None = Field(default=None, foreign_key="borrower.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id", index=True)
    loan_id: int | None = Field(default=None, foreign_key="loan.id")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    offers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    opened_at: datetime = Field(sa_type=UTCDateTime)
    taken_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: str = ""
    turn_id: str | None = None


class CaseEvent(SQLModel, table=True):
    __tablename__ = "case_event"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    kind: str  # opened | again | taken | note | answered | given_back | closed
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    note: str = Field(default="", sa_type=EncryptedText)
    at: datetime = Field(sa_type=UTCDateTime)


class AuditEvent(SQLModel, table=True):
    """What a person or the system changed; append-only."""

    __tablename__ = "audit_event"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str  # staff:<id> | system | command_line
    action: str
    subject: str  # 'loan:17'
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ImportRun(SQLModel, table=True):
    """One file taken in, with the rows that were refused."""

    __tablename__ = "import_run"
    id: int | None = Field(default=None, primary_key=True)
    kind: str  # portfolio | payments
    file_name: str
    file_sha256: str = Field(index=True)
    at: datetime = Field(sa_type=UTCDateTime)
    rows: int = 0
    written: int = 0
    unchanged: int = 0
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
