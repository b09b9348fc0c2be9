"""Cadences of any shape, for properties."""

from typing import Any

from hypothesis import strategies as st

from outreach.step import KINDS
from tests.outreach.flow_content import SID

names = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
texts = st.dictionaries(
    st.sampled_from(["es", "en"]),
    st.dictionaries(st.sampled_from(["default", "whatsapp", "sms", "telegram"]), names, min_size=1),
)
templates = st.dictionaries(
    st.sampled_from(["es", "en"]),
    st.fixed_dictionaries({"content_sid": st.just(SID), "variables": st.lists(st.sampled_from(["name", "amount"]))}),
)
several = st.lists(names, unique=True, max_size=3)
audiences = st.fixed_dictionaries(
    {},
    optional={
        "min_dpd": st.integers(0, 10),
        "max_dpd": st.integers(10, 60),
        "any_of": st.lists(st.sampled_from(["first_loan", "past_late"]), unique=True),
        "segments": several,
        "risks": several,
        "products": several,
        "regions": several,
        "languages": st.lists(st.sampled_from(["es", "en"]), unique=True),
    },
) | st.fixed_dictionaries({"min_overdue": st.integers(0, 10**6), "currency": st.sampled_from(["MXN", "COP"])})


@st.composite
def steps(draw: st.DrawFn, number: int) -> dict[str, Any]:
    anchor = draw(st.sampled_from(sorted(KINDS)))
    receipt, broken = anchor == "payment", anchor == "broken_promise"
    first = 0 if receipt or broken else -30
    return {
        "id": f"step_{number}",
        "name": draw(st.just("") | names),
        "anchor": anchor,
        "kind": draw(st.sampled_from(KINDS[anchor])),
        "offset_days": draw(st.integers(first, 0 if receipt else 60)),
        "at": draw(st.sampled_from(["08:00", "10:30", "19:59"])),
        "spread_minutes": draw(st.integers(0, 240)),
        "phrase": "reminder.before",
        "phrase_if_moved": draw(st.sampled_from([None, "reminder.before"])),
        "texts": draw(texts),
        "texts_if_moved": draw(texts),
        "templates": draw(templates),
        "templates_if_moved": draw(templates),
        "signature": draw(st.booleans()),
        "channels": draw(
            st.just("preferred") | st.lists(st.sampled_from(["whatsapp", "sms", "telegram"]), unique=True, min_size=1)
        ),
        "fall_back": draw(st.booleans()),
        "audience": draw(audiences),
        "stop_on": draw(st.lists(st.sampled_from(["reply", "partial_payment"]), unique=True)),
        "valid_for_hours": draw(st.integers(1, 168)),
        "on_closed_day": draw(st.sampled_from(["before", "after", "skip"])),
        "priority": draw(st.integers(0, 99)),
        "active": draw(st.booleans()),
    }


@st.composite
def cadences(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    return {
        "format": "cadence/2",
        "name": draw(names),
        "note": draw(st.just("") | names),
        "max_dpd": 60,
        "experiment": draw(st.none() | st.fixed_dictionaries({"salt": names, "hold_out": st.integers(0, 50)})),
        "steps": [draw(steps(number)) for number in range(count)],
    }
