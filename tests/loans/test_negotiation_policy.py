import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from loans.negotiation_policy import NegotiationPolicy, shipped_policy

FILE = Path(__file__).parents[1] / "data" / "policy" / "negotiation_policy.json"


def policy_with(change: Callable[[dict[str, Any]], object]) -> NegotiationPolicy:
    data = json.loads(FILE.read_text(encoding="utf-8"))
    change(data)
    return NegotiationPolicy.model_validate_json(json.dumps(data))


def test_the_shipped_policy_is_the_reviewed_one() -> None:
    assert shipped_policy() == policy_with(lambda data: None)
    assert shipped_policy().promise.max_days_ahead.on(30) == 30
    assert shipped_policy().promise.max_days_ahead.on(31) == 7


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.update(extra=1), "extra"),
        (lambda d: d["promise"].update(max_opem=3), "promise.max_opem"),
        (lambda d: d["promise"].pop("max_open"), "promise.max_open"),
        (lambda d: d["promise"].update(min_kept_share="1.20"), "promise.min_kept_share"),
        (lambda d: d["plan"].update(dpd_range=[60, 8]), "dpd_range"),
        (lambda d: d["plan"].update(first_payment_within_days=90), "first_payment_within_days"),
        (lambda d: d["settlement"].update(bot_may=True), "settlement.bot_may"),
        (lambda d: d["legal_action"].update(bot_may_mention=True), "legal_action.bot_may_mention"),
        (lambda d: d["identity"].update(data_points_needed=3), "data_points_needed"),
        (lambda d: d["holds"]["items"].append(d["holds"]["items"][0]), "twice"),
        (lambda d: d["holds"]["items"][0].update(contact="shout"), "shout"),
        (lambda d: d["promise"].update(valid_to="2020-01-01"), "before valid_from"),
        (lambda d: d["promise"].update(signed_off_by="Ana"), "belong together"),
        (lambda d: d.update(policy_version="one"), "policy_version"),
    ],
)
def test_a_wrong_field_is_named(change: Callable[[dict[str, Any]], object], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        policy_with(change)
