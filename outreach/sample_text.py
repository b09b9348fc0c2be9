"""How a step's text reads to a borrower, with ordinary values and with the longest that occur. Pure."""

from dataclasses import dataclass
from typing import Literal

from locales import phrases, samples, sms

ChannelKind = Literal["default", "whatsapp", "sms", "telegram"]


@dataclass(frozen=True, slots=True)
class Sample:
    """`segments` are SMS parts that are billed with ordinary values, `most_segments` with long names and amounts."""

    text: str
    letters: int
    segments: int
    most_segments: int


def sample(text: str, language: str, channel: ChannelKind) -> Sample:
    """Raises PhraseError where a brace stands alone, and KeyError for a value that no phrase has."""
    locale = f"{language}_MX"
    names = phrases.placeholders(text)
    usual = phrases.fill(text, {name: samples.TYPICAL[name] for name in names}, locale)
    longest = phrases.fill(text, {name: samples.LONG[name] for name in names}, locale)
    said = sms.sms(usual) if channel == "sms" else usual
    return Sample(said, len(said), sms.segments(sms.sms(usual)), sms.segments(sms.sms(longest)))
