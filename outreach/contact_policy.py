"""The contact policy: data that says who may be written to, when and how often, checked whole at start.

The file is `contact_policy.json` (format `contact-policy/2`). It is data a lawyer and a collections manager sign,
not code: a change is a new item with its own validity dates and a higher `policy_version`.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue, StrictBool, StrictInt, ValidationError, model_validator

from outreach.policy_items import (
    DAY_TYPES,
    NAMED_KINDS,
    Cap,
    Cooldown,
    Dated,
    Hours,
    Item,
    Status,
    Strict,
    Versions,
    Window,
    calendar_code,
    in_force,
    known_names,
    zone_name,
)

SHIPPED = Path(__file__).with_name("contact_policy.json")

# A hold of the product stands for these events of the policy file; each must stay in `defaults.stop_on`.
STOP_EVENTS = frozenset(
    {
        "opt_out",
        "dispute",
        "payment_claimed",
        "wrong_party",
        "deceased",
        "hardship",
        "vulnerable",
        "self_harm_signal",
        "represented",
        "minor",
        "abuse_or_threat",
    }
)
DENY_REASONS = (
    "no_country_row",
    "no_consent",
    "unknown_time_zone",
    "held",
    "channel_not_allowed",
    "human_owns_thread",
    "outside_hours",
    "cap_reached",
    "third_party",
    "template",
    "stale",
)


class PolicyError(ValueError):
    """The policy file is wrong; one line per fault: path, value, what to do."""


class Law(Strict):
    scope: Versions[Item[str]]
    hours: Versions[Item[Hours]]
    caps: Versions[Item[tuple[Cap, ...]]]
    first_contact: Versions[Item[tuple[str, ...]]]
    duties: Versions[Item[tuple[str, ...]]]
    bans: Versions[Item[tuple[str, ...]]]
    retention: Versions[Item[str]]
    privacy: Versions[Item[str]]
    complaints: Versions[Item[tuple[str, ...]]]
    other: dict[str, Versions[Item[JsonValue]]]


class CountryDefault(Dated):
    """What the product does in a country, inside its law; null falls back to `defaults`."""

    hours: Hours
    caps: tuple[Cap, ...] | None
    min_gap_hours: Annotated[StrictInt, Field(ge=0)] | None
    cooldown_after_conversation: Cooldown | None
    retention_days: Annotated[StrictInt, Field(ge=1)] | None
    opt_out_text: str | None
    variants: dict[str, Hours]
    source: str
    note: str | None


class Country(Strict):
    name: str
    holiday_calendar: Annotated[str, AfterValidator(calendar_code)]
    single_time_zone: Annotated[str, AfterValidator(zone_name)] | None
    confidence: str
    law: Law
    default: Versions[CountryDefault]


class ChannelDefault(Dated):
    purposes: tuple[Literal["own_customer_reminder", "reply_to_inbound"], ...]
    template_category: str | None
    first_party_only: StrictBool
    source: str


class Channel(Strict):
    enabled_by_default: StrictBool
    requires_opt_in: Versions[Item[StrictBool]]
    prohibited_use: Versions[Item[str]]
    conversation_window_hours: Versions[Item[StrictInt]]
    default: Versions[ChannelDefault]


class Condition(Strict):
    check: str
    deny_reason: str


class Engine(Strict):
    decision: Literal["deny_by_default"]
    effective_hours: str
    allow_only_if: tuple[Condition, ...]
    check_twice: tuple[str, ...]
    counting: str
    scopes: dict[Literal["day", "week", "rolling7"], str]
    inbound: str
    stale: str
    unsigned_law_item: Literal["allow", "warn", "deny"]
    unsigned_law_item_options: tuple[str, ...]
    unknown_time_zone: Literal["deny", "strictest_of_country", "lender_default"]
    unknown_time_zone_options: tuple[str, ...]
    store_with_each_decision: tuple[str, ...]


class Defaults(Dated):
    outbound_window: Window
    time_zone: Literal["borrower"]
    caps: tuple[Cap, ...]
    min_gap_hours: StrictInt = Field(ge=0)
    retention_days: StrictInt = Field(ge=1)
    third_party: Literal["deny"]
    exempt_from_caps: Annotated[tuple[str, ...], known_names(NAMED_KINDS)]
    consent_required: StrictBool
    stop_on: Annotated[tuple[str, ...], known_names(STOP_EVENTS)]
    banned_terms: dict[str, tuple[str, ...]]
    banned_terms_note: str
    source: str

    @model_validator(mode="after")
    def _every_hold_stops(self) -> "Defaults":
        if missing := sorted(STOP_EVENTS - set(self.stop_on)):
            raise ValueError(f"stop_on lacks {', '.join(missing)}: add it, every hold stops messages")
        return self


class NewCountry(Strict):
    note: str
    hours: Hours
    caps: tuple[Cap, ...]
    min_gap_hours: StrictInt = Field(ge=0)
    cooldown_after_conversation: Cooldown | None


class ContactPolicy(Strict):
    format: Literal["contact-policy/2"]
    policy_version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    note: str
    status_values: dict[Status, str]
    engine: Engine
    defaults: Defaults
    new_country_template: NewCountry
    countries: dict[Annotated[str, Field(pattern="^[A-Z]{2}$")], Country]
    channels: dict[str, Channel]

    # A loaded policy never changes, so results may be remembered by its identity.
    __hash__ = object.__hash__

    def window_hours(self, channel: str, day: date) -> int | None:
        """Hours after an inbound message in which free text may go; None where the channel has no window."""
        item = in_force(self.channels[channel].conversation_window_hours, day)
        return item.value if item else None

    def unsigned(self, country: str, day: date) -> tuple[str, ...]:
        """Ids of the law items in force that nobody has signed, e.g. `MX.law.hours`."""
        return _unsigned(self, country, day)


@lru_cache(maxsize=1024)
def _unsigned(policy: ContactPolicy, country: str, day: date) -> tuple[str, ...]:
    law = policy.countries[country].law
    items: dict[str, tuple[Item[Any], ...]] = {name: getattr(law, name) for name in Law.model_fields if name != "other"}
    items |= {f"other.{name}": versions for name, versions in law.other.items()}
    current = {name: in_force(versions, day) for name, versions in items.items()}
    return tuple(f"{country}.law.{name}" for name, item in current.items() if item and not item.signed_off_by)


def load(source: str | Path | dict[str, Any] = SHIPPED) -> ContactPolicy:
    """Read and check a policy, given as a path, as the JSON text or as parsed JSON (a stored version).

    Raises PolicyError that names each wrong path, its value and the fix."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    try:
        raw = json.loads(text, object_pairs_hook=_without_duplicates) if isinstance(text, str) else text
        policy = ContactPolicy.model_validate(raw)
    except json.JSONDecodeError as error:
        raise PolicyError(f"contact policy: line {error.lineno} is not JSON: {error.msg}") from error
    except ValidationError as error:
        raise PolicyError("\n".join(_faults(error, raw))) from error
    if faults := [*_hours_faults(policy), *_reason_faults(policy)]:
        raise PolicyError("\n".join(faults))
    return policy


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise PolicyError(f"contact policy: the key {key!r} is written twice in one object: keep one")
        seen[key] = value
    return seen


def _faults(error: ValidationError, raw: object) -> Iterable[str]:
    fixes = {
        "extra_forbidden": "unknown key: correct its spelling or remove it",
        "missing": "missing: add it",
    }
    for fault in error.errors():
        fix = fixes.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        shown = "" if fault["type"] == "missing" else f" = {json.dumps(fault['input'], default=str)[:80]}"
        yield f"contact policy: {_path(fault['loc'], raw)}{shown}: {fix}"


def _path(location: Sequence[int | str], raw: object) -> str:
    """The path as written in the file: a single item has no index there, though it is checked as a list of one."""
    steps: list[str] = []
    node: Any = raw
    for step in location:
        if isinstance(step, int) and not isinstance(node, list):
            continue
        steps.append(str(step))
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
    return ".".join(steps) or "(whole file)"


def _hours_faults(policy: ContactPolicy) -> Iterable[str]:
    """Default hours lie inside the product window and inside the law hours that are in force with them."""
    product = policy.defaults.outbound_window
    for code, country in policy.countries.items():
        for default in country.default:
            for day_type in DAY_TYPES:
                window = default.hours.on(day_type)
                path = f"contact policy: countries.{code}.default.hours.{day_type} = {_shown(window)}"
                if window and not _inside(window, product):
                    yield f"{path}: outside defaults.outbound_window {_shown(product)}: narrow it"
                for law in (item.value for item in country.law.hours if _touch(item, default) and item.value):
                    if window and not _inside(window, law.on(day_type)):
                        yield f"{path}: outside the law hours {_shown(law.on(day_type))}: narrow it"


def _reason_faults(policy: ContactPolicy) -> Iterable[str]:
    written = tuple(condition.deny_reason for condition in policy.engine.allow_only_if)
    if written != DENY_REASONS:
        yield (
            f"contact policy: engine.allow_only_if.*.deny_reason = {', '.join(written)}: "
            f"keep the order {', '.join(DENY_REASONS)}"
        )


def _touch(one: Dated, other: Dated) -> bool:
    starts = (one.valid_from or date.min, other.valid_from or date.min)
    return max(starts) <= min(one.valid_to or date.max, other.valid_to or date.max)


def _inside(window: tuple[time, time], outer: tuple[time, time] | None) -> bool:
    return outer is not None and outer[0] <= window[0] and window[1] <= outer[1]


def _shown(window: tuple[time, time] | None) -> str:
    return f"{window[0]:%H:%M}-{window[1]:%H:%M}" if window else "no contact"
