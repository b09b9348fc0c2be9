"""When and where a borrower would rather be written to: 'después de las 6', 'por la tarde', 'mejor por sms'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Literal, TypeVar

from understanding.normalize import normalize

Channel = Literal["whatsapp", "sms", "telegram"]
PartOfDay = Literal["morning", "afternoon", "evening"]
Name = TypeVar("Name", bound=str)

CHANNELS: dict[Channel, str] = {
    "whatsapp": r"whats ?app|wasap|guasap|whats|\bwa\b",
    "sms": r"\bsms\b|mensaje de texto|text message|\btexto\b",
    "telegram": r"telegram|telegran",
}
PARTS: dict[PartOfDay, str] = {
    "morning": r"(por|en|de) la manana|en las mananas|temprano|morning|antes de mediodia",
    "afternoon": r"(por|en|de|a) la tarde|en las tardes|tardecita|afternoon|despues de comer",
    "evening": r"(por|en|de|a) la noche|de noche|(en|por) las noches|mas noche|evening|tonight|night"
    r"|despues del trabajo|after work",
}
_CLOCK = re.compile(
    r"(?:a|de|las|la|at|after|before|until|desde|como a)\s+(?:las?\s+)?(\d{1,2})(?::(\d{2})|\s*y\s*(media|cuarto))?"
    r"\s*(?:hrs?|horas?)?\s*(am|pm|a\.m\.|p\.m\.|de la (?:manana|tarde|noche)|in the (?:morning|afternoon|evening))?"
)
_SPOKEN = {"una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8"}
_SPOKEN |= {"nueve": "9", "diez": "10", "once": "11", "doce": "12"}


# A denial that reaches as far as the next comma or turn of the sentence.
_DECLINED = re.compile(
    r"\b(no(?! puedo| estoy)|ni|not|dont|never)\b(?:(?!\b(?:mejor|sino|pero|solo|but|only|instead)\b)[^,.;]){0,40}$"
)

_SPOKEN_HOUR = re.compile(rf"\blas? ({'|'.join(_SPOKEN)})\b")


@dataclass(frozen=True, slots=True)
class ContactTime:
    channel: Channel | None = None
    part_of_day: PartOfDay | None = None
    clock: time | None = None
    declined: Channel | None = None
    rest: str = ""  # the words that may name a day


def read_contact_time(text: str) -> ContactTime:
    plain = _SPOKEN_HOUR.sub(lambda found: "las " + _SPOKEN[found[1]], normalize(text))
    clock = _CLOCK.search(plain)
    rest = plain[: clock.start()] + " " + plain[clock.end() :] if clock else plain
    # 'En la mañana' names no day.
    for part in PARTS.values():
        rest = re.sub(part, " ", rest)
    return ContactTime(
        channel=_last_wanted(CHANNELS, plain),
        part_of_day=_last_wanted(PARTS, plain),
        clock=_time(clock),
        declined=next((name for _, name, wanted in _named(CHANNELS, plain) if not wanted), None),
        rest=rest,
    )


def clock_times(plain: str) -> list[tuple[int, time]]:
    """Each time of the clock in a normalised text, with where it stands."""
    spoken = _SPOKEN_HOUR.sub(lambda found: "las " + _SPOKEN[found[1]], plain)
    found = [(each.start(), _time(each)) for each in _CLOCK.finditer(spoken)]
    return [(at, clock) for at, clock in found if clock is not None]


def _last_wanted(patterns: Mapping[Name, str], plain: str) -> Name | None:
    """In 'no en la mañana, mejor en la noche' the last one, and never one that is declined."""
    named = [name for _, name, wanted in _named(patterns, plain) if wanted]
    return named[-1] if named else None


def _named(patterns: Mapping[Name, str], plain: str) -> list[tuple[int, Name, bool]]:
    """In the order of the text, each with whether it is wanted."""
    return sorted(
        (found.start(), name, not _DECLINED.search(plain[: found.start()]))
        for name, pattern in patterns.items()
        for found in re.finditer(pattern, plain)
    )


def _time(found: re.Match[str] | None) -> time | None:
    if found is None or int(found[1]) > 23:
        return None
    hour, half = int(found[1]), found[4] or ""
    minute = int(found[2]) if found[2] else {"media": 30, "cuarto": 15}.get(found[3] or "", 0)
    # Nobody asks to be written to at four in the morning: a small hour without more is in the afternoon.
    if hour < 12 and (
        half.startswith("p")
        or "tarde" in half
        or "noche" in half
        or "afternoon" in half
        or "evening" in half
        or (not half and hour < 8)
    ):
        hour += 12
    return time(hour, minute) if minute < 60 else None
