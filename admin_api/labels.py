"""What borrowers meant: phrases that the model was not sure of or misread, masked, and their labels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col

from admin_api import etags, reach
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.paging import After, Limit, Page, page
from admin_api.problems import Problem, not_found
from desk.access import Permission
from desk.tables import Staff
from insight import labels, phrases
from insight.labels import Intent
from insight.masking import Marks
from insight.phrases import Certainty, Wanted, Which
from insight.tables import PhraseLabel
from locales import problems as texts
from outreach.corrections import Correction
from outreach.tables import Message
from store.ids import id_of

router = APIRouter(prefix="/labels", tags=["labels"])
Language = Literal["es", "en"]
MOST_DAYS = 90
Readers = Annotated[Reading, reads(Permission.READ_PHRASES)]


class LabelShown(BaseModel):
    intent: str
    by: str
    at: datetime


class Labelled(BaseModel):
    """What the ETag of a phrase is made of."""

    label: LabelShown | None


class PhraseHeard(Labelled):
    """`etag` is what a change of the label names as `If-Match`."""

    id: int
    text: str = Field(description="Without names and numbers of people.")
    language: str
    channel: str
    said_at: datetime
    times: int = Field(description="How often these words came in the days asked for, else in the last 90.")
    intent: str | None = Field(description="As it was understood.")
    guess: str | None = Field(description="What the model found nearest, accepted or not.")
    confidence: float = Field(description="How sure of its guess the model was, 0 to 1.")
    certainty: Certainty
    corrected: Correction | None = Field(description="What showed that it was misread.")
    etag: str


class LabelGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"intent": "ask_balance"}]})
    intent: Intent


class LabellingProgress(BaseModel):
    phrases: int = Field(description="Different phrases in these days.")
    labelled: int


def _wanted(
    call: Readers,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
    language: Language | None = None,
    intent: Intent | None = None,
    which: Which = Which.ALL,
) -> Wanted:
    since = call.now - timedelta(days=days)
    return Wanted(since, call.principal.branches, language, intent, which)


Within = Annotated[Wanted, Depends(_wanted, scope="function")]


@router.get("")
def list_phrases(
    call: Readers, wanted: Within, labelled: bool | None = None, limit: Limit = 50, after: After = None
) -> Page[PhraseHeard]:
    """The least certain first, each text once."""
    found = phrases.candidates(replace(wanted, labelled=labelled))
    keys = [col(Message.confidence), col(Message.id)]
    rows: Page[Any] = page(call.session, found, keys, limit, after, lambda row: row)
    said = masked(call, [row[0] for row in rows.items])
    return Page[PhraseHeard](items=[_shown(said, *row[:3]) for row in rows.items], next=rows.next)


@router.get("/progress")
def labelling_progress(call: Readers, wanted: Within) -> LabellingProgress:
    found, labelled = phrases.progress(call.session, wanted)
    return LabellingProgress(phrases=found, labelled=labelled)


@router.get("/{message_id}")
def one_phrase(message_id: int, response: Response, call: Readers) -> PhraseHeard:
    shown = _one(call, _found(call, message_id))
    response.headers["ETag"] = shown.etag
    return shown


@router.put("/{message_id}", response_model=PhraseHeard)
def label_phrase(
    message_id: int,
    given: LabelGiven,
    call: Annotated[Writing, writes(Permission.LABEL_PHRASES)],
    if_match: etags.IfMatch = None,
) -> Any:
    """The label holds for these words, whoever writes them."""
    message = _found(call, message_id)

    def make() -> PhraseHeard:
        before = _label(labels.of_words(call.session, message.text_index or ""))
        etags.check(if_match, before)
        _put(call, message, given.intent)
        was = before.label.intent if before.label else None
        call.audit("phrase_labelled", f"message:{message_id}", intent=given.intent, read_as=message.intent, before=was)
        return _one(call, message)

    return once(call, f"label:{message_id}", given, make, status=200)


def _put(call: Writing, message: Message, intent: Intent) -> None:
    try:
        with call.session.begin_nested():
            labels.put(call.session, message, intent, call.principal.actor, call.now)
    except sa.exc.IntegrityError as first:
        raise Problem(412, "stale") from first


def _found(call: Reading, message_id: int) -> Message:
    """Only of what can teach the model: not of buttons, nor of answers that prove who somebody is."""
    message: Message = reach.row(call, Message, message_id)
    reachable = sa.select(col(Message.id)).where(
        col(Message.id) == message_id, *phrases.within(call.principal.branches)
    )
    if message.text_index is None or call.session.execute(reachable).first() is None:
        raise not_found()
    return message


def _one(call: Reading, message: Message) -> PhraseHeard:
    since = call.now - timedelta(days=MOST_DAYS)
    times = phrases.times(call.session, message, Wanted(since, call.principal.branches))
    label = labels.of_words(call.session, message.text_index or "")
    return _shown(masked(call, [message]), message, times, label)


def _shown(said: dict[int, str], message: Message, times: int, label: PhraseLabel | None) -> PhraseHeard:
    labelled = _label(label)
    confidence = message.confidence or 0.0
    return PhraseHeard(
        id=id_of(message),
        text=said[id_of(message)],
        language=message.language,
        channel=message.channel,
        said_at=message.created_at,
        times=times,
        intent=message.intent,
        guess=message.guess,
        confidence=confidence,
        certainty=phrases.certainty(message.intent, confidence),
        corrected=Correction(message.corrected) if message.corrected else None,
        label=labelled.label,
        etag=etags.of(labelled),
    )


def _label(label: PhraseLabel | None) -> Labelled:
    if label is None:
        return Labelled(label=None)
    return Labelled(label=LabelShown(intent=label.intent, by=label.labelled_by, at=label.labelled_at))


def masked(call: Reading, messages: Sequence[Message]) -> dict[int, str]:
    """With the words for what is hidden of each message's own language."""
    staff = list(call.session.scalars(sa.select(col(Staff.name))))
    by_language = {each.language: [it for it in messages if it.language == each.language] for each in messages}
    return {
        message_id: text
        for language, said in by_language.items()
        for message_id, text in phrases.masked_texts(call.session, said, staff, _marks(language)).items()
    }


def _marks(language: str) -> Marks:
    name, number, contact = (texts.text(f"mask.{each}", {}, language) for each in ("name", "number", "contact"))
    return Marks(name, number, contact)
