"""A text as the assistant understands it, with nothing asked before it: safety rules, the model, amounts and dates."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from alcorriente.rasa_process import RasaProcess
from bot.dialogue import Dialogue
from bot.turns import COMMAND, LONGEST, heard_first
from understanding.amounts.currencies import major_units
from understanding.reading import Part, Reading, read
from understanding.tense import tells_payment_made

Parse = Callable[[str], dict[str, Any]]
# Below this the assistant asks back: the threshold of config.yml's FallbackClassifier.
ACCEPTED = 0.4
# A second intent of at least this share is worth a look.
BESIDE = 0.2
# Rules may hear more, such as a fear of the law; only these are intents that the outside knows by name.
BY_RULE = frozenset({"vulnerable_distress", "opt_out", "opt_in", "report_hardship"})
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
    ranking = _ranking(text, parse)
    made = ranking[0][0] in PAST or tells_payment_made(text)
    said = read(text, now, language, currency, look_back=made, expecting=expecting)
    if ranking[0][1] < ACCEPTED and not made and _is_offer(said):
        ranking.sort(key=lambda each: each[0] != "promise_to_pay")
    intent, confidence = ranking[0]
    return {
        "intent": intent,
        "confidence": round(confidence, 4),
        "also": [name for name, share in ranking[1:] if share >= BESIDE],
        **_part(said.parts[0]),
        "parts": [_part(each) for each in said.parts] if len(said.parts) > 1 else [],
        "ambiguous": said.ambiguous or (confidence < ACCEPTED and said.is_empty),
    }


def _is_offer(said: Reading) -> bool:
    """'300 el lunes' is a promise whatever the model says, as `actions.small_talk` has it."""
    return bool(said.date and (said.amount or said.amount_ref)) and not said.ambiguous


def _ranking(text: str, parse: Parse) -> list[tuple[str, float]]:
    """Safety rules first, as in a turn; the threshold's own intent is left out."""
    plain = COMMAND.sub("", text)[:LONGEST]
    found = parse(plain).get("intent_ranking") or [] if plain.strip() else []
    by_model = [
        (str(each["name"]), float(each["confidence"]))
        for each in found
        if each["name"] not in {"nlu_fallback", "media_received"}
    ]
    heard = (heard_first(text.strip(), opted_out=False) or "").lstrip("/")
    ruled = [(heard, 1.0)] if heard in BY_RULE else []
    return ruled + [each for each in by_model if each[0] != heard] or [("out_of_scope", 0.0)]


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
    return None if part.amount is None else float(major_units(part.amount, part.currency or ""))


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
