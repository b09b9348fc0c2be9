"""Whatever a cadence holds, its file and its two forms read back as the same; every change of it has words."""

import json
from typing import Any

from hypothesis import given

from locales import changes
from outreach import cadence, flow_diff, flow_files, publish_gate
from outreach.flow_fault import line
from tests.outreach.cadences import cadences
from tests.outreach.flow_content import facts


@given(cadences())
def test_every_form_of_a_cadence_is_read_as_the_same(raw: dict[str, Any]) -> None:
    first = cadence.load(raw)
    assert cadence.load(cadence.canonical(first)) == first
    assert cadence.load(cadence.whole(first)) == first
    text = flow_files.written(first)
    assert flow_files.read(text) == first
    assert flow_files.written(flow_files.read(text)) == text


@given(cadences(), cadences())
def test_every_change_has_words_in_both_languages(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = cadence.load(old), cadence.load(new)
    found = flow_diff.changes(before, after)
    assert (found == []) == (before == after) or {each["id"] for each in old["steps"]} != {
        each["id"] for each in new["steps"]
    }
    for language in changes.LANGUAGES:
        for each in found:
            said = changes.text(
                each.code, language, step=each.step, name=each.name, field=each.field, before=each.before,
                after=each.after, about=each.about,
            )  # fmt: skip
            named = json.dumps([old, new])  # a region may be called None, a text may be anything
            assert said and all(mark not in said or mark in named for mark in ("None", "{'"))


@given(cadences())
def test_the_gate_has_an_answer_to_every_cadence(raw: dict[str, Any]) -> None:
    found = publish_gate.check(cadence.load(raw), facts(countries=frozenset({"MX", "CL", "XX"})))
    assert all(line(each) for each in found)
    ids = {step["id"] for step in raw["steps"]}
    assert {each.step for each in found} <= ids | {None}
