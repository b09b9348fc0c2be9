"""What changed between two versions, in words a person reads before publishing."""

from typing import Any

import pytest

from locales import changes, phrases
from outreach import cadence, flow_diff
from outreach.audience import Audience
from outreach.step import Step
from tests.outreach.flow_content import content


def told(new: dict[str, Any], language: str, old: dict[str, Any] | None = None) -> list[str]:
    found = flow_diff.changes(cadence.load(old or content()), cadence.load(new))
    return [
        changes.text(
            each.code, language, step=each.step, name=each.name, field=each.field, before=each.before,
            after=each.after, about=each.about,
        )
        for each in found
    ]  # fmt: skip


NAMED = {"name": "tres días antes"}


@pytest.mark.parametrize(
    ("change", "spanish", "english"),
    [
        (
            {"at": "09:00"},
            'El paso "tres días antes" sale a las 09:00 en lugar de 10:00.',
            'The step "tres días antes" goes at 09:00 instead of 10:00.',
        ),
        (
            {"texts": {"es": {"sms": "Hola {name}"}}},
            'El paso "tres días antes" tiene texto propio en Español por SMS: «Hola {name}».',
            'The step "tres días antes" has a text of its own in Spanish by SMS: "Hola {name}".',
        ),
        ({"active": False}, 'El paso "tres días antes" se apaga.', 'The step "tres días antes" is switched off.'),
        (
            {"channels": ["sms", "whatsapp"]},
            'El paso "tres días antes", canales en orden: el preferido del cliente → SMS, WhatsApp.',
            'The step "tres días antes", channels in order: what the borrower prefers → SMS, WhatsApp.',
        ),
        (
            {"offset_days": -2},
            'El paso "tres días antes" sale el día -2 en lugar del día -3.',
            'The step "tres días antes" goes on day -2 instead of day -3.',
        ),
    ],
)
def test_a_change_is_one_sentence(change: dict[str, Any], spanish: str, english: str) -> None:
    old = content(before_due_3=NAMED)
    new = content(before_due_3=NAMED | change)
    assert told(new, "es", old) == [spanish]
    assert told(new, "en", old) == [english]


def test_a_text_shows_both_wordings() -> None:
    old, new = (content(due_today={"texts": {"es": {"sms": text}}}) for text in ("Uno", "Dos"))
    assert told(new, "es", old) == ['El paso "Vence hoy", texto en Español por SMS: «Uno» → «Dos».']


def test_steps_come_and_go_and_change_places() -> None:
    new = content()
    first, second, third, *rest = new["steps"]
    new["steps"] = [second, first, third | {"id": "overdue_2"}, *rest]
    assert [line.split('"')[-1] for line in told(new, "en")] == [
        " is added.",
        " is removed.",
        "The steps stand in another order.",
    ]


def test_the_same_cadence_has_no_changes() -> None:
    assert told(content(), "es") == []
    assert flow_diff.changes(cadence.load(), cadence.load(cadence.canonical(cadence.load()))) == []


@pytest.mark.parametrize("language", changes.LANGUAGES)
def test_every_field_has_a_name(language: str) -> None:
    fields = (set(Step.model_fields) | {f"audience.{each}" for each in Audience.model_fields}) - {
        "id", "name", "audience", *flow_diff.OWN_WORDS,
    }  # fmt: skip
    known = phrases.read_catalogue(language, changes.DOMAIN)
    assert {each for each in fields if f"field.{each}" not in known} == set()
    spanish, english = (phrases.read_catalogue(each, changes.DOMAIN) for each in changes.LANGUAGES)
    assert {key: each.names for key, each in spanish.items()} == {key: each.names for key, each in english.items()}
