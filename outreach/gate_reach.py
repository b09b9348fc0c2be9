"""Steps that could never run: each would be a silence that nobody meant. Pure."""

from collections.abc import Iterator

from outreach.cadence import MOVE_DAYS, Cadence
from outreach.flow_fault import Fault
from outreach.step import Step


def faults(content: Cadence) -> Iterator[Fault]:
    running = [step for step in content.steps if step.active]
    if not running:
        yield Fault(None, "steps", None, "flow_no_active_step")
    for step in running:
        yield from _never(content, step)
    for number, step in enumerate(running):
        yield from _behind(step, running, number)
    used = {arm for step in running for arm in step.audience.arms}
    for arm in content.experiment.arms if content.experiment else ():
        if used and arm.name not in used and all(step.audience.arms for step in running if step.kind == "reminder"):
            yield Fault(None, "experiment.arms", arm.name, "flow_arm_empty")


def _never(content: Cadence, step: Step) -> Iterator[Fault]:
    audience = step.audience
    if step.anchor == "due_date":
        if audience.promise_states:
            yield Fault(step.id, "audience.promise_states", list(audience.promise_states), "flow_never_promised")
        if step.offset_days > content.max_dpd:
            named = {"most": content.max_dpd}
            yield Fault(step.id, "offset_days", step.offset_days, "flow_above_max_dpd", named)
        elif step.offset_days > 0:
            yield from _other_days(step)
    states = set(audience.promise_states)
    if step.anchor == "broken_promise" and states and not {"broken", "partial"} & states:
        yield Fault(step.id, "audience.promise_states", list(audience.promise_states), "flow_never_broken")
    if step.anchor == "promise_date" and step.kind == "promise_followup" and step.offset_days <= 0:
        yield Fault(step.id, "offset_days", step.offset_days, "flow_followup_early")


def _other_days(step: Step) -> Iterator[Fault]:
    """After the due date a loan is as many days past due as the step is late, give or take closed days."""
    late, audience = step.offset_days, step.audience
    if audience.min_dpd is not None and audience.min_dpd > late + MOVE_DAYS:
        yield Fault(step.id, "audience.min_dpd", audience.min_dpd, "flow_never_dpd", {"days": late})
    if audience.max_dpd is not None and audience.max_dpd < late - MOVE_DAYS:
        yield Fault(step.id, "audience.max_dpd", audience.max_dpd, "flow_never_dpd", {"days": late})


def _behind(step: Step, running: list[Step], number: int) -> Iterator[Fault]:
    """Another step for the same people on the same day always wins, so this one is never said."""
    for place, other in enumerate(running):
        if step is other or other.anchor != step.anchor or other.offset_days != step.offset_days:
            continue
        same = step.anchor == "payment" or (other.audience == step.audience and other.kind == step.kind)
        wins = place < number if step.anchor == "payment" else (other.priority, place) < (step.priority, number)
        if same and wins:
            yield Fault(step.id, "priority", step.priority, "flow_outranked", {"other": other.id})
            return
