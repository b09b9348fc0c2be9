"""`alcorriente outbox`: a running send is stopped, looked at, withdrawn and let go on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from alcorriente.composition import open_store, paces
from outreach import senders
from outreach.planning import plan
from outreach.tables import Message, Sender
from store import encryption
from store.engine import reading, transaction
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, a_lender, a_loan, a_person

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `alcorriente outbox …` on a store with one reminder that waits."""
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    settings_file.settings.cache_clear()
    engine = open_store()
    with transaction(engine) as session:
        a_lender(session)
        a_loan(session, a_person(session), TODAY)
        plan(session, MORNING, CHANNELS)
    engine.dispose()
    yield lambda *arguments: CliRunner().invoke(app, ("outbox", *arguments))
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


def sender(name: str = "sms") -> Sender | None:
    engine = open_store()
    with reading(engine) as session:
        found = session.get(Sender, name)
    engine.dispose()
    return found


def test_a_send_is_paused_and_goes_on(run: Run) -> None:
    assert run("pause", "--channel", "sms").exit_code == 0
    row = sender()
    assert row is not None
    assert (row.paused_at is not None, row.answers_too) == (True, False)
    assert sender("whatsapp") is None
    assert "paused" in run("status").output
    assert run("resume").exit_code == 0
    row = sender()
    assert row is not None
    assert row.paused_at is None


def test_what_waits_is_withdrawn(run: Run) -> None:
    assert run("cancel", "--channel", "telegram").output == "0 messages withdrawn.\n"
    assert run("cancel").output == "1 messages withdrawn.\n"
    engine = open_store()
    with reading(engine) as session:
        assert session.get_one(Message, 1).error_code == "cancelled_by_staff"
    engine.dispose()


def test_a_channel_that_refuses_is_shown_with_its_reason(run: Run) -> None:
    engine = open_store()
    with transaction(engine) as session:
        senders.rest(session, "sms", datetime.now(UTC), 600, "20003")
    engine.dispose()
    assert "20003" in run("status").output


@pytest.mark.parametrize("command", ["pause", "resume", "cancel"])
def test_an_unknown_channel_is_named(run: Run, command: str) -> None:
    refused = run(command, "--channel", "fax")
    assert refused.exit_code == 2
    assert "fax" in refused.output


def test_four_fifths_of_a_rate_are_used_and_none_in_the_demo() -> None:
    chosen = settings_file.Settings(secret="x", sms_rate=10)  # type: ignore[arg-type]
    assert paces(chosen)["sms"].rate == 8
    assert paces(chosen)["whatsapp"].gap.total_seconds() == 6
    assert paces(settings_file.Settings(simulator=True)) == {}
