"""Borrowers' words from which the model can learn: those that it was least sure of, and those that were corrected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from insight.masking import Known, Marks, masked
from insight.tables import PhraseLabel
from loans.tables import Borrower, Lender, Loan
from outreach.tables import DOUBTFUL, UNSURE, AddressBorrower, Message
from store.ids import id_of

# Below this the nearest guess is as often wrong as right; from SURE on it is rarely wrong.
DOUBTED, SURE = 0.55, 0.85
MISSED = "nlu_fallback"


class Which(StrEnum):
    ALL = "all"
    UNSURE = "unsure"
    CORRECTED = "corrected"


class Certainty(StrEnum):
    MISSED = "missed"
    DOUBTED = "doubted"
    LIKELY = "likely"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`branches` are those that the asker may see, None = all; `labelled` None = whether or not."""

    since: datetime
    branches: frozenset[str] | None = None
    language: str | None = None
    intent: str | None = None
    which: Which = Which.ALL
    labelled: bool | None = None


def certainty(intent: str | None, confidence: float) -> Certainty:
    if intent in {None, MISSED}:
        return Certainty.MISSED
    if confidence < DOUBTED:
        return Certainty.DOUBTED
    return Certainty.LIKELY if confidence < SURE else Certainty.SURE


def candidates(wanted: Wanted) -> sa.Select[Any]:
    """(message, how often these words came, their label or None), in no order; each text once, as least sure."""
    same_words = col(Message.text_index)
    said = (
        sa.select(
            col(Message.id).label("id"),
            sa.func.row_number()
            .over(partition_by=same_words, order_by=(col(Message.confidence), col(Message.id)))
            .label("place"),
            sa.func.count().over(partition_by=same_words).label("times"),
        )
        .where(*_conditions(wanted))
        .subquery()
    )
    found = (
        sa.select(Message, said.c.times, PhraseLabel)
        .join(said, said.c.id == col(Message.id))
        .join(PhraseLabel, col(PhraseLabel.text_index) == same_words, isouter=True)
        .where(said.c.place == 1)
    )
    if wanted.labelled is None:
        return found
    has_label = col(PhraseLabel.message_id).is_not(None)
    return found.where(has_label if wanted.labelled else sa.not_(has_label))


def progress(session: Session, wanted: Wanted) -> tuple[int, int]:
    """How many different phrases there are, and how many of them have a label."""
    counts = candidates(wanted).with_only_columns(sa.func.count(), sa.func.count(col(PhraseLabel.message_id)))
    phrases, labelled = session.execute(counts).one()
    return phrases, labelled


def times(session: Session, message: Message, wanted: Wanted) -> int:
    """How often the words of this message came."""
    same = col(Message.text_index) == message.text_index
    found: int = session.execute(sa.select(sa.func.count()).where(*_conditions(wanted), same)).scalar_one()
    return max(1, found)


def within(branches: frozenset[str] | None) -> list[sa.ColumnElement[bool]]:
    """Words of somebody unknown are read by who is bound to no branch."""
    if branches is None:
        return []
    reached = sa.select(col(Borrower.id)).where(col(Borrower.branch).in_(sorted(branches)))
    return [col(Message.borrower_id).in_(reached)]


def _conditions(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = [
        sa.text(DOUBTFUL),  # Word for word as the index says it, which else is not used.
        col(Message.created_at) >= wanted.since,
        *within(wanted.branches),
    ]
    if wanted.language is not None:
        conditions.append(col(Message.language) == wanted.language)
    if wanted.intent is not None:
        conditions.append(sa.or_(col(Message.intent) == wanted.intent, col(Message.guess) == wanted.intent))
    if wanted.which == Which.CORRECTED:
        conditions.append(col(Message.corrected).is_not(None))
    if wanted.which == Which.UNSURE:
        conditions.append(col(Message.confidence) < UNSURE)
    return conditions


def masked_texts(session: Session, messages: Sequence[Message], staff: Collection[str], marks: Marks) -> dict[int, str]:
    """By message id, without the names and numbers of whoever may have written it, of the lender and of `staff`."""
    owners = _owners(session, messages)
    people = _people(session, {each for ids in owners.values() for each in ids})
    lender = session.get(Lender, 1)
    bodies = [lender.name, lender.legal_name] if lender else []
    return {
        id_of(message): masked(message.text, _known(people, owners[id_of(message)], staff, bodies), marks)
        for message in messages
    }


def _owners(session: Session, messages: Iterable[Message]) -> dict[int, set[int]]:
    """By message id, the borrowers who may have written it: a phone may be shared."""
    messages = list(messages)
    shared = defaultdict[int, set[int]](set)
    links = select(AddressBorrower).where(col(AddressBorrower.address_id).in_({each.address_id for each in messages}))
    for link in session.exec(links):
        shared[link.address_id].add(link.borrower_id)
    return {
        id_of(each): shared[each.address_id] | ({each.borrower_id} if each.borrower_id else set()) for each in messages
    }


def _people(session: Session, borrower_ids: Collection[int]) -> dict[int, Known]:
    numbers = defaultdict[int, list[str]](list)
    loans = sa.select(col(Loan.borrower_id), col(Loan.external_id)).where(col(Loan.borrower_id).in_(borrower_ids))
    for row in session.execute(loans):
        numbers[row.borrower_id].append(row.external_id)
    found = session.exec(select(Borrower).where(col(Borrower.id).in_(borrower_ids)))
    return {
        id_of(each): Known(
            people=(each.full_name, each.given_name, each.officer_name),
            numbers=(each.external_id, *numbers[id_of(each)]),
        )
        for each in found
    }


def _known(people: dict[int, Known], owners: Iterable[int], staff: Collection[str], bodies: Collection[str]) -> Known:
    known = [people[each] for each in owners if each in people]
    return Known(
        people={*staff, *(name for each in known for name in each.people)},
        bodies=bodies,
        numbers={number for each in known for number in each.numbers},
    )
