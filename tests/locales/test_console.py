"""The console's texts."""

import json
from pathlib import Path

import pytest

from locales import console


def test_the_catalogues_are_whole_and_agree_with_the_sources() -> None:
    assert list(console.problems()) == []


@pytest.mark.parametrize("language", console.LANGUAGES)
def test_the_export_keeps_placeholders_and_plural_forms(tmp_path: Path, language: str) -> None:
    console.write(tmp_path)
    texts = json.loads((tmp_path / f"{language}.json").read_text("utf-8"))
    assert "{name}" in texts["home.hello"]
    one, many = texts["queue.waiting_count"]
    assert one != many
    assert "{count}" in many


@pytest.mark.parametrize(
    ("source", "keys", "topics"),
    [
        ('{t("queue.title")}', {"queue.title"}, set()),
        ('{t(mode === "note" ? "case.noted" : "case.sent")}', {"case.noted", "case.sent"}, set()),
        ('["/staff", "nav.staff", "read_staff"]', {"nav.staff"}, set()),
        ("{t(`audit.${each}`)}", set(), {"audit"}),
        ('{named("role", it.role)}', set(), {"role"}),
        ('import("./texts/es.json")', set(), set()),
    ],
)
def test_keys_are_found_in_the_sources(tmp_path: Path, source: str, keys: set[str], topics: set[str]) -> None:
    (tmp_path / "Page.svelte").write_text(source, "utf-8")
    assert console.used(tmp_path) == (keys, topics)
