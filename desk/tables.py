"""People at work: staff and how they sign in, cases, the audit trail and what was imported."""

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
    role: str  # desk.access.Role
    branches: list[str] = Field(default_factory=list, sa_type=JSON)  # empty = all branches
    regions: list[str] = Field(default_factory=list, sa_type=JSON)  # assignment only; empty = all regions
    languages: list[str] = Field(default_factory=list, sa_type=JSON)  # assignment only; empty = all languages
    case_limit: int = 300  # open cases at once; assignment passes over who has as many
    language: str = "es"
    active: bool = True
    created_at: datetime = Field(sa_type=UTCDateTime)


class StaffSession(SQLModel, table=True):
    """A signed-in browser. Only the hash of its cookie is kept."""

    __tablename__ = "staff_session"
    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    last_used_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SignInFailures(SQLModel, table=True):
    """Wrong passwords in a row for an e-mail, whether or not anybody has it, so that a lock tells nothing."""

    __tablename__ = "sign_in_failures"
    email_index: str = Field(primary_key=True)  # store.encryption.blind_index(email)
    count: int = 0
    last_at: datetime = Field(sa_type=UTCDateTime)
    locked_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ApiToken(SQLModel, table=True):
    """How another program signs in. Only the hash is kept."""

    __tablename__ = "api_token"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    token_hash: str = Field(unique=True)
    scopes: list[str] = Field(sa_type=JSON)  # desk.access.Permission
    branches: list[str] = Field(default_factory=list, sa_type=JSON)  # empty = all branches
    created_by: int = Field(foreign_key="staff.id")
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class IdempotencyKey(SQLModel, table=True):
    """The answer that a write was given, to be given again when the same write comes again."""

    __tablename__ = "idempotency_key"
    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: str
    status: int
    body: Any = Field(default=None, sa_type=JSON)
    created_at: datetime = Field(sa_type=UTCDateTime, index=True)


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
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)  # who has it, taken over or not
    opened_at: datetime = Field(sa_type=UTCDateTime)
    assigned_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    escalated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # unattended too long
    taken_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: str = ""
    turn_id: str | None = None


class CaseEvent(SQLModel, table=True):
    __tablename__ = "case_event"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    kind: str  # opened | again | assigned | escalated | taken | note | answered | given_back | closed
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    note: str = Field(default="", sa_type=EncryptedText)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)  # what was answered
    at: datetime = Field(sa_type=UTCDateTime)


class AuditEvent(SQLModel, table=True):
    """What a person or the system changed; append-only."""

    __tablename__ = "audit_event"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(index=True)  # staff:<id> | token:<id> | system | command_line
    action: str
    subject: str = Field(index=True)  # 'loan:17'
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
