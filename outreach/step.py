"""A step of a cadence: after which day it runs, at what time, for whom, on which channels and in which words. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from outreach.audience import Audience, Language
from outreach.experiment import place
from outreach.policy_items import ClockTime, Strict

Anchor = Literal["due_date", "promise_date", "plan_payment", "broken_promise", "payment"]
ChannelName = Literal["whatsapp", "sms", "telegram"]
StopReason = Literal["reply", "partial_payment"]

# In this order where a step says "preferred".
CHANNEL_ORDER: tuple[ChannelName, ...] = ("whatsapp", "sms", "telegram")
# The product window of the contact policy (defaults.outbound_window): a step outside it could never be sent on time.
PRODUCT_WINDOW = (time(8), time(20))
PHRASE_KEY = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
# What a message may be said to be, by what it follows.
KINDS: dict[str, tuple[str, ...]] = {
    "due_date": ("reminder",),
    "promise_date": ("promise_reminder", "promise_followup"),
    "plan_payment": ("plan_reminder",),
    "broken_promise": ("promise_followup",),
    "payment": ("receipt",),
}


def _inside_window(at: time | None) -> time | None:
    if at is not None and not PRODUCT_WINDOW[0] <= at < PRODUCT_WINDOW[1]:
        raise PydanticCustomError("flow_at_outside", "choose a local time from 08:00 to before 20:00")
    return at


def _each_once(channels: Literal["preferred"] | tuple[ChannelName, ...]) -> Any:
    if channels != "preferred" and (not channels or len(set(channels)) != len(channels)):
        raise PydanticCustomError("flow_channels_twice", 'name each channel once, in order, or write "preferred"')
    return channels


Text = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]
# By language, then by channel; `default` is for channels without a text of their own.
Texts = dict[Language, dict[Literal["default"] | ChannelName, Text]]


# The values that a text may name, by what the message follows: a closed list.
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "due_date": frozenset({"name", "lender", "amount", "overdue", "date"}),
    "promise_date": frozenset({"name", "amount", "date"}),
    "plan_payment": frozenset({"name", "amount", "date"}),
    "broken_promise": frozenset({"name", "amount", "date"}),
    "payment": frozenset({"name", "amount", "balance"}),
}


class WhatsAppTemplate(Strict):
    """A text that WhatsApp approved. `variables` are the values that fill {{1}}, {{2}}, … in that order."""

    content_sid: str = Field(pattern=r"^HX[0-9a-fA-F]{32}$")
    variables: tuple[Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")], ...] = ()


Templates = dict[Language, WhatsAppTemplate]


class Step(Strict):
    """`offset_days` from the anchor, negative before it; `at` local time, null (payments only) as soon as allowed.

    `spread_minutes` after it each borrower has a minute of their own. A lower `priority` wins where several steps
    fall on one borrower's day. `on_closed_day` says where a step goes whose day has no contact hours: the last open
    day `before`, the next one `after`, or nowhere; then `phrase_if_moved` replaces a phrase that says "today".
    `texts` are said in place of `phrase`, `texts_if_moved` in place of `phrase_if_moved`, each with its templates.
    `stop_on` ends the step for who has answered or paid a part since the anchor. `signature` names the borrower's own
    officer below the text."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    name: str = Field(default="", max_length=60, pattern=r"^[^\x00]*$")
    kind: Literal["reminder", "promise_reminder", "plan_reminder", "promise_followup", "receipt"]
    anchor: Anchor
    offset_days: StrictInt = Field(ge=-30, le=120)
    at: Annotated[ClockTime | None, AfterValidator(_inside_window)] = None
    spread_minutes: StrictInt = Field(default=0, ge=0, le=240)
    phrase: str = Field(pattern=PHRASE_KEY)
    phrase_if_moved: Annotated[str, Field(pattern=PHRASE_KEY)] | None = None
    texts: Texts = Field(default_factory=dict)
    texts_if_moved: Texts = Field(default_factory=dict)
    templates: Templates = Field(default_factory=dict)
    templates_if_moved: Templates = Field(default_factory=dict)
    signature: StrictBool = False
    channels: Annotated[Literal["preferred"] | tuple[ChannelName, ...], AfterValidator(_each_once)]
    fall_back: StrictBool = True
    audience: Audience = Audience()
    stop_on: tuple[StopReason, ...] = ()
    valid_for_hours: StrictInt = Field(ge=1, le=168)
    on_closed_day: Literal["before", "after", "skip"]
    priority: StrictInt = Field(ge=0, le=99)
    active: StrictBool = True

    @model_validator(mode="after")
    def _fits_its_anchor(self) -> "Step":
        if self.at is None and self.anchor != "payment":
            raise PydanticCustomError("flow_at_missing", "at = null is for payments only: give a local time")
        if self.anchor == "payment" and (self.kind != "receipt" or self.offset_days != 0):
            raise PydanticCustomError("flow_receipt_only", "a payment is followed by a receipt with offset_days 0")
        if self.kind not in KINDS[self.anchor]:
            raise PydanticCustomError(
                "flow_kind_unfit",
                "a step on {anchor} needs kind {kinds}",
                {"anchor": self.anchor, "kinds": " or ".join(KINDS[self.anchor])},
            )
        if self.anchor == "broken_promise" and self.offset_days < 0:
            raise PydanticCustomError("flow_before_broken", "offset_days counts from 0 after a promise was broken")
        return self


def own_text(step: Step, language: str, channel: str, *, moved: bool = False) -> str | None:
    """The step's own words for that reader, where it has some."""
    texts = step.texts_if_moved if moved else step.texts
    found: dict[str, str] = texts.get(language[:2], {})  # type: ignore[call-overload]
    return found.get(channel) or found.get("default")


def own_template(step: Step, language: str, *, moved: bool = False) -> WhatsAppTemplate | None:
    templates = step.templates_if_moved if moved else step.templates
    return templates.get(language[:2])  # type: ignore[call-overload, no-any-return]


def is_moved(step: Step, anchor: date, day: date) -> bool:
    """Whether `day` is not the step's own day and the step has other words for that."""
    other = step.phrase_if_moved is not None or bool(step.texts_if_moved)
    return other and day != anchor + timedelta(days=step.offset_days)


def phrase_key(step: Step, anchor: date, day: date) -> str:
    """The phrase to say on `day`, which may not be the step's own day."""
    return step.phrase_if_moved if is_moved(step, anchor, day) and step.phrase_if_moved else step.phrase


def spread(step: Step, borrower_id: int) -> timedelta:
    """How long after `at` this borrower's message goes: always the same, evenly over the step's minutes."""
    return (
        timedelta(minutes=int(place(step.id, borrower_id) * step.spread_minutes))
        if step.spread_minutes
        else timedelta()
    )


def valid_until(step: Step, instant: datetime) -> datetime:
    return instant + timedelta(hours=step.valid_for_hours)
