"""What was said and agreed lately, run again through a draft's texts or through proposed limits.

It looks into every branch, so only who is bound to none sees it. Nothing of it is kept.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from admin_api import reach
from admin_api.flow_versions import found
from admin_api.guard import Reading, reads
from admin_api.problems import Problem, language_of
from desk.access import Permission
from insight import limits_replay, replay
from insight.limits_replay import What
from insight.limits_words import Words
from loans import accounts, limit_versions
from loans.tables import NegotiationLimits
from outreach import flows

router = APIRouter(tags=["settings"])
# So many are judged within a request; who wants more asks the command line.
MOST_MESSAGES, MOST_TURNS, MOST_SHOWN = 2000, 1000, 100
Days = Annotated[int, Query(ge=1, le=366, description="Of the past.")]


class TextReplayed(BaseModel):
    """A reminder that would have read differently. Names have a mark in their place."""

    model_config = ConfigDict(from_attributes=True)
    message_id: int
    step: str
    channel: str
    language: str
    sent_on: date
    what: Literal["text_changed", "step_gone"]
    before: str
    after: str | None = Field(description="Null: the draft has no such step.")
    answered: bool = Field(description="The borrower wrote back before the next reminder.")


class StepReplayed(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    step: str
    sent: int
    answered: int


class TextsReplayed(BaseModel):
    looked_at: int
    left_out: int = Field(description="Older messages that were not looked at.")
    changed: int
    steps: list[StepReplayed] = Field(description="All that was sent in those days, by step.")
    items: list[TextReplayed] = Field(description="The newest of them first.")


class TurnReplayed(BaseModel):
    turn_id: str
    on: date
    loan_id: int
    loan: str
    what: What
    before: str = Field(description="In the caller's language.")
    after: str


class LimitsReplayed(BaseModel):
    looked_at: int
    left_out: int = Field(description="Older turns that were not looked at.")
    unlike: int = Field(description="Turns that can't be judged again: not all that was known then has been kept.")
    changed: int
    counts: dict[What, int]
    items: list[TurnReplayed] = Field(description="The newest of them first.")


@router.get("/flows/{flow_id}/versions/{number}/replay")
def texts_again(
    flow_id: int, number: int, call: Annotated[Reading, reads(Permission.READ_SETTINGS)], days: Days = 30
) -> TextsReplayed:
    """Reminders of the last days with the values they were sent with, in the words of this version."""
    _require_all_branches(call)
    version, since = found(call, flow_id, number), call.now - timedelta(days=days)
    changed = list(replay.changed(call.session, flows.cadence_of(version), since, MOST_MESSAGES))
    sent = replay.counted(call.session, since)
    return TextsReplayed(
        looked_at=min(sent, MOST_MESSAGES),
        left_out=max(0, sent - MOST_MESSAGES),
        changed=len(changed),
        steps=[StepReplayed.model_validate(each) for each in replay.by_step(call.session, since)],
        items=[TextReplayed.model_validate(each) for each in changed[:MOST_SHOWN]],
    )


@router.get("/limits/versions/{version_id}/replay")
def agreements_again(
    version_id: int, request: Request, call: Annotated[Reading, reads(Permission.READ_SETTINGS)], days: Days = 30
) -> LimitsReplayed:
    """What the assistant agreed on, offered and refused in the last days, as if these limits had been in force."""
    _require_all_branches(call)
    row: NegotiationLimits = reach.row(call, NegotiationLimits, version_id)
    proposed = limit_versions.proposed_of(row.model_dump())
    again = limits_replay.again(call.session, proposed, call.now - timedelta(days=days), MOST_TURNS)
    words = Words(language_of(request), accounts.lender(call.session).country)
    return LimitsReplayed(
        looked_at=again.looked_at,
        left_out=again.left_out,
        unlike=again.unlike,
        changed=len(again.changed),
        counts=dict(again.counts),
        items=[
            TurnReplayed(
                turn_id=each.turn.id,
                on=each.on,
                loan_id=each.loan_id,
                loan=each.loan,
                what=each.what,
                before=words.before(each),
                after=words.after(each),
            )
            for each in reversed(again.changed[-MOST_SHOWN:])
        ],
    )


def _require_all_branches(call: Reading) -> None:
    if call.principal.branches is not None:
        raise Problem(403, "not_allowed")
