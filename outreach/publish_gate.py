"""What stands between a draft and the borrowers: every fault of a cadence that could make a wrong or lost message.

Pure: it gets the cadence and the facts it is held against, and names step, field and value of each fault.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from locales import phrases, samples, sms
from locales.checks import FAMILIAR, LENGTH_LIMIT, SMS_LIMIT
from locales.phrases import PhraseError
from outreach import gate_limits, gate_reach, tone
from outreach.cadence import Cadence
from outreach.contact_policy import ContactPolicy
from outreach.flow_fault import Fault
from outreach.step import CHANNEL_ORDER, PLACEHOLDERS, Step, Templates, Texts, own_text

__all__ = ["Fault", "GateFacts", "check"]

APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Where and to whom this lender writes today.

    `countries` and `languages` are the borrowers', `channels` those that are switched on, `templates` what WhatsApp
    last said of each template by its id, `heard` how sure the model is that a text of `own_words` is unkind."""

    policy: ContactPolicy
    today: date
    countries: frozenset[str]
    languages: frozenset[str]
    channels: frozenset[str]
    templates: Mapping[str, str]
    heard: Mapping[str, float]


def own_words(content: Cadence) -> frozenset[str]:
    """All that borrowers would read of words that only this cadence has."""
    return frozenset(read for step in content.steps if step.active for read in _readable(step))


def _readable(step: Step) -> Iterator[str]:
    for texts in (step.texts, step.texts_if_moved):
        for language, by_channel in texts.items():
            for text in by_channel.values():
                with suppress(PhraseError, KeyError):  # `check` says what is wrong with it.
                    yield tone.as_read(text, language)


def check(content: Cadence, facts: GateFacts) -> list[Fault]:
    """All faults, in the order of the steps; empty when the cadence may be published."""
    found = [
        fault
        for step in content.steps
        if step.active
        for part in (_texts(step, facts), _templates(step, facts))
        for fault in part
    ]
    found += gate_reach.faults(content)
    found += gate_limits.faults(content, facts.policy, facts.countries, facts.channels, facts.today)
    places = {step.id: number for number, step in enumerate(content.steps)}
    return sorted(found, key=lambda fault: places.get(fault.step or "", -1))


def _texts(step: Step, facts: GateFacts) -> Iterator[Fault]:
    yield from _phrase(step, "phrase", step.phrase, facts)
    if step.phrase_if_moved:
        yield from _phrase(step, "phrase_if_moved", step.phrase_if_moved, facts)
    for field, texts in (("texts", step.texts), ("texts_if_moved", step.texts_if_moved)):
        yield from _missing(step, field, texts, facts)
        for language, by_channel in texts.items():
            for channel, text in by_channel.items():
                yield from _words(step, f"{field}.{language}.{channel}", text, language, channel, facts)


def _phrase(step: Step, field: str, key: str, facts: GateFacts) -> Iterator[Fault]:
    for language in sorted(facts.languages):
        known = phrases.catalogue(language).get(key)
        if known is None:
            yield Fault(step.id, field, key, "flow_phrase_unknown", {"language": language})
        elif strange := known.names - PLACEHOLDERS[step.anchor]:
            yield _strange(step, field, key, strange)


def _missing(step: Step, field: str, texts: Texts, facts: GateFacts) -> Iterator[Fault]:
    """A step with words of its own has them for every reader."""
    if not texts:
        return
    moved = field == "texts_if_moved"
    for language in sorted(facts.languages):
        for channel in _channels(step, facts):
            if own_text(step, language, channel, moved=moved) is None:
                values = {"language": language, "channel": channel}
                yield Fault(step.id, f"{field}.{language}.{channel}", None, "flow_text_missing", values)


def _words(  # noqa: PLR0917
    step: Step, field: str, text: str, language: str, channel: str, facts: GateFacts
) -> Iterator[Fault]:
    try:
        names = phrases.placeholders(text)
    except PhraseError:
        yield Fault(step.id, field, text, "flow_brace", {"example": "{name}"})
        return
    if strange := names - PLACEHOLDERS[step.anchor]:
        yield _strange(step, field, text, strange)
        return
    yield from _tone(step, field, text, language, facts)
    yield from _size(step, field, text, language, channel)


def _strange(step: Step, field: str, value: str, strange: Iterable[str]) -> Fault:
    named = {"names": _braced(strange), "allowed": _braced(PLACEHOLDERS[step.anchor])}
    return Fault(step.id, field, value, "flow_placeholder", named)


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _tone(step: Step, field: str, text: str, language: str, facts: GateFacts) -> Iterator[Fault]:
    for fault in tone.faults(text, facts.heard.get(tone.as_read(text, language))):
        yield Fault(step.id, field, text, f"flow_{fault.kind}", {"words": fault.words})
    if language == "es" and (match := FAMILIAR.search(text)):
        yield Fault(step.id, field, text, "flow_familiar", {"words": match[0]})


def _size(step: Step, field: str, text: str, language: str, channel: str) -> Iterator[Fault]:
    locale = f"{language}_MX"
    signed = [phrases.render("reminder.officer", samples.LONG, locale)] if step.signature else []
    usual = phrases.fill(text, samples.TYPICAL, locale)
    if len(usual) > LENGTH_LIMIT:
        yield Fault(step.id, field, text, "flow_text_long", {"length": len(usual), "most": LENGTH_LIMIT})
    by_sms = channel == "sms" or (channel == "default" and _may_use(step, "sms") and _default_is_sms(step, field))
    longest = sms.sms("\n\n".join([phrases.fill(text, samples.LONG, locale), *signed]))
    if by_sms and (parts := sms.segments(longest)) > SMS_LIMIT:
        yield Fault(step.id, field, text, "flow_sms_long", {"parts": parts, "most": SMS_LIMIT})


def _default_is_sms(step: Step, field: str) -> bool:
    """Whether the text for all channels is the one that goes by SMS."""
    name, language, _ = field.split(".")
    texts: Texts = getattr(step, name)
    return "sms" not in texts[language]  # type: ignore[index]


def _templates(step: Step, facts: GateFacts) -> Iterator[Fault]:
    yield from _approved(step, "templates", step.templates, step.texts, facts)
    yield from _approved(step, "templates_if_moved", step.templates_if_moved, step.texts_if_moved, facts)


def _approved(step: Step, field: str, templates: Templates, texts: Texts, facts: GateFacts) -> Iterator[Fault]:
    for language, template in templates.items():
        status = facts.templates.get(template.content_sid, "unknown")
        if status != APPROVED:
            path, values = f"{field}.{language}.content_sid", {"status": status}
            yield Fault(step.id, path, template.content_sid, "flow_template_unapproved", values)
        wanted, given = _wanted(step, language, moved=field == "templates_if_moved"), list(template.variables)
        if wanted is not None and set(given) != wanted:
            values = {"given": _braced(given), "wanted": _braced(wanted)}
            yield Fault(step.id, f"{field}.{language}.variables", given, "flow_template_variables", values)
    if texts and "whatsapp" in _channels(step, facts):
        for lacking in sorted(facts.languages - set(templates)):
            yield Fault(step.id, f"{field}.{lacking}", None, "flow_template_missing", {"language": lacking})


def _wanted(step: Step, language: str, *, moved: bool) -> frozenset[str] | None:
    """What the text names that the template stands for; None where that text is at fault itself."""
    text = own_text(step, language, "whatsapp", moved=moved)
    if text is None:
        known = phrases.catalogue(language).get((moved and step.phrase_if_moved) or step.phrase)
        return known.names if known else None
    try:
        return phrases.placeholders(text)
    except PhraseError:
        return None


def _channels(step: Step, facts: GateFacts) -> list[str]:
    """The channels that are switched on and that the step may use."""
    return [channel for channel in CHANNEL_ORDER if channel in facts.channels and _may_use(step, channel)]


def _may_use(step: Step, channel: str) -> bool:
    return step.channels == "preferred" or channel in step.channels
