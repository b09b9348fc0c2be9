"""What an editor of a flow may choose from, and how a text reads that is being written."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col

from admin_api import reach
from admin_api.flow_versions import facts
from admin_api.guard import Reading, Writing, context_of, reads, writes
from admin_api.problems import invalid
from desk.access import Permission
from insight.outlook_samples import price_of
from loans import accounts
from loans.tables import Borrower, Loan
from locales.phrases import PhraseError
from outreach.audience import Language
from outreach.sample_text import ChannelKind, Sample, sample
from outreach.step import CHANNEL_ORDER, KINDS, PLACEHOLDERS, Anchor, ChannelName
from outreach.tables import Flow, TemplateApproval

router = APIRouter(prefix="/flows/{flow_id}", tags=["settings"])


class AnchorChoice(BaseModel):
    anchor: Anchor
    kinds: list[str]
    placeholders: list[str]


class TemplateChoice(BaseModel):
    content_sid: str
    status: str = Field(description="'approved', or WhatsApp's own word for why not.")


class FlowChoices(BaseModel):
    """What there is among this lender's borrowers and loans, and what a step may be made of."""

    anchors: list[AnchorChoice]
    channels: list[ChannelName] = Field(description="In the order of 'preferred'.")
    channels_on: list[ChannelName]
    languages: list[str]
    countries: list[str]
    segments: list[str]
    risks: list[str]
    products: list[str]
    regions: list[str]
    currencies: list[str]
    templates: list[TemplateChoice]


class TextGiven(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "Hola, {name}. Hoy vence su pago.", "language": "es", "channel": "sms"}]
        },
    )
    text: str = Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")
    language: Language = "es"
    channel: ChannelKind = "default"


class TextShown(BaseModel):
    text: str = Field(description="Filled with ordinary values.")
    letters: int
    segments: int = Field(description="SMS parts that are billed.")
    most_segments: int = Field(description="The same with long names and amounts; two at most may be published.")
    cost: Decimal | None = Field(
        description="Of one such SMS in the lender's country, in whole units of their currency; null without a price."
    )
    most_cost: Decimal | None = Field(description="The same with long names and amounts.")


@router.get("/choices")
def choices_of_flow(
    flow_id: int, request: Request, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]
) -> FlowChoices:
    reach.row(call, Flow, flow_id)
    known = facts(call, request)
    approvals = call.session.execute(sa.select(col(TemplateApproval.content_sid), col(TemplateApproval.status)))
    return FlowChoices(
        anchors=[
            AnchorChoice(anchor=anchor, kinds=list(kinds), placeholders=sorted(PLACEHOLDERS[anchor]))  # type: ignore[arg-type]
            for anchor, kinds in KINDS.items()
        ],
        channels=list(CHANNEL_ORDER),
        channels_on=[each for each in CHANNEL_ORDER if each in known.channels],
        languages=sorted(known.languages),
        countries=sorted(known.countries),
        segments=distinct(call.session, Borrower.segment),
        risks=distinct(call.session, Borrower.risk),
        products=distinct(call.session, Loan.product),
        regions=distinct(call.session, Borrower.region),
        currencies=distinct(call.session, Loan.currency),
        templates=[TemplateChoice(content_sid=row.content_sid, status=row.status) for row in approvals],
    )


@router.post("/sample")
def sample_of_text(
    flow_id: int, given: TextGiven, request: Request, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]
) -> TextShown:
    """Nothing is kept."""
    reach.row(call, Flow, flow_id)
    price = price_of(context_of(request).prices, "sms", accounts.lender(call.session).country)
    try:
        return _priced(sample(given.text, given.language, given.channel), price)
    except PhraseError as wrong:
        raise invalid("text", given.text, "flow_brace", example="{name}") from wrong
    except KeyError as wrong:
        every = sorted(set().union(*PLACEHOLDERS.values()))
        allowed = ", ".join(f"{{{name}}}" for name in every)
        raise invalid("text", given.text, "flow_placeholder", names=f"{{{wrong.args[0]}}}", allowed=allowed) from wrong


def _priced(said: Sample, price: Decimal | None) -> TextShown:
    cost, most = (None if price is None else price * number for number in (said.segments, said.most_segments))
    return TextShown(**asdict(said), cost=cost, most_cost=most)


def distinct(session: Session, column: Any) -> list[str]:
    """What there is in a column, in its order; without the empty one."""
    return sorted(each for (each,) in session.execute(sa.select(column).distinct()) if each)
