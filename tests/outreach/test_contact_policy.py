import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outreach.contact_policy import SHIPPED, PolicyError, load

COPY = Path(__file__).parents[1] / "data" / "policy" / "contact_policy.json"
MX = ("countries", "MX")


def changed(path: tuple[str, ...], value: object) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(COPY.read_text(encoding="utf-8"))
    node = raw
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return raw


def test_the_shipped_policy_is_valid_and_is_the_tested_one() -> None:
    assert load().policy_version == "1.0.0"
    assert SHIPPED.read_text(encoding="utf-8") == COPY.read_text(encoding="utf-8")
    assert set(load().countries) >= {"MX", "CO", "PE", "CL", "AR", "BR", "US", "IN", "KE", "PH", "GB"}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            (*MX, "default", "hours", "sat"),
            ["07:00", "15:00"],
            ["countries.MX.default.hours.sat", "07:00-15:00", "narrow"],
        ),
        (
            ("countries", "CO", "default", "hours", "mon_fri"),
            ["08:00", "20:00"],
            ["countries.CO", "07:00-19:00", "law"],
        ),
        (("countries", "PE", "default", "hours", "sat"), ["09:00", "12:00"], ["countries.PE", "no contact"]),
        ((*MX, "holiday_calendar"), "XX", ["countries.MX.holiday_calendar", '"XX"', "holidays"]),
        ((*MX, "single_time_zone"), "America/Nowhere", ["single_time_zone", "IANA"]),
        ((*MX, "defualt"), {}, ["countries.MX.defualt", "unknown key"]),
        ((*MX, "default", "hours", "sun"), ["9:00", "25:00"], ["countries.MX.default.hours.sun", "HH:MM"]),
        ((*MX, "default", "hours", "sun"), ["15:00", "09:00"], ["before the second"]),
        ((*MX, "default", "valid_from"), 20260101, ["countries.MX.default.valid_from", "YYYY-MM-DD"]),
        ((*MX, "default", "valid_to"), "2025-01-01", ["valid_to is before valid_from"]),
        ((*MX, "default", "signed_off_by"), "Ana", ["signed_off_on"]),
        ((*MX, "default", "min_gap_hours"), "20", ["countries.MX.default.min_gap_hours", '"20"']),
        (("defaults", "stop_on"), ["opt_out"], ["stop_on lacks", "dispute"]),
        (("defaults", "exempt_from_caps"), ["everything"], ["unknown everything"]),
        (("engine", "unsigned_law_item"), "maybe", ["engine.unsigned_law_item", "maybe"]),
        (("engine", "unknown_time_zone"), "guess", ["engine.unknown_time_zone", "deny"]),
        (("engine", "allow_only_if"), [], ["engine.allow_only_if", "keep the order"]),
        (("countries", "mx"), {}, ["countries.mx"]),
    ],
)
def test_a_wrong_field_is_refused_with_path_value_and_fix(
    path: tuple[str, ...], value: object, words: list[str]
) -> None:
    with pytest.raises(PolicyError) as refused:
        load(changed(path, value))
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_a_missing_field_is_named() -> None:
    raw = json.loads(COPY.read_text(encoding="utf-8"))
    del raw["countries"]["CL"]["default"]["min_gap_hours"]
    with pytest.raises(PolicyError, match=r"countries\.CL\.default\.min_gap_hours: missing: add it"):
        load(raw)


def test_text_that_is_no_json_and_a_key_written_twice_are_refused() -> None:
    with pytest.raises(PolicyError, match="line 1 is not JSON"):
        load("{")
    with pytest.raises(PolicyError, match="'note' is written twice"):
        load('{"note": "a", "note": "b"}')


def two_versions(first_ends: str, second_starts: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(COPY.read_text(encoding="utf-8"))
    old = raw["countries"]["KE"]["law"]["hours"]
    limit = {day: ["09:00", "17:00"] for day in ("mon_fri", "sat")} | {"sun": None, "holidays": None}
    new = {**old, "value": limit, "valid_from": second_starts}
    raw["countries"]["KE"]["law"]["hours"] = [{**old, "valid_to": first_ends}, new]
    row = raw["countries"]["KE"]["default"]
    hours = {**row["hours"], "mon_fri": ["09:00", "17:00"], "sat": ["09:00", "17:00"]}
    later = {**row, "valid_from": second_starts, "hours": hours}
    raw["countries"]["KE"]["default"] = [{**row, "valid_to": first_ends}, later]
    return raw


def test_a_new_version_of_an_item_takes_over_on_its_day() -> None:
    from outreach.quiet_hours import effective_hours

    policy = load(two_versions("2026-06-30", "2026-07-01"))
    before, after = (effective_hours(policy, "KE", day) for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert before is not None
    assert after is not None
    assert [f"{at:%H:%M}" for at in (*before, *after)] == ["08:00", "18:00", "09:00", "17:00"]


def test_versions_that_overlap_are_refused() -> None:
    with pytest.raises(PolicyError, match=r"countries\.KE\.law\.hours.*two versions are in force on 2026-07-01"):
        load(two_versions("2026-07-01", "2026-07-01"))


def test_unsigned_law_items_are_listed_until_signed() -> None:
    day = date(2026, 11, 24)
    assert "MX.law.hours" in load().unsigned("MX", day)
    raw = changed((*MX, "law", "hours", "signed_off_by"), "Lic. Ruiz")
    raw["countries"]["MX"]["law"]["hours"]["signed_off_on"] = "2026-11-01"
    assert "MX.law.hours" not in load(raw).unsigned("MX", day)
    assert "CO.law.other.channels" in load().unsigned("CO", day)


def test_whatsapp_has_a_window_of_a_day_and_the_others_none() -> None:
    windows = {name: load().window_hours(name, date(2026, 11, 24)) for name in ("whatsapp", "sms", "telegram")}
    assert windows == {"whatsapp": 24, "sms": None, "telegram": None}
