"""`alcorriente lender crisis`: whom somebody in distress can call."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from store import encryption

Run = Callable[..., Result]
LINE = ("add", "mx", "Línea de prueba, día y noche:  800 000 0000", "--source", "https://linea.example")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    settings_file.settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, ["lender", "crisis", *arguments])
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


def test_a_contact_is_entered_confirmed_and_taken_out(run: Run) -> None:
    assert "not shown until you confirm it" in run(*LINE).output
    assert "NOT CONFIRMED" in run("list").output
    assert run("confirm", "1", "--on", "2026-01-15").exit_code == 0
    shown = run("list", "--country", "MX").output
    assert "Línea de prueba, día y noche: 800 000 0000" in shown
    assert "https://linea.example" in shown and "confirmed on 2026-01-15" in shown
    assert run("list", "--country", "CO").output == ""
    assert run("remove", "1").exit_code == 0
    assert run("list").output == ""


def test_confirming_without_a_day_means_today(run: Run) -> None:
    run(*LINE)
    run("confirm", "1")
    assert f"confirmed on {datetime.now(UTC).date()}" in run("list").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Mexico", "a line", "--source", "its page"), "two letters"),
        (("add", "MX", " ", "--source", "its page"), "who answers"),
        (("add", "MX", "a line", "--source", " "), "where the number was read"),
        (("add", "MX", "a line"), "source"),
        (("confirm", "7"), "no crisis contact 7"),
        (("remove", "7"), "no crisis contact 7"),
    ],
)
def test_what_is_missing_is_named(run: Run, arguments: tuple[str, ...], said: str) -> None:
    answer = run(*arguments)
    assert answer.exit_code != 0
    assert said in answer.output


def test_nobody_confirms_ahead_of_time(run: Run) -> None:
    run(*LINE)
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    answer = run("confirm", "1", "--on", str(tomorrow))
    assert answer.exit_code == 1 and "has not come yet" in answer.output
