"""What borrowers' words meant, as people say, and the training data that is made of it."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from insight.phrases import within
from insight.tables import PhraseLabel
from outreach.tables import Message
from store.ids import id_of

ROWS_AT_ONCE = 500


class Intent(StrEnum):
    """What a phrase can be labelled with: the intents of domain.yml that the model learns."""

    GREET = "greet"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    AFFIRM = "affirm"
    DENY = "deny"
    ASK_BALANCE = "ask_balance"
    ASK_NEXT_PAYMENT = "ask_next_payment"
    ASK_PAYMENT_METHODS = "ask_payment_methods"
    ASK_PAYMENT_HISTORY = "ask_payment_history"
    PROMISE_TO_PAY = "promise_to_pay"
    CANNOT_PAY = "cannot_pay"
    ASK_EXTENSION = "ask_extension"
    REPORT_HARDSHIP = "report_hardship"
    ALREADY_PAID = "already_paid"
    DISPUTE_DEBT = "dispute_debt"
    WRONG_PERSON = "wrong_person"
    ASK_HUMAN = "ask_human"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    CHANGE_LANGUAGE = "change_language"
    COMPLAIN = "complain"
    ASK_WHO_ARE_YOU = "ask_who_are_you"
    CALL_ME_LATER = "call_me_later"
    VULNERABLE_DISTRESS = "vulnerable_distress"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled phrase, masked."""

    text: str
    intent: str
    language: str
    guess: str | None
    confidence: float | None


def of_words(session: Session, text_index: str) -> PhraseLabel | None:
    """Locked where the engine can: of two people who label the same words at the same moment one sees the other."""
    return session.exec(select(PhraseLabel).where(PhraseLabel.text_index == text_index).with_for_update()).first()


def put(session: Session, message: Message, intent: Intent, by: str, now: datetime) -> PhraseLabel:
    """For these words, whichever message they stand in."""
    words = message.text_index or ""
    label = of_words(session, words)
    if label is None:
        label = PhraseLabel(
            message_id=id_of(message),
            text_index=words,
            language=message.language.split("_")[0],
            intent=intent,
            labelled_by=by,
            labelled_at=now,
        )
    label.intent, label.labelled_by, label.labelled_at = intent, by, now
    session.add(label)
    session.flush()
    return label


def examples(
    session: Session,
    language: str | None,
    branches: frozenset[str] | None,
    mask: Callable[[Sequence[Message]], dict[int, str]],
) -> Iterator[Example]:
    """Every labelled phrase, in the order of its message; words that differ in what is masked only come once."""
    seen, after = set[str](), 0
    while found := _chunk(session, language, branches, after):
        texts = mask([message for message, _ in found])
        for message, label in found:
            text = texts[id_of(message)]
            words = " ".join(re.findall(r"\w+", text.casefold())) or text
            if text and words not in seen:
                seen.add(words)
                yield Example(text, label.intent, label.language, message.guess, message.confidence)
        after = found[-1][1].message_id


def _chunk(
    session: Session, language: str | None, branches: frozenset[str] | None, after: int
) -> list[tuple[Message, PhraseLabel]]:
    wanted = (
        sa.select(Message, PhraseLabel)
        .join(PhraseLabel, col(PhraseLabel.message_id) == col(Message.id))
        .where(col(PhraseLabel.message_id) > after, *within(branches))
        .order_by(col(PhraseLabel.message_id))
        .limit(ROWS_AT_ONCE)
    )
    if language is not None:
        wanted = wanted.where(col(PhraseLabel.language) == language)
    return [(row[0], row[1]) for row in session.execute(wanted)]


def as_yaml(found: Iterable[Example]) -> str:
    """A file of nlu_data/<language>/: intents in the order of `Intent`, one example a line."""
    by_intent = defaultdict[str, list[str]](list)
    for each in found:
        by_intent[each.intent].append(_plain(each.text))
    if not by_intent:
        return 'version: "3.1"\n\nnlu: []\n'
    blocks = (
        f"  - intent: {intent}\n    examples: |\n" + "".join(f"      - {text}\n" for text in by_intent[intent])
        for intent in Intent
        if intent in by_intent
    )
    return 'version: "3.1"\n\nnlu:\n' + "".join(blocks)


def as_json_lines(found: Iterable[Example]) -> str:
    """One object a line, with what the model had guessed."""
    rows = (
        {
            "text": each.text,
            "intent": each.intent,
            "lang": each.language,
            "guess": each.guess,
            "confidence": each.confidence,
        }
        for each in found
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _plain(text: str) -> str:
    """Square brackets mark entities in Rasa's training data, and nothing else may."""
    return text.replace("[", "(").replace("]", ")")
