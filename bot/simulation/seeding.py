"""What a fixture's store starts with: a lender, the usual ways to pay, and the policies with the fixture's limits."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from bot.simulation.fixture import CHANNELS, Contact, PolicyGiven
from loans.negotiation_policy import NegotiationPolicy, shipped_policy
from loans.tables import Lender, NegotiationPolicyVersion, PaymentMethod
from outreach import flows, policies
from outreach.contact_policy import SHIPPED, load
from outreach.tables import ContactPolicyVersion

LENDER = "Caja Popular Al Corriente"


def seed_lender(session: Session, contact: Contact | None = None) -> None:
    """A lender at the contact's place, and the usual ways to pay."""
    session.add(
        Lender(
            name=LENDER,
            legal_name=f"{LENDER}, S.C. de A.P. de R.L. de C.V.",
            phone="+525500000000",
            email="atencion@example.org",
            address="Av. Juárez 10, Centro",
            zone=(contact and contact.home_zone) or "America/Mexico_City",
            country=contact.country if contact else "MX",
            complaints_contact="quejas@example.org",
        )
    )
    session.add(PaymentMethod(kind="oxxo", name="OXXO", account="4000 1234 5678 9010", position=1))
    session.add(PaymentMethod(kind="spei", name="SPEI", account="646180000000000017", position=2))
    session.add(PaymentMethod(kind="branch", name="Sucursal", note="lunes a viernes, 9:00 a 17:00", position=3))
    session.flush()


def seed_policies(session: Session, given: PolicyGiven, country: str, contact: Contact | None, now: datetime) -> None:
    """The shipped policies and cadence, and above them what the fixture says otherwise."""
    policies.seed(session, now)
    flows.seed(session, now)
    negotiation = _negotiation(given)
    session.add(
        NegotiationPolicyVersion(
            version=negotiation["policy_version"],
            content=negotiation,
            valid_from=date.min,
            proposed_by="simulator",
            approved_by="simulator",
            created_at=now,
        )
    )
    contact_policy = _contact_policy(given, country, contact.channels if contact else CHANNELS)
    session.add(
        ContactPolicyVersion(
            version=contact_policy["policy_version"],
            content=contact_policy,
            valid_from=date.min,
            proposed_by="simulator",
            approved_by="simulator",
            created_at=now,
        )
    )
    session.flush()


def _negotiation(given: PolicyGiven) -> dict[str, Any]:
    content: dict[str, Any] = shipped_policy().model_dump(mode="json")
    promise = content["promise"]
    if given.promise_min_amount is not None:
        promise["min_amount"] = str(Decimal(given.promise_min_amount) / 100)
    if given.promise_max_days is not None:
        promise["max_days_ahead"] = dict.fromkeys(promise["max_days_ahead"], given.promise_max_days)
    if given.max_active_promises is not None:
        promise["max_open"] = given.max_active_promises
    if given.identity_attempts is not None:
        content["identity"]["max_attempts"] = given.identity_attempts
    NegotiationPolicy.model_validate(content)
    return content


def _contact_policy(given: PolicyGiven, country: str, channels: tuple[str, ...]) -> dict[str, Any]:
    """Hours are cut to the given window; where it is wider, the contact's country follows as far as its law allows."""
    content: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    content["policy_version"] = _higher(content["policy_version"])
    for name, channel in content["channels"].items():
        channel["enabled_by_default"] = name in channels
    if given.outbound_hours is not None:
        window = [each.strftime("%H:%M") for each in given.outbound_hours]
        if window != content["defaults"]["outbound_window"]:
            _set_hours(content, window, country)
    load(content)
    return content


def _higher(version: str) -> str:
    major, minor, patch = version.split(".")
    return f"{major}.{minor}.{int(patch) + 1}"


def _set_hours(content: dict[str, Any], window: list[str], country: str) -> None:
    content["defaults"]["outbound_window"] = window
    for code, row in content["countries"].items():
        for default in _versions(row["default"]):
            hours = default["hours"]
            if code == country and hours["mon_fri"]:
                hours["mon_fri"] = window
                for law in _versions(row["law"]["hours"]):
                    hours["mon_fri"] = _cut(hours["mon_fri"], (law["value"] or {}).get("mon_fri"))
            for kind, own in hours.items():
                hours[kind] = _cut(own, window)


def _versions(value: Any) -> list[dict[str, Any]]:
    return value if isinstance(value, list) else [value] if value else []


def _cut(own: list[str] | None, window: list[str] | None) -> list[str] | None:
    """What both allow; times are HH:MM, so their texts compare as times do."""
    if own is None or window is None:
        return own
    opening, closing = max(own[0], window[0]), min(own[1], window[1])
    return [opening, closing] if opening < closing else None
