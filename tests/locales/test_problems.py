"""What the API says of faults is there in both languages, with the same values."""

import pytest

from locales import phrases, problems
from locales.checks import entry_faults


def test_both_languages_hold_the_same_problems() -> None:
    spanish, english = (phrases.read_catalogue(each, problems.DOMAIN) for each in problems.LANGUAGES)
    assert {key: each.names for key, each in spanish.items()} == {key: each.names for key, each in english.items()}


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_every_entry_is_whole(language: str) -> None:
    assert list(entry_faults(phrases.catalogue_file(language, problems.DOMAIN))) == []


def test_an_unknown_language_falls_back_to_spanish() -> None:
    assert problems.text("not_found", {}, "fr") == problems.text("not_found", {}, "es")
