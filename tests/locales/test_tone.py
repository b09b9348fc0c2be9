"""What is promised to borrowers about tone, judged on the rendered texts with word lists of their own."""

import json
import re
from pathlib import Path

import pytest

from locales import samples
from locales.phrases import catalogue, render
from locales.sms import segments, sms

LOCALES = ("es", "es_MX", "en_MX")
POLICY = Path(__file__).parents[2] / "outreach" / "contact_policy.json"
THREATS = (
    r"c[aá]rcel|prisi[oó]n|preso|detenid|orden de aprehensi[oó]n|patrulla|polic[ií]a",
    r"embarg|desaloj|quitar(le|emos)? (sus|tus) (cosas|bienes)|juzgado|citatorio|actuario",
    r"(vamos|iremos|ir[aá]n) a (tu|su) (casa|domicilio|trabajo)|visita(remos)? (a )?(tu|su) domicilio",
    r"(avisar|llamar|contactar)(emos|le)? a (tu|su)s? (familia|jefe|patr[oó]n|vecin|referencias)",
    r"[uú]ltima oportunidad|aténgase|atente a las consecuencias|se arrepentir[aá]|boletinar",
    r"jail|prison|arrest|police|seize|lawsuit|garnish|we will (come|visit)|your (family|boss|employer) will",
)
REVEALS = r"\b(adeud|debe usted|usted debe|su deuda|saldo de|vencid|atras(o|ad)|you owe|overdue|past due)"
LEAKS = r"traceback|select .* from|exception|\{\{|\butter_|\bnone\b.*\bnone\b|<class|sqlalchemy"
SPANISH = r"\b(el|la|de|que|su|para|por|gracias|pago|usted|con|no|sí)\b"
ENGLISH = r"\b(the|your|you|is|to|for|of|please|thank|payment|with)\b"
BEFORE_IDENTITY = (
    r"greet\.unknown|identity\.|reminder\.neutral|who\.|wrong_person\.|opt_|promise\.ask_loan|help|fallback\."
    r"|media\.|later\.|person\."
)
# A line of a list, a button or a fragment is too short to tell its language by.
FRAGMENT = r"button\.|paid_by\.|time\.|moment|.*row|promise\.part$"

SAID = [
    (key, locale, render(key, samples.values(key, phrase.names), locale))
    for locale in LOCALES
    for key, phrase in sorted(catalogue(locale).items())
]


def said(pattern: str) -> list[tuple[str, str, str]]:
    chosen = [(key, locale, text) for key, locale, text in SAID if re.match(pattern, key)]
    assert chosen
    return chosen


def test_no_text_holds_a_threat() -> None:
    banned = json.loads(POLICY.read_text("utf-8"))["defaults"]["banned_terms"]
    terms = [re.escape(term) for term in banned["es"] + banned["en"]]
    pattern = re.compile("|".join([*THREATS, *terms]), re.I)
    assert [(key, locale) for key, locale, text in SAID if pattern.search(text)] == []


def test_no_text_looks_like_the_inside_of_the_machine() -> None:
    assert [(key, locale) for key, locale, text in SAID if re.search(LEAKS, text.lower())] == []


def test_nothing_is_revealed_before_identity() -> None:
    chosen = said(BEFORE_IDENTITY)
    assert [(key, locale) for key, locale, text in chosen if re.search(REVEALS, text.lower())] == []


def test_every_reply_is_in_its_language() -> None:
    wrong = []
    for key, locale, text in SAID:
        spanish, english = len(re.findall(SPANISH, text)), len(re.findall(ENGLISH, text))
        ahead = spanish - english if locale.startswith("es") else english - spanish
        if ahead < (0 if re.match(FRAGMENT, key) else 1):
            wrong.append((key, locale, spanish, english))
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (
            r"person\.|.*to_person$|fallback\.person|identity\.locked|distress\.help",
            r"una persona|a person on our team",
        ),
        (r"wrong_person\.|apology\.|complaint\.opened", r"disculp|sorry"),
        (r"opt_out\.", r"ya no le enviaremos|no le enviaremos mensajes|we will no longer send"),
        (r"who\.|greet\.", r"asistente automático de Caja Esperanza|automatic assistant of Caja Esperanza"),
        (r"distress\.help", r"\b911\b"),
        (r"account\.closed", r"nada pendiente|nothing left"),
    ],
)
def test_what_must_be_said_is_said(pattern: str, words: str) -> None:
    assert [(key, locale) for key, locale, text in said(pattern) if not re.search(words, text, re.I)] == []


def test_a_payment_that_is_only_claimed_is_never_called_applied() -> None:
    applied = r"aplicad|acreditad|registrad[oa] su pago|recibimos su pago|we received your payment|applied|credited"
    assert [key for key, _, text in said(r"claim\.|media\.receipt") if re.search(applied, text)] == []


def test_nobody_in_hardship_or_distress_is_asked_for_money() -> None:
    money = r"\b(pag|deud|saldo|abon|pay|paid|amount|balance)|\$"
    assert [key for key, _, text in said(r"hardship\.|distress\.") if re.search(money, text, re.I)] == []


def test_reminders_are_two_parts_as_written_and_one_when_sent_as_sms() -> None:
    singles = r"reminder\.(before|tomorrow|due_today|overdue_\d+)|promise\.(reminder|broken|partial)|payment\.thanks$"
    written = [(key, locale, segments(text)) for key, locale, text in said(singles) if segments(text) > 2]
    sent = [(key, locale, len(sms(text))) for key, locale, text in said(singles) if segments(sms(text)) > 1]
    assert (written, sent) == ([], [])
