"""A text as the assistant understands it, with nothing asked before it: safety rules, the model, amounts and dates."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from alcorriente.rasa_process import RasaProcess
from bot.dialogue import Dialogue
from bot.turns import COMMAND, LONGEST, heard_first
from locales.currencies import in_units
from understanding.listening import STOP, listen
from understanding.reading import Part, Reading, read
from understanding.signals import is_idiom
from understanding.tense import tells_payment_made
from understanding.undertone import Guess
from understanding.wish import Heard, Wish
from understanding.wish_words import clauses
from understanding.wishes import hear

Parse = Callable[[str], dict[str, Any]]
Ranking = list[tuple[str, float]]
# Below this the assistant asks back: the threshold of config.yml's FallbackClassifier.
ACCEPTED = 0.4
# A second intent of at least this share is worth a look.
BESIDE = 0.2
# A faint guess of danger changes nothing in a turn: a rule, a clause or the model's first thought tells of it.
DANGER = "vulnerable_distress"
# Rules may hear more, such as a fear of the law; only these are intents that the outside knows by name.
BY_RULE = frozenset({"vulnerable_distress", "opt_out", "opt_in", "report_hardship", "wrong_person"})
PAST = frozenset({"already_paid", "ask_payment_history"})


def understood(
    text: str,
    now: datetime,
    language: str,
    currency: str,
    parse: Parse,
    *,
    expecting: Literal["amount", "date"] | None = None,
) -> dict[str, Any]:
    heard, ranking = _listen(text, parse)
    intent, confidence = heard.first.intent, heard.first.confidence
    beside = [each.intent for each in heard.also]
    made = intent in PAST or tells_payment_made(text)
    said = read(text, now, language, currency, look_back=made, expecting=expecting)
    if confidence < ACCEPTED and not made and _is_offer(said):
        intent, confidence = next((each for each in ranking if each[0] == "promise_to_pay"), (intent, confidence))
    return {
        "intent": intent,
        "confidence": round(confidence, 4),
        "also": beside + [name for name, share in ranking if share >= BESIDE and name not in {intent, *beside, DANGER}],
        **_part(said.parts[0]),
        "parts": [_part(each) for each in said.parts] if len(said.parts) > 1 else [],
        "ambiguous": said.ambiguous or (confidence < ACCEPTED and said.is_empty),
    }


def first_wish(text: str, parse: Parse) -> tuple[str, float]:
    """The intent that a turn would go on with, accepted or not, and how sure it is."""
    first = _listen(text, parse)[0].first
    return first.intent, first.confidence


def read_by_model(text: str) -> list[str]:
    """Every text that `first_wish` has parsed: the message as the model gets it, and its clauses."""
    plain = _plain(text)
    return [each for each in (plain, *map(_plain, clauses(plain))) if each.strip()]


def _plain(text: str) -> str:
    return COMMAND.sub("", text)[:LONGEST]


def _listen(text: str, parse: Parse) -> tuple[Heard, Ranking]:
    """As in a turn: what a rule has heard comes first whatever the clauses say."""
    plain, rule = _plain(text), _by_rule(text)
    model, parts = _by_model(plain, parse), clauses(plain)
    ranking = _ranking(text, rule, model)
    if rule in {None, STOP}:
        said = Wish(*_ranking(text, None, model)[0], text), dict(model)
        return listen(said, parts, partial(_guess, parse=parse), stops=rule == STOP), ranking
    whole = Wish(*ranking[0], text)
    also = hear(whole, dict(ranking), [_clause(each, parse) for each in parts]).also
    return Heard(whole, tuple(each for each in also if each.intent != whole.intent)), ranking


def _guess(text: str, parse: Parse) -> Guess:
    model = _by_model(text, parse)
    return Wish(*_ranking(text, None, model)[0], text), dict(model)


def _clause(text: str, parse: Parse) -> Wish:
    """Beside what a rule has heard, too, a rule may hear more: whose father has died is also in hardship."""
    return Wish(*_ranking(text, _by_rule(text), _by_model(text, parse))[0], text)


def _is_offer(said: Reading) -> bool:
    """'300 el lunes' is a promise whatever the model says, as `actions.small_talk` has it."""
    return bool(said.date and (said.amount or said.amount_ref)) and not said.ambiguous


def _ranking(text: str, rule: str | None, model: Ranking) -> Ranking:
    """What a rule has heard first, as in a turn."""
    ruled = [(rule, 1.0)] if rule else []
    if is_idiom(text):
        # What is left of the model's belief is no ground to fall silent either, as `actions.safety` has it.
        model = sorted(model, key=lambda each: each[0] in {DANGER, "opt_out"})
    return ruled + [each for each in model if each[0] != rule]


def _by_model(plain: str, parse: Parse) -> Ranking:
    """The threshold's own intent is left out; never empty."""
    found = parse(plain).get("intent_ranking") or [] if plain.strip() else []
    guesses = [(str(each["name"]), float(each["confidence"])) for each in found]
    return [each for each in guesses if each[0] not in {"nlu_fallback", "media_received"}] or [("out_of_scope", 0.0)]


def _by_rule(text: str) -> str | None:
    heard = (heard_first(text.strip(), opted_out=False) or "").lstrip("/")
    return heard if heard in BY_RULE else None


def _part(part: Part) -> dict[str, Any]:
    return {
        "amount": _major(part),
        "currency": part.currency,
        "date": _iso(part.date),
        "date_range": [_iso(day) for day in part.date_range] if part.date_range else None,
        "amount_ref": part.amount_ref,
        "fraction": round(float(part.fraction), 4) if part.fraction is not None else None,
    }


def _major(part: Part) -> float | None:
    return None if part.amount is None else float(in_units(part.amount, part.currency or ""))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@contextmanager
def parser() -> Iterator[Parse]:
    """Rasa's parse: of the one that ALCORRIENTE_RASA_URL names, else of one started for this call."""
    url = os.environ.get("ALCORRIENTE_RASA_URL")
    if url:
        yield Dialogue(url, os.environ.get("ALCORRIENTE_RASA_TOKEN", "")).parse
        return
    with TemporaryDirectory() as folder:
        port, token = _free_port(), secrets.token_urlsafe(16)
        rasa = RasaProcess(
            port=port,
            token=token,
            actions_url="http://127.0.0.1:9/webhook",  # Parsing runs no action.
            tracker_url=f"sqlite:///{Path(folder) / 'trackers.db'}",
            log_file=Path(folder) / "rasa.log",
        )
        rasa.start()
        try:
            dialogue = Dialogue(f"http://127.0.0.1:{port}", token)
            while not dialogue.is_ready():
                time.sleep(0.2)
            yield dialogue.parse
        finally:
            rasa.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
