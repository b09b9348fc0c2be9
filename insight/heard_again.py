"""What borrowers wrote lately, read again by another model: which turns would have been understood otherwise.

Compared are typed texts that the model has read alone; what a rule, a button or an identity check decided stays as it
was. The question that a text answered is not known here, so of an answer in a form only the reading is compared.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from insight.masking import Marks
from insight.phrases import MISSED, masked_texts
from outreach.tables import Message
from store.ids import id_of

MARKS = Marks("‹name›", "‹number›", "‹contact›")
Hear = Callable[[str], tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """`intent` is `nlu_fallback` where the model was not sure enough of its `guess`."""

    guess: str
    confidence: float
    intent: str


@dataclass(frozen=True, slots=True)
class Reread:
    """`text` is masked."""

    message_id: int
    at: datetime
    language: str
    text: str
    before: Reading
    after: Reading


@dataclass(slots=True)
class OfIntent:
    """Turns by the intent that was understood: as before, taken for another, not understood any more."""

    turns: int = 0
    same: int = 0
    other: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        return self.other[MISSED]


def messages(session: Session, since: datetime) -> list[Message]:
    """The oldest first."""
    return list(
        session.exec(
            select(Message)
            .where(Message.direction == "in", Message.created_at >= since, col(Message.text_index).is_not(None))
            .where(col(Message.guess).is_not(None), col(Message.forgotten_at).is_(None))
            .order_by(col(Message.created_at), col(Message.id))
        )
    )


def read_again(messages: Iterable[Message], hear: Hear, threshold: float) -> list[tuple[Message, Reading, Reading]]:
    """Each with what was understood then and what would be now."""
    found = []
    for message in messages:
        guess, confidence = hear(message.text)
        found.append((message, _then(message), _reading(guess, confidence, threshold)))
    return found


def changed(
    session: Session, pairs: Sequence[tuple[Message, Reading, Reading]], staff: Collection[str] = ()
) -> list[Reread]:
    other = [(message, before, after) for message, before, after in pairs if before.intent != after.intent]
    texts = masked_texts(session, [message for message, _, _ in other], staff, MARKS)
    return [
        Reread(id_of(message), message.created_at, message.language, texts[id_of(message)], before, after)
        for message, before, after in other
    ]


def by_intent(pairs: Iterable[tuple[Message, Reading, Reading]]) -> dict[str, OfIntent]:
    """The most frequent first."""
    found: dict[str, OfIntent] = {}
    for _, before, after in pairs:
        row = found.setdefault(before.intent, OfIntent())
        row.turns += 1
        if before.intent == after.intent:
            row.same += 1
        else:
            row.other[after.intent] += 1
    return dict(sorted(found.items(), key=lambda item: (-item[1].turns, item[0])))


def _then(message: Message) -> Reading:
    guess = message.guess or MISSED
    return Reading(guess, message.confidence or 0.0, message.intent or MISSED)


def _reading(guess: str, confidence: float, threshold: float) -> Reading:
    return Reading(guess, confidence, guess if confidence >= threshold else MISSED)
