"""What a conversation script puts into the store: one contact, their loans, the policy, and what time it is.

Amounts are read into minor units. A wrong value is refused by its path; a field that nobody knows is named in the
answer and otherwise ignored, so that a script may carry notes.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from loans.due_dates import CADENCES
from locales.currencies import in_minor_units

CHANNELS = ("whatsapp", "sms", "telegram")
ZONE_NAMES = ("zone", "timezone", "time_zone")
ZONES = {
    "MX": "America/Mexico_City",
    "CO": "America/Bogota",
    "PE": "America/Lima",
    "CL": "America/Santiago",
    "AR": "America/Argentina/Buenos_Aires",
    "US": "America/New_York",
}
# More instalments than 23 years of weeks is a slip of the pen.
MOST_INSTALMENTS = 1200
MOST_MONEY = 10**12


class FixtureError(ValueError):
    """One line per fault: field, value, fix."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(f"{each['field']} is {each['value']!r}: {each['fix']}" for each in faults))
        self.faults = faults


def hundredths(value: Any) -> int:
    """ValueError says how to write the amount."""
    try:
        amount = Decimal(str(value).replace(",", ""))
    except ArithmeticError:
        amount = Decimal("NaN")
    if isinstance(value, bool) or not amount.is_finite() or amount != round(amount, 2) or abs(amount) > MOST_MONEY:
        raise ValueError("give an amount with at most two decimals, such as 800.00")
    return int(amount * 100)


def in_currency(hundredths: int, currency: str) -> int:
    return int(in_minor_units(Decimal(hundredths) / 100, currency))


def _amount(value: Any) -> Any:
    return None if value is None else hundredths(value)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("give an instant with its offset, such as 2026-11-18T10:00:00-06:00")
    return value


def _zone(value: str | None) -> str | None:
    try:
        return ZoneInfo(value).key if value else None
    except (KeyError, ValueError, OSError):
        raise ValueError("give an IANA zone such as America/Mexico_City, or null for unknown") from None


def _cadence(value: str) -> str:
    if value not in CADENCES:
        raise ValueError(f"give one of {', '.join(CADENCES)}")
    return value


def _channels(value: Any) -> Any:
    """true, false, a list, or an object of channel and boolean."""
    if isinstance(value, bool):
        return CHANNELS if value else ()
    names = [name for name, on in value.items() if on] if isinstance(value, dict) else value
    if not isinstance(names, list | tuple) or any(name not in CHANNELS for name in names):
        raise ValueError(f"give true, false, or a list out of {', '.join(CHANNELS)}")
    return tuple(names)


def _window(value: Any) -> Any:
    """'08:00-20:00' as two times."""
    try:
        opening, closing = (time.fromisoformat(part.strip()) for part in str(value).split("-"))
    except ValueError:
        opening = closing = time()
    if opening >= closing:
        raise ValueError("give local times such as 08:00-20:00, the first one earlier")
    return opening, closing


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Money = Annotated[int, BeforeValidator(_amount), Field(ge=0)]
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Instant = Annotated[datetime, AfterValidator(_aware)]
Zone = Annotated[str | None, AfterValidator(_zone)]
Channels = Annotated[tuple[str, ...], BeforeValidator(_channels)]
Window = Annotated[tuple[time, time], BeforeValidator(_window)]
Count = Annotated[int, Field(ge=0, le=MOST_INSTALMENTS)]


class Part(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class Identity(Part):
    birth_date: date = date(1985, 4, 12)
    document_ending: Annotated[str, BeforeValidator(_text), Field(pattern=r"^\w{3,6}$")] = "4321"


class Contact(Part):
    """`confirmed`: the lender confirmed the address at sign-up, so a reminder may say what is due."""

    id: Name = "C-1"
    name: Name
    phone: Annotated[str, BeforeValidator(_text), Field(pattern=r"^\+?[0-9]{5,15}$")]
    language: Annotated[str, Field(pattern="^(es|en|es_MX)$")] = "es"
    opted_out: bool = False
    wrong_person: bool = False
    identity_verified: bool = False
    confirmed: bool = False
    identity: Identity = Identity()
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "MX"
    zone: Zone = Field(default="", validation_alias=AliasChoices(*ZONE_NAMES))
    consent: Channels = CHANNELS
    channels: Channels = CHANNELS
    preferred_channel: Annotated[str | None, Field(pattern="^(whatsapp|sms|telegram)$")] = None
    preferred_time: str | None = None
    branch: str = ""
    region: str = ""

    @property
    def given_name(self) -> str:
        return self.name.split()[0]

    @property
    def home_zone(self) -> str | None:
        """The country's usual zone unless the fixture names one; an explicit null is an unknown zone."""
        return self.zone if self.zone != "" else ZONES.get(self.country)


class PaymentGiven(Part):
    date: date
    amount: Annotated[int, BeforeValidator(_amount), Field(gt=0)]
    channel: str = ""


class LoanGiven(Part):
    """All amounts in hundredths; see bot.simulation.loan_history for how they become instalments."""

    id: Name
    label: str = ""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "MXN"
    status: Annotated[str, Field(pattern="^(active|current|overdue|closed|paid|written_off)$")] = "active"
    balance: Money
    overdue_amount: Money = 0
    installment_amount: Money = 0
    next_due_date: date | None = None
    next_due_amount: Money | None = None
    paid_installments: Count | None = None
    total_installments: Count | None = None
    frequency: Annotated[str, AfterValidator(_cadence)] = "biweekly"
    payments: tuple[PaymentGiven, ...] = ()

    def minor(self, amount: int) -> int:
        """An amount of this loan in minor units of its currency; fixtures give hundredths, whatever it is."""
        return in_currency(amount, self.currency)


class PromiseGiven(Part):
    loan: Name
    amount: Annotated[int, BeforeValidator(_amount), Field(gt=0)]
    date: date


class PolicyGiven(Part):
    promise_min_amount: Money | None = None
    promise_max_days: Annotated[int | None, Field(ge=0)] = None
    max_active_promises: Annotated[int | None, Field(ge=1)] = None
    identity_attempts: Annotated[int | None, Field(ge=1)] = None
    outbound_hours: Window | None = None


class Fixture(Part):
    now: Instant
    contact: Contact | None = None
    loans: tuple[LoanGiven, ...] = ()
    promises: tuple[PromiseGiven, ...] = ()
    policy: PolicyGiven = PolicyGiven()

    def ignored(self) -> list[str]:
        """Paths of the fields that nobody reads."""
        return sorted(_extras(self, ""))


def read(raw: Any) -> Fixture:
    """Raises FixtureError with every fault at once."""
    if not isinstance(raw, dict):
        raise FixtureError([{"field": "fixture", "value": raw, "fix": "send an object with now, contact, loans"}])
    try:
        return Fixture.model_validate(_given(raw))
    except ValidationError as error:
        raise FixtureError([_fault(each) for each in error.errors()]) from error


def _given(raw: Any) -> Any:
    """Without its nulls, which say the same as a missing field everywhere but for a zone."""
    if isinstance(raw, dict):
        return {key: _given(value) for key, value in raw.items() if value is not None or key in ZONE_NAMES}
    return [_given(each) for each in raw] if isinstance(raw, list) else raw


def _fault(error: Any) -> dict[str, Any]:
    path = ".".join(str(step) for step in error["loc"])
    fix = "add it" if error["type"] == "missing" else error["msg"].removeprefix("Value error, ")
    return {"field": path, "value": None if error["type"] == "missing" else str(error["input"])[:80], "fix": fix}


def _extras(part: BaseModel, path: str) -> Iterator[str]:
    yield from (f"{path}{name}" for name in part.model_extra or {})
    for name in type(part).model_fields:
        value = getattr(part, name)
        for index, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(each, BaseModel):
                step = f"{name}.{index}" if isinstance(value, tuple) else name
                yield from _extras(each, f"{path}{step}.")
