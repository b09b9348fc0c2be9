"""What may not be published, each fault with its step and field; and that whatever passes can be said."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import phrases, problems, samples
from outreach import cadence, publish_gate, tone
from tests.outreach.flow_content import SID, content, facts

HELLO = "Hola, {name}. Hoy vence su pago de {amount} con {lender}."
ENGLISH = "Hello {name}, your payment of {amount} to {lender} is due today."


def found(raw: dict[str, Any], **known: Any) -> list[tuple[str | None, str, str]]:
    """The model is asked, and unsure of every text."""
    return heard(raw, 0.5, **known)


def heard(raw: dict[str, Any], share: float, **known: Any) -> list[tuple[str | None, str, str]]:
    draft = cadence.load(raw)
    known["heard"] = dict.fromkeys(publish_gate.own_words(draft), share)
    return [(each.step, each.field, each.code) for each in publish_gate.check(draft, facts(**known))]


def own(**texts: Any) -> dict[str, Any]:
    return content(due_today={"texts": texts})


def test_the_shipped_cadence_may_be_published() -> None:
    assert found(content()) == []


@pytest.mark.parametrize(
    ("step", "known", "field", "code"),
    [
        ({"texts": {"es": {"default": "Hola {nombre}"}}}, {}, "texts.es.default", "flow_placeholder"),
        ({"texts": {"es": {"default": "Hola {balance}"}}}, {}, "texts.es.default", "flow_placeholder"),
        ({"texts": {"es": {"default": "Hola {name"}}}, {}, "texts.es.default", "flow_brace"),
        ({"texts": {"es": {"default": "Hola {name!r}"}}}, {}, "texts.es.default", "flow_brace"),
        ({"texts": {"es": {"sms": HELLO}}}, {}, "texts.es.telegram", "flow_text_missing"),
        ({"texts": {"es": {"default": HELLO}}}, {"languages": {"es", "en"}}, "texts.en.sms", "flow_text_missing"),
        ({"texts": {"es": {"default": "Gracias por su pago. " * 16}}}, {}, "texts.es.default", "flow_text_long"),
        ({"texts": {"es": {"default": HELLO, "sms": "Señora ж {name} " * 12}}}, {}, "texts.es.sms", "flow_sms_long"),
        ({"texts": {"es": {"default": "Pague o iremos a su casa."}}}, {}, "texts.es.default", "flow_threat"),
        ({"texts": {"es": {"default": "Hola, tú puedes pagar hoy."}}}, {}, "texts.es.default", "flow_familiar"),
        ({"phrase": "reminder.unheard_of"}, {}, "phrase", "flow_phrase_unknown"),
        ({"phrase": "balance.several"}, {}, "phrase", "flow_placeholder"),
        ({"at": "19:30", "spread_minutes": 120}, {}, "spread_minutes", "flow_outside_hours"),
        ({"audience": {"promise_states": ["open"]}}, {}, "audience.promise_states", "flow_never_promised"),
    ],
)
def test_a_fault_names_its_step_and_field(step: dict[str, Any], known: dict[str, Any], field: str, code: str) -> None:
    faults = found(content(due_today=step), **{name: frozenset(value) for name, value in known.items()})
    assert ("due_today", field, code) in faults


@pytest.mark.parametrize(
    ("templates", "status", "code"),
    [
        ({}, "approved", "flow_template_missing"),
        ({"es": {"content_sid": SID, "variables": ["name", "amount", "lender"]}}, "paused", "flow_template_unapproved"),
        ({"es": {"content_sid": SID, "variables": ["name"]}}, "approved", "flow_template_variables"),
        ({"es": {"content_sid": SID, "variables": ["name", "amount", "lender"]}}, "approved", None),
    ],
)
def test_own_words_on_whatsapp_need_their_approved_template(templates: Any, status: str, code: str | None) -> None:
    raw = content(due_today={"texts": {"es": {"default": HELLO}}, "templates": templates})
    faults = found(raw, channels=frozenset({"whatsapp"}), templates={SID: status})
    assert [each[2] for each in faults] == ([code] if code else [])


def test_words_of_a_moved_day_need_a_template_of_their_own() -> None:
    named = {"es": {"content_sid": SID, "variables": ["name", "amount", "lender"]}}
    step = {"texts_if_moved": {"es": {"default": HELLO}}, "templates": {}}
    on = {"channels": frozenset({"whatsapp"})}
    assert found(content(due_today=step), **on) == [("due_today", "templates_if_moved.es", "flow_template_missing")]
    assert found(content(due_today=step | {"templates_if_moved": named}), **on) == []


@pytest.mark.parametrize(
    ("steps", "step", "code"),
    [
        ({"overdue_8": {"audience": {"min_dpd": 20, "max_dpd": 60}}}, "overdue_8", "flow_never_dpd"),
        ({"overdue_8": {"audience": {"max_dpd": 1}}}, "overdue_8", "flow_never_dpd"),
        ({"overdue_8": {"offset_days": 61}}, "overdue_8", "flow_above_max_dpd"),
        ({"promise_missed": {"offset_days": 0}}, "promise_missed", "flow_followup_early"),
        ({"overdue_8": {"offset_days": 4}}, "overdue_4", "flow_outranked"),
        ({"overdue_8": {"offset_days": 2}, "overdue_15": {"offset_days": 3}}, "overdue_15", "flow_too_often"),
    ],
)
def test_a_step_that_could_never_run_is_a_fault(steps: Any, step: str, code: str) -> None:
    assert (step, code) in [(each[0], each[2]) for each in found(content(**steps))]


def test_a_flow_without_active_steps_is_a_fault() -> None:
    raw = content()
    raw["steps"] = [step | {"active": False} for step in raw["steps"]]
    assert found(raw) == [(None, "steps", "flow_no_active_step")]


def test_hours_are_those_of_the_countries_that_have_borrowers() -> None:
    early = content(due_today={"at": "08:00"})
    narrow = {country for country in facts().policy.countries if found(early, countries=frozenset({country}))}
    assert narrow
    for country in narrow:
        codes = {each[2] for each in found(early, countries=frozenset({country}))}
        assert codes & {"flow_outside_hours", "flow_too_often"}


@pytest.mark.parametrize(
    ("field", "text", "share", "codes"),
    [
        ("texts", HELLO, 0.0, []),
        ("texts", HELLO, 1.0, ["flow_tone"]),
        ("texts_if_moved", HELLO, 1.0, ["flow_tone"]),
        ("texts", "Pague o iremos a su casa.", 0.0, []),
        ("texts", "Pague o iremos a su casa.", 0.5, ["flow_threat"]),
    ],
)
def test_what_the_model_hears_decides_how_words_sound(field: str, text: str, share: float, codes: list[str]) -> None:
    raw = content(due_today={field: {"es": {"default": text}}})
    assert [each[2] for each in heard(raw, share)] == codes


def test_words_that_nobody_could_judge_are_not_published() -> None:
    raw = own(es={"default": HELLO, "sms": "Hoy vence su pago, {name}."})
    (judged, _) = sorted(publish_gate.own_words(cadence.load(raw)))
    faults = publish_gate.check(cadence.load(raw), facts(heard={judged: 0.0}))
    assert [(each.field, each.code) for each in faults] == [("texts.es.sms", "flow_unheard")]


def test_only_words_that_would_be_sent_are_asked_about() -> None:
    raw = content(
        due_today={"texts": {"es": {"default": HELLO, "sms": "Hola {nombre}", "telegram": "Hola {"}}},
        overdue_8={"texts": {"es": {"default": "Hola."}}, "active": False},
    )
    assert publish_gate.own_words(cadence.load(raw)) == {
        "Hola, Guadalupe. Hoy vence su pago de $500.00 con Caja Esperanza."
    }


@given(st.text(alphabet=st.sampled_from(list("aá {}!nmeñ0€ж")), min_size=1, max_size=60))
def test_a_text_that_passes_can_be_said(text: str) -> None:
    raw = own(es={"default": text})
    if found(raw) == []:
        values = {name: samples.TYPICAL[name] for name in phrases.placeholders(text)}
        assert phrases.fill(text, values, "es_MX")


def codes() -> set[str]:
    """What faults are called where they are found."""
    calls = (
        node
        for file in Path("outreach").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Fault", "FlowError", "PydanticCustomError"}
    )
    unkind = {f"flow_{kind}" for kind in tone.KINDS}
    said = (part for call in calls for each in call.args for part in ast.walk(each) if isinstance(part, ast.Constant))
    plain = (each.value for each in said if isinstance(each.value, str))
    return unkind | {code for code in plain if code.startswith("flow_") and code != "flow_"}


def test_every_fault_has_words_in_both_languages() -> None:
    assert len(codes()) > 30
    assert {code for code in codes() if not problems.is_known(code)} == set()
