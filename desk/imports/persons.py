"""Who a portfolio row is about, and how that person may be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from desk.imports import values
from desk.imports.columns import Cells
from desk.imports.report import BadValue
from desk.imports.zones import zone, zone_of_state

CHANNELS = {
    "whatsapp": "whatsapp",
    "wa": "whatsapp",
    "sms": "sms",
    "mensaje de texto": "sms",
    "texto": "sms",
    "telegram": "telegram",
}
PHONE_CHANNELS = ("whatsapp", "sms")  # Telegram knows people by an own id.
LANGUAGES = {
    **dict.fromkeys(("es", "espanol", "spanish", "castellano", "es_mx", "es-mx"), "es"),
    **dict.fromkeys(("en", "ingles", "english", "en_us", "en-us"), "en"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """`consent` is None where the file says nothing about it."""

    channel: str
    kind: str
    value: str
    consent: bool | None
    consent_on: date | None
    evidence: str
    confirmed: bool


TOLD_AS_IT_STANDS = {
    "region": "region",
    "branch": "branch",
    "segment": "segment",
    "risk": "risk",
    "officer": "officer_name",
}


def read_person(cells: Cells, country: str, today: date) -> dict[str, Any]:
    full_name, given_name = _names(cells)
    person: dict[str, Any] = {"full_name": full_name, "given_name": given_name, "country": country}
    for field, column in TOLD_AS_IT_STANDS.items():
        if (cell := cells.get(field)) is not None:
            person[column] = values.text(cell)
    if "region" not in person and (cell := cells.get("state")) is not None:
        person["region"] = values.text(cell)
    if (cell := cells.get("birth_date")) is not None:
        person["birth_date"] = values.past("birth_date", cell, today).isoformat()
    if (cell := cells.get("document")) is not None:
        person["document_ending"] = _ending(cell)
    if (cell := cells.get("language")) is not None:
        person["language"] = values.choice("language", cell, LANGUAGES)
    if channels := _channels(cells):
        person["preferred_channel"] = channels[0]
    if found := _zone(cells):
        person["zone"] = found
    return person


def _names(cells: Cells) -> tuple[str, str]:
    """'PÉREZ LÓPEZ, ANA' and 'ANA PÉREZ' are spoken to as 'Ana'."""
    whole, given = cells.get("name"), cells.get("given_name")
    surnames = [cells.get(field) for field in ("surname", "second_surname")]
    after = " ".join(values.text(each) for each in surnames if each is not None)
    if whole is None and given is None:
        raise BadValue("name", None, "value_missing")
    name = values.text(whole if whole is not None else given)
    if "," in name:
        name = " ".join(part.strip() for part in reversed(name.split(",", 1)))
    if given is not None:
        return (_cased(name if whole is not None else f"{name} {after}".strip()), _cased(values.text(given)))
    full = name if not after or values.plain(name).endswith(values.plain(after)) else f"{name} {after}"
    return _cased(full), _cased(name.split(" ", 1)[0])


def _cased(name: str) -> str:
    """Names typed in capitals read as shouting; others stay as they are."""
    if name != name.upper():
        return name
    small = {"de", "del", "la", "las", "los", "y"}
    return " ".join(word if word in small else word.capitalize() for word in name.lower().split())


def _ending(cell: Any) -> str:
    """The last four signs of the document; a number cell has lost its leading zeros."""
    written = values.text(cell).zfill(4) if isinstance(cell, (int, float)) else values.text(cell)
    signs = "".join(sign for sign in written.upper() if sign.isalnum())
    if len(signs) < 4:
        raise BadValue("document", cell, "document_short")
    return signs[-4:]


def _zone(cells: Cells) -> str | None:
    if (cell := cells.get("zone")) is not None:
        return zone("zone", cell)
    for field in ("state", "region"):
        if (cell := cells.get(field)) is not None and (found := zone_of_state(values.text(cell))):
            return found
    return None


def _channels(cells: Cells) -> list[str]:
    cell = cells.get("channel")
    return [] if cell is None else _channel_list("channel", cell)


def _channel_list(field: str, cell: Any) -> list[str]:
    parts = values.text(cell).replace(" y ", ",").replace("/", ",").replace("+", ",").replace(";", ",").split(",")
    return list(dict.fromkeys(values.choice(field, part, CHANNELS) for part in parts if part.strip()))


def read_contacts(cells: Cells, country: str, today: date) -> list[Contact]:
    wanted, phones = _channels(cells), _phones(cells, country)
    agreed, consent_on, evidence = _consent(cells, wanted, today)
    cell = cells.get("confirmed")
    confirmed = None if cell is None else values.yes("confirmed", cell)

    def contact(channel: str, kind: str, value: str) -> Contact:
        consent = None if agreed is None else channel in agreed
        return Contact(
            channel, kind, value, consent, consent_on, evidence, bool(consent) if confirmed is None else confirmed
        )

    channels = [each for each in PHONE_CHANNELS if not wanted or each in wanted or each in (agreed or ())]
    found = [contact(channel, "phone", phone) for phone in phones for channel in channels]
    if (telegram := cells.get("telegram")) is not None:
        found.append(contact("telegram", "telegram_user", values.text(telegram).lstrip("@")))
    return found


def _phones(cells: Cells, country: str) -> list[str]:
    found: list[str] = []
    for field in ("phone", "phone_2"):
        if (cell := cells.get(field)) is not None:
            found += values.phones(field, cell, country)
    return list(dict.fromkeys(found))


def _consent(cells: Cells, wanted: Sequence[str], today: date) -> tuple[set[str] | None, date | None, str]:
    """Yes means the channels that the row names, or all; a list means those channels; an empty cell, unknown."""
    cell, on, written = cells.get("consent"), cells.get("consent_on"), cells.words("consent_evidence")
    consent_on = None if on is None else values.past("consent_on", on, today)
    if cell is None:
        return None, consent_on, written
    try:
        agreed = set(wanted or CHANNELS.values()) if values.yes("consent", cell) else set()
    except BadValue:
        agreed = set(_channel_list("consent", cell))
    return agreed, consent_on, written


def instant_of(consent_on: date | None, now: datetime) -> datetime:
    """Midday of the day that the file names, but never later than now."""
    return now if consent_on is None else min(now, datetime.combine(consent_on, time(12), UTC))
