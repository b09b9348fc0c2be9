"""Who is in which arm of an experiment, and who is written no reminder at all so that its effect can be measured.

Pure: a borrower's place follows from their id and the experiment's salt alone, on every machine and for ever.
"""

import hashlib
from typing import Annotated

from pydantic import Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from outreach.policy_items import Strict

ArmName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Arm(Strict):
    name: ArmName
    share: StrictInt = Field(ge=1, le=100, description="Percent of those who are not held out.")


class Experiment(Strict):
    """`hold_out` percent of all borrowers get no reminders; receipts and what was agreed with them goes on.

    Another `salt` draws everybody anew, so it is changed only with a new question."""

    salt: str = Field(min_length=1, max_length=60)
    hold_out: StrictInt = Field(default=0, ge=0, le=50)
    arms: tuple[Arm, ...] = ()

    @model_validator(mode="after")
    def _arms_are_whole(self) -> "Experiment":
        if self.arms and sum(arm.share for arm in self.arms) != 100:
            raise PydanticCustomError("flow_arms_not_whole", "the shares of all arms together must be 100")
        if len({arm.name for arm in self.arms}) < len(self.arms):
            raise PydanticCustomError("flow_arm_twice", "give each arm its own name")
        return self


def place(salt: str, borrower_id: int) -> float:
    """From 0 to below 1: the same for the same borrower and salt, spread evenly over all."""
    digest = hashlib.sha256(f"{salt}:{borrower_id}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def is_held_out(experiment: Experiment | None, borrower_id: int) -> bool:
    return experiment is not None and place(f"{experiment.salt}:hold-out", borrower_id) * 100 < experiment.hold_out


def arm_of(experiment: Experiment | None, borrower_id: int) -> str | None:
    """None without arms, and for who is held out."""
    if experiment is None or not experiment.arms or is_held_out(experiment, borrower_id):
        return None
    at = place(f"{experiment.salt}:arm", borrower_id) * 100
    for arm in experiment.arms:
        at -= arm.share
        if at < 0:
            return arm.name
    return experiment.arms[-1].name
