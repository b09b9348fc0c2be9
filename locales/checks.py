"""What every text must hold to before a borrower reads it. `python -m locales` prints what does not."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from locales import phrases, samples
from locales.phrases import Phrase, PhraseError, languages, read_catalogue, render
from locales.sms import segments, sms

ROOMS = ("actions", "admin_api", "alcorriente", "bot", "desk", "insight", "loans", "outreach", "scheduler")
REFERENCE = "es"
LENGTH_LIMIT = 300  # A phone of the cheap kind shows about this much without scrolling.
SMS_LIMIT = 2

# Said before we know to whom we speak.
BEFORE_IDENTITY = re.compile(
    r"(greet\.unknown|help|identity\.|reminder\.neutral|who\.|wrong_person\.|opt_|promise\.ask_loan|fallback\."
    r"|media\.|chat\.|voice\.|later\.|person\.|apology\.|language\.|given_back)"
)
DEBT = re.compile(
    r"\b(deud|adeud|debe usted|usted debe|saldo|vencid|atras|pago pendiente|owe|overdue|past due|debt|balance)", re.I
)
LOAN = re.compile(r"\b(loan|préstamo|prestamo|crédito|credito)", re.I)

# No money is asked for, or spoken of, in these.
GENTLE = re.compile(r"(hardship|distress)\.")
MONEY = re.compile(r"\b(pag[aoue]|deud|saldo|abon|cantidad|pay|paid|amount|money|balance)", re.I)

THREATS = re.compile(
    r"c[aá]rcel|prisi[oó]n|preso|detenid|aprehensi[oó]n|patrulla|polic[ií]a|embarg|desaloj|juzgado|citatorio|actuario"
    r"|demanda|abogad|buró|bur[oó] de|boletin|\bsu (familia|jefe|patr[oó]n|trabajo)|sus (vecinos|bienes|referencias)"
    r"|(a|en) su (casa|domicilio)|[uú]ltima (oportunidad|advertencia)|consecuencias|at[eé]ngase|obligad"
    r"|jail|prison|arrest|police|seize|lawsuit|lawyer|garnish|court|legal action|bureau|last (chance|warning)"
    r"|consequences|your (family|boss|employer|neighbou?rs|home|house|workplace)\b",
    re.I,
)
# A borrower is spoken to as usted.
FAMILIAR = re.compile(r"\b(tú|te|ti|tu|tus|contigo|tienes|puedes|quieres|debes|escríbeme|responde|dime)\b", re.I)
OTHER_LANGUAGE = {
    "es": re.compile(r"\b(the|your|you|is|for|of|please|thank|payment|with|reply|loan|hello|we|will)\b", re.I),
    "en": re.compile(
        r"[áéíóúñ¿¡]|\b(el|la|los|de|que|su|para|por|gracias|pago|usted|con|sí|una|hola|escriba|alta|baja)\b", re.I
    ),
}
# What the outside world counts as ours to promise: these phrases must say it in so many words.
MUST_SAY: Mapping[str, Mapping[str, str]] = {
    r"person\.|.*to_person$|fallback\.person|identity\.locked|distress\.(help|after)|hardship\.vulnerable": {
        "es": "una persona del equipo",
        "en": "a person on our team",
    },
    r"wrong_person\.|apology\.": {"es": "disculp", "en": "sorry"},
    r"complaint\.opened": {"es": "disculpa", "en": "sorry"},
    r"opt_out\.": {"es": "no le enviaremos mensajes", "en": "we will no longer send"},
    r"opt_out\..*": {"es": "ALTA", "en": "START"},
    r"who\.": {"es": "asistente automático de {lender}", "en": "automatic assistant of {lender}"},
}
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
NOT_A_KEY = re.compile(r".*\.(id|json|jsonl|yml|yaml|po|py|md|csv|html)$")


def problems() -> list[str]:
    """Every fault of the shipped catalogues, each naming catalogue and key."""
    found = [fault for language in languages() for fault in _catalogue_faults(language)]
    return found + list(unknown_keys(phrases.FOLDER.parent))


def _catalogue_faults(language: str) -> Iterator[str]:
    reference, texts = read_catalogue(REFERENCE), read_catalogue(language)
    if "_" not in language:
        yield from (f"{language} {key}: missing" for key in sorted(reference.keys() - texts.keys()))
    yield from (f"{language} {key}: not in {REFERENCE}" for key in sorted(texts.keys() - reference.keys()))
    yield from (f"{language} {fault}" for fault in entry_faults(phrases.catalogue_file(language)))
    for key in sorted(texts.keys() & reference.keys()):
        for fault in phrase_faults(key, texts[key], reference[key], language):
            yield f"{language} {key}: {fault}"
        for fault in size_faults(key, reference[key].names, language):
            yield f"{language} {key}: {fault}"


def entry_faults(path: Path) -> Iterator[str]:
    """What only the file shows: a missing text or comment, a fuzzy entry, a key given twice."""
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, abort_invalid=True) if entry.id]
    for entry in entries:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        if not all(phrases.texts_of(entry)):
            yield f"{key}: has no text"
        if not entry.user_comments:
            yield f"{key}: no comment says when it is said"
        if entry.fuzzy:
            yield f"{key}: marked fuzzy; check it and remove the mark"
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.M)
    yield from (f"{key}: given twice" for key in sorted({key for key in ids if ids.count(key) > 1}))


def phrase_faults(key: str, phrase: Phrase, reference: Phrase, language: str) -> Iterator[str]:
    """Faults of the words themselves."""
    if phrase.names != reference.names:
        yield f"has {sorted(phrase.names)} where {REFERENCE} has {sorted(reference.names)}"
    if len(phrase.forms) != len(reference.forms):
        yield f"has {len(phrase.forms)} plural forms where {REFERENCE} has {len(reference.forms)}"
    for form in phrase.forms:
        text = "".join(literal + (f"{{{name}}}" if name else "") for literal, name in form)
        yield from text_faults(key, text, language)


def text_faults(key: str, text: str, language: str) -> Iterator[str]:
    """Faults of one text: its tone, its language, what it must and must not say."""
    spoken, language = re.sub(r"\{\w+\}", "", text), language[:2]
    if match := THREATS.search(spoken):
        yield f"{match[0]!r} may be read as a threat"
    if BEFORE_IDENTITY.match(key) and (match := DEBT.search(spoken)):
        yield f"{match[0]!r} before we know to whom we speak"
    if re.match(r"reminder\.neutral|wrong_person\.|identity\.", key) and (match := LOAN.search(spoken)):
        yield f"{match[0]!r} before we know to whom we speak"
    if GENTLE.match(key) and (match := MONEY.search(spoken)):
        yield f"{match[0]!r}: money is not spoken of here"
    if language in OTHER_LANGUAGE and (match := OTHER_LANGUAGE[language].search(spoken)):
        yield f"{match[0]!r} is not in this language"
    if language == "es" and (match := FAMILIAR.search(spoken)):
        yield f"{match[0]!r}: a borrower is spoken to as usted"
    for keys, words in MUST_SAY.items():
        if re.match(keys, key) and language in words and words[language].lower() not in text.lower():
            yield f"must say {words[language]!r}"
    if text != text.strip() or "  " in text.replace("\n  ", "\n") or spoken.count("!") > 1:
        yield "stray blanks or too many exclamation marks"
    if any(re.search(rf"\{{{name}\}}[^\n]", text) for name in phrases.OPTIONAL if _may_be_empty(key, name)):
        yield "a value that may be empty must end its line"


def size_faults(key: str, names: frozenset[str], language: str) -> Iterator[str]:
    """Faults that show once the phrase is filled: too long for a button, an SMS or a patient reader."""
    locale = language if "_" in language else f"{language}_MX"
    try:
        usual = render(key, samples.values(key, names), locale)
        longest = sms(render(key, samples.values(key, names, samples.LONG), locale))
    except (PhraseError, KeyError) as problem:
        yield f"cannot be filled: {problem!r}"
        return
    if len(usual) > LENGTH_LIMIT:
        yield f"{len(usual)} characters are more than {LENGTH_LIMIT}"
    if key.startswith("button.") and len(usual) > phrases.TITLE_LIMIT:
        yield f"{len(usual)} characters are more than a button's {phrases.TITLE_LIMIT}"
    if segments(longest) > SMS_LIMIT:
        yield f"{segments(longest)} SMS parts with long values are more than {SMS_LIMIT}"


def unknown_keys(root: Path) -> Iterator[str]:
    """Strings in the code and its data that look like a key of ours but name no phrase."""
    known = read_catalogue(REFERENCE)
    topics = {key.split(".")[0] for key in known if "." in key}
    for path in _files(root):
        if path.suffix == ".json":
            words = _json_strings(json.loads(path.read_text("utf-8")))
        else:
            words = _code_strings(ast.parse(path.read_text("utf-8")))
        for word in words:
            looks_like_a_key = KEY.fullmatch(word) and not NOT_A_KEY.match(word)
            if looks_like_a_key and word.split(".")[0] in topics and word not in known:
                yield f"{path.relative_to(root)}: no phrase {word!r}"


def _files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((root / room).rglob("*.py"))
        yield from sorted((root / room).rglob("*.json"))


def _code_strings(tree: ast.AST) -> Iterator[str]:
    """String constants, without those given to a log call: event names look like keys."""
    if isinstance(tree, ast.Call) and re.match(r"_?log(ger)?\.", ast.unparse(tree.func)):
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree.value
    for child in ast.iter_child_nodes(tree):
        yield from _code_strings(child)


def _json_strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for child in children for word in _json_strings(child)]


def _may_be_empty(key: str, name: str) -> bool:
    """{channel} is only a payment's channel where a list of payments is read out."""
    return name != "channel" or key.startswith("history.")
