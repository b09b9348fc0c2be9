"""What a version would write in the coming days, beside the published one: asked for, then looked at again and again.

It counts every branch, so only who is bound to none asks for it or sees it.
"""

import json
import threading
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import BaseModel, ConfigDict, Field

from admin_api.flow_versions import found
from admin_api.guard import Reading, Writing, context_of, reads, writes
from admin_api.once import once
from admin_api.problems import Problem, conflict, not_found
from desk.access import Permission
from insight import outlook_runs
from insight.outlook import DAYS
from insight.tables import Outlook
from store.ids import id_of

router = APIRouter(prefix="/flows/{flow_id}/versions/{number}/forecast", tags=["settings"])
MOST_DAYS = 90


class ForecastGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"days": 30}]})
    days: int = Field(default=DAYS, ge=1, le=MOST_DAYS)


class ForecastRow(BaseModel):
    value: str
    messages: int
    segments: int
    cost: int | None = Field(description="Minor units; null where no price is set.")


class ForecastSample(BaseModel):
    """One message of its form, for the borrower with the longest name that gets one."""

    step: str
    channel: str
    country: str
    language: str
    known: bool = Field(description="False: the address is not confirmed, so nothing of the account is said.")
    several: bool = Field(description="Several loans in one text.")
    segments: int
    text: str


class ForecastPlan(BaseModel):
    name: Literal["published", "draft"]
    cadence: str
    messages: int
    segments: int = Field(description="With the longest names: at most so many.")
    cost: int | None = Field(description="Minor units; null where no price is set.")
    currency: str
    borrowers_written_to: int
    borrowers_left_alone: int
    left_alone_because: dict[str, int] = Field(description="Borrowers by the reason that kept most messages from them.")
    silences: dict[str, int] = Field(description="Messages that were due and are not written, by reason.")
    by: dict[Literal["day", "channel", "region", "age", "step"], list[ForecastRow]]
    samples: list[ForecastSample]


class ForecastShown(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "state": "running",
                    "days": 30,
                    "done": 12000,
                    "total": 48210,
                    "asked_by": "staff:1",
                    "asked_at": "2026-11-24T15:00:00Z",
                    "plans": None,
                }
            ]
        }
    )
    state: Literal["running", "done", "failed"]
    days: int
    done: int = Field(description="Borrowers looked at so far.")
    total: int
    asked_by: str
    asked_at: datetime = Field(description="It looks ahead from here.")
    plans: list[ForecastPlan] | None = Field(description="What is published, then the draft; null until it is done.")


@router.post("", status_code=202, response_model=ForecastShown)
def ask_for_forecast(  # noqa: PLR0917
    flow_id: int,
    number: int,
    given: ForecastGiven,
    request: Request,
    background: BackgroundTasks,
    call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)],
) -> Any:
    """Begins it and takes the place of an earlier one. Nothing is sent or planned."""
    _require_all_branches(call)
    version, context = found(call, flow_id, number), context_of(request)

    def make() -> ForecastShown:
        try:
            row = outlook_runs.ask(
                call.session,
                id_of(version),
                given.days,
                by=call.principal.actor,
                now=call.now,
                real=context.wall.now(),
            )
        except outlook_runs.Busy:
            raise conflict("forecasts_busy") from None
        means = outlook_runs.Means(context.channels, context.prices, context.wall)
        background.add_task(_begin, context.engine, id_of(version), row.run, means)
        return _shown(row)

    return once(call, f"flow:{flow_id}:{number}:forecast", given, make, status=202)


@router.get("")
def one_forecast(
    flow_id: int, number: int, request: Request, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]
) -> ForecastShown:
    """How far it is, and what it found."""
    _require_all_branches(call)
    version = found(call, flow_id, number)
    row = outlook_runs.of_version(call.session, id_of(version), context_of(request).wall.now())
    if row is None:
        raise not_found()
    return _shown(row)


def _begin(*what: Any) -> None:
    """After the row is committed, in a thread of its own: nobody waits for it."""
    threading.Thread(target=outlook_runs.work, args=what, name="outlook", daemon=True).start()


def _shown(row: Outlook) -> ForecastShown:
    result = json.loads(row.result) if row.result and row.state == "done" else {}
    return ForecastShown(
        **row.model_dump(exclude={"flow_version_id", "run", "seen_at", "result"}), plans=result.get("plans")
    )


def _require_all_branches(call: Reading) -> None:
    if call.principal.branches is not None:
        raise Problem(403, "not_allowed")
