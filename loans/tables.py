"""The ledger's tables. Events are kept as they were recorded; columns named `cached_…` are derived by replay."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.columns import EncryptedText, UTCDateTime


class Lender(SQLModel, table=True):
    """One lender per installation, row 1."""

    __tablename__ = "lender"
    id: int | None = Field(default=1, primary_key=True)
    name: str
    legal_name: str
    phone: str
    email: str = ""
    address: str = ""
    zone: str = "America/Mexico_City"
    country: str = "MX"
    currency: str = "MXN"
    complaints_contact: str = ""


class PaymentMethod(SQLModel, table=True):
    """A way to pay; `kind` names the phrase, the other columns fill it."""

    __tablename__ = "payment_method"
    id: int | None = Field(default=None, primary_key=True)
    kind: str  # oxxo | spei | branch | app | other
    name: str
    account: str = ""
    note: str = ""
    position: int = 0
    active: bool = True


class Borrower(SQLModel, table=True):
    __tablename__ = "borrower"
    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(unique=True)
    full_name: str = Field(sa_type=EncryptedText)
    given_name: str = Field(sa_type=EncryptedText)
    birth_date: str | None = Field(default=None, sa_type=EncryptedText)
    document_ending: str | None = Field(default=None, sa_type=EncryptedText)
    language: str = "es"  # es | es_MX | en: a catalogue of locales/
    zone: str | None = None
    country: str = "MX"
    region: str = Field(default="", index=True)
    branch: str = Field(default="", index=True)
    segment: str = ""  # the lender's own grouping, and how likely the lender thinks arrears are
    risk: str = ""
    officer_name: str = ""
    preferred_channel: str | None = None
    preferred_time: str | None = None  # 'morning' | 'afternoon' | 'evening' | 'HH:MM'
    created_at: datetime = Field(sa_type=UTCDateTime)


class BorrowerWord(SQLModel, table=True):
    """The beginnings of the words of a name, as blind indexes; written by `loans.names` only."""

    __tablename__ = "borrower_word"
    word_index: str = Field(primary_key=True)
    borrower_id: int = Field(foreign_key="borrower.id", primary_key=True, index=True)


class Loan(SQLModel, table=True):
    """`cached_…` are written by `loans.ledger.refresh` only; days past due = as-of date minus cached_oldest_due."""

    __tablename__ = "loan"
    __table_args__ = (
        # A whole portfolio is added up in the order of this index, without a sort and without reading its rows.
        Index(
            "ix_loan_portfolio",
            "status",
            "currency",
            "region",
            "branch",
            "restructured",
            "cached_oldest_due",
            "cached_principal_outstanding",
            "cached_balance",
            "product",
        ),
        Index("ix_loan_active_borrowers", "status", "currency", "borrower_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(unique=True)
    borrower_id: int = Field(foreign_key="borrower.id", index=True)
    label: str = ""
    product: str = ""
    currency: str = "MXN"
    principal: int = Field(sa_type=BigInteger)
    annual_rate: str = "0"  # percent a year, a decimal as text
    method: str = "flat"
    frequency: str = "biweekly"
    disbursed_on: date
    cycle: int = 1  # which loan of this borrower, 1 = the first
    status: str = "active"  # active | closed | written_off
    region: str = ""  # as its borrower's; written by `loans.places` only
    branch: str = ""
    restructured: bool = False
    allocation_order: str = "penalty,fee,interest,principal"
    cached_balance: int = Field(default=0, sa_type=BigInteger)
    cached_principal_outstanding: int = Field(default=0, sa_type=BigInteger)
    cached_overpaid: int = Field(default=0, sa_type=BigInteger)
    cached_oldest_due: date | None = Field(default=None, index=True)  # oldest due date with something outstanding


class Instalment(SQLModel, table=True):
    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("loan_id", "number"),
        # What a late loan owes, summed for a whole portfolio, without reading its rows.
        Index(
            "ix_instalment_unpaid",
            "loan_id",
            "due",
            "cached_outstanding",
            sqlite_where=text("cached_outstanding > 0"),
            postgresql_where=text("cached_outstanding > 0"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id")
    number: int
    due: date = Field(index=True)
    original_due: date
    principal: int = Field(sa_type=BigInteger)
    interest: int = Field(default=0, sa_type=BigInteger)
    cached_fee: int = Field(default=0, sa_type=BigInteger)
    cached_penalty: int = Field(default=0, sa_type=BigInteger)
    cached_paid: int = Field(default=0, sa_type=BigInteger)
    cached_outstanding: int = Field(default=0, sa_type=BigInteger)
    cached_paid_on: date | None = None


class Charge(SQLModel, table=True):
    __tablename__ = "charge"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    component: str  # fee | penalty
    due: date
    amount: int = Field(sa_type=BigInteger)
    rule: str = ""
    idempotency_key: str = Field(unique=True)
    recorded_at: datetime = Field(sa_type=UTCDateTime)


class Payment(SQLModel, table=True):
    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_received", "value_date", "currency", "amount"),  # What came in on some days.
        Index("ix_payment_of_loan", "loan_id", "value_date", "currency", "amount"),
    )
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id")
    amount: int = Field(sa_type=BigInteger)
    currency: str
    value_date: date
    channel: str = ""  # oxxo | spei | cash | ...
    reference: str = ""
    source: str = ""  # import | api | staff:<id> | demo
    idempotency_key: str = Field(unique=True)
    recorded_at: datetime = Field(sa_type=UTCDateTime, index=True)
    thanked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Reversal(SQLModel, table=True):
    __tablename__ = "reversal"
    id: int | None = Field(default=None, primary_key=True)
    payment_id: int = Field(foreign_key="payment.id", unique=True)
    reason: str
    recorded_at: datetime = Field(sa_type=UTCDateTime, index=True)


class Waiver(SQLModel, table=True):
    """Late fees given up, under the condition and rule that the offer named."""

    __tablename__ = "waiver"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    component: str
    amount: int = Field(sa_type=BigInteger)
    reason: str
    recorded_at: datetime = Field(sa_type=UTCDateTime)


class DueChange(SQLModel, table=True):
    """An agreed new due date of one instalment."""

    __tablename__ = "due_change"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    instalment_number: int
    due_before: date
    due_after: date
    agreed_at: datetime = Field(sa_type=UTCDateTime)
    turn_id: str | None = None


class DelinquencyEvent(SQLModel, table=True):
    """A pause or resume that a person entered; it changes delinquent days, never days past due."""

    __tablename__ = "delinquency_event"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    kind: str  # pause | resume
    start: date
    end: date | None = None
    recorded_at: datetime = Field(sa_type=UTCDateTime)


class Promise(SQLModel, table=True):
    """`state` and `credited` are derived from payments, except that a person or the borrower may cancel."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_of_borrower", "borrower_id", "created_at"),
        # How the promises of some days ended is read from here alone.
        Index("ix_promise_due", "due", "loan_id", "currency", "state", "made_by", "amount", "credited"),
    )
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    borrower_id: int = Field(foreign_key="borrower.id")
    amount: int = Field(sa_type=BigInteger)
    currency: str
    due: date
    created_on: date  # the lender's business date
    created_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str = "assistant"  # assistant | staff:<id>
    turn_id: str | None = Field(default=None, unique=True)
    state: str = Field(default="open", index=True)  # open | kept | partial | broken | cancelled
    credited: int = Field(default=0, sa_type=BigInteger)
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Plan(SQLModel, table=True):
    """Agreed payments that bring a loan back to date."""

    __tablename__ = "plan"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    borrower_id: int = Field(foreign_key="borrower.id", index=True)
    state: str = Field(default="open", index=True)  # open | kept | broken | cancelled
    created_on: date
    created_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str = "assistant"
    turn_id: str | None = Field(default=None, unique=True)


class PlanPayment(SQLModel, table=True):
    __tablename__ = "plan_payment"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    number: int
    due: date = Field(index=True)
    amount: int = Field(sa_type=BigInteger)
    state: str = "open"  # open | kept | partial | broken | cancelled
    credited: int = Field(default=0, sa_type=BigInteger)


class Offer(SQLModel, table=True):
    """What was proposed, by whom, and what became of it; goes with a case to the person who takes it."""

    __tablename__ = "offer"
    id: int | None = Field(default=None, primary_key=True)
    loan_id: int = Field(foreign_key="loan.id", index=True)
    borrower_id: int = Field(foreign_key="borrower.id", index=True)
    kind: str  # promise | plan | date_change | waiver
    content: dict[str, Any] = Field(sa_type=JSON)
    answer: str = "made"  # made | accepted | refused | countered
    made_at: datetime = Field(sa_type=UTCDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    turn_id: str | None = None


class NegotiationPolicyVersion(SQLModel, table=True):
    """The policy in force is the approved row with the latest valid_from not after today; never edited."""

    __tablename__ = "negotiation_policy_version"
    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(unique=True)
    content: dict[str, Any] = Field(sa_type=JSON)
    valid_from: date
    proposed_by: str
    approved_by: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class NegotiationLimits(SQLModel, table=True):
    """How far assistant, collector and supervisor may go; "" is every product or segment. Approved ones hold."""

    __tablename__ = "negotiation_limits"
    __table_args__ = (Index("ix_negotiation_limits_of", "product", "segment", "valid_from"),)
    id: int | None = Field(default=None, primary_key=True)
    product: str = ""
    segment: str = ""
    content: dict[str, Any] = Field(sa_type=JSON)  # loans.limits.LevelLimits
    valid_from: date
    proposed_by: str
    approved_by: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
