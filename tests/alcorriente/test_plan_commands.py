"""The commands that show and explain the plan, and copy the store, on a store of their own."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from alcorriente.migrations import upgrade
from bot.channels.simulator import SimulatorChannel
from bot.outbox import send_ready
from outreach import cadence, holds, messages
from outreach.planning import plan
from outreach.tables import Address
from store import encryption
from store.engine import create_engine, transaction
from tests.outreach.portfolio import CHANNELS, MORNING, TODAY, a_lender, a_loan, a_person, at, outgoing

SECRET = "a secret of the tests"
Run = Callable[..., Result]


@pytest.fixture
def run(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs `alcorriente …` on the store."""
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", store_url)
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ALCORRIENTE_SECRET", SECRET)
    monkeypatch.setenv("ALCORRIENTE_REMINDER_CHANNELS", "sms:MX")
    monkeypatch.setenv("COLUMNS", "200")
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret(SECRET))
    yield lambda *arguments: CliRunner().invoke(app, [str(each) for each in arguments])
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


@pytest.fixture
def store(run: Run, store_url: str) -> Iterator[sa.Engine]:
    """Made as `alcorriente up` makes it, with one borrower to remind and one to leave in peace."""
    engine = create_engine(store_url)
    with engine.begin() as connection:
        for table in reversed(_tables(connection)):
            table.drop(connection)
    upgrade(engine)
    with transaction(engine) as session:
        a_lender(session)
        a_loan(session, a_person(session), TODAY)
        in_trouble = a_person(session)
        a_loan(session, in_trouble, TODAY)
        holds.place(session, "hardship", now=MORNING, borrower_id=in_trouble.id)
    yield engine
    engine.dispose()


def _tables(connection: sa.Connection) -> list[sa.Table]:
    found = sa.MetaData()
    found.reflect(connection)
    return found.sorted_tables


def test_a_dry_run_shows_who_and_who_not_and_writes_nothing(run: Run, store: sa.Engine) -> None:
    result = run("plan", "--dry-run", "--at", "2026-11-24T09:00")
    assert result.exit_code == 0, result.output
    for expected in ("due_today", "2026-11-24 10:00", "sms", "$500.00", "held", "hold:hardship", "2 candidates"):
        assert expected in result.output
    with Session(store) as session:
        assert outgoing(session) == []


def test_no_channel_is_on_before_the_lender_has_named_it(
    run: Run, store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALCORRIENTE_REMINDER_CHANNELS")
    settings_file.settings.cache_clear()
    result = run("plan", "--dry-run", "--at", "2026-11-24T09:00")
    assert "channel_not_allowed" in result.output, result.output
    assert "0 messages written" in run("plan", "--at", "2026-11-24T09:00").output


def test_a_plan_is_written_once(run: Run, store: sa.Engine) -> None:
    assert "1 messages written" in run("plan", "--at", "2026-11-24T09:00").output
    assert "0 messages written" in run("plan", "--at", "2026-11-24T10:00").output


def test_a_wrong_instant_says_how_to_write_it(run: Run, store: sa.Engine) -> None:
    result = run("plan", "--dry-run", "--at", "tomorrow")
    assert result.exit_code == 1
    assert "2026-11-24T09:00" in result.output


def test_an_empty_store_says_what_is_missing(run: Run, store: sa.Engine) -> None:
    with store.begin() as connection:
        connection.execute(sa.text("DELETE FROM lender"))
    result = run("plan", "--dry-run")
    assert result.exit_code == 1
    assert "lender" in result.output


class TenOClock:
    def now(self) -> datetime:
        return at(10)


def test_a_message_is_explained_from_decision_to_delivery(run: Run, store: sa.Engine) -> None:
    with transaction(store) as session:
        plan(session, MORNING, CHANNELS)
    send_ready(store, {"sms": SimulatorChannel("sms", TenOClock())}, TenOClock(), enabled=CHANNELS)
    with Session(store) as session:
        (message,) = outgoing(session)
    result = run("explain", message.id or 0, "--language", "en")
    assert result.exit_code == 0, result.output
    for expected in (
        "due_today", "Decision: send, allowed", "08:00-20:00", "consent      yes", "0 of 1 used", "sent",
        "given (sign-up)", "The proof holds.",
    ):  # fmt: skip
        assert expected in result.output
    spanish = run("explain", message.id or 0, "--language", "es").output
    for expected in ("Decisión: enviar, allowed. Nada lo impedía.", "otorgado (sign-up)", "La prueba se sostiene."):
        assert expected in spanish
    assert "Ana" not in result.output
    assert "Ana" in run("explain", message.id or 0, "--text").output


def test_an_answer_is_explained_by_what_it_answers(run: Run, store: sa.Engine) -> None:
    with transaction(store) as session:
        address = session.exec(select(Address)).first()
        assert address is not None
        heard = messages.receive(session, messages.Inbound("sms", "phone", address.value, "in-1", "Hola"), at(9))
        conversation = messages.conversation_of(session, address)
        answer = messages.write_reply(session, conversation, text="Buenos días.", now=at(9))
    send_ready(store, {"sms": SimulatorChannel("sms", TenOClock())}, TenOClock(), enabled=CHANNELS)
    assert heard is not None
    result = run("explain", answer.id or 0, "--language", "en")
    assert result.exit_code == 0, result.output
    for expected in ("Decision: send, answer", "answer.heard", f"message {heard.id} of theirs", "The proof holds."):
        assert expected in result.output
    spanish = run("explain", answer.id or 0, "--language", "es").output
    assert "Responde a lo que la persona misma nos escribió." in spanish
    assert f"responde     al mensaje {heard.id}" in spanish


def test_a_proof_that_somebody_touched_does_not_hold(run: Run, store: sa.Engine) -> None:
    with transaction(store) as session:
        plan(session, MORNING, CHANNELS)
        (message,) = outgoing(session)
        message.decision = {**(message.decision or {}), "reason": "held"}
    result = run("explain", message.id or 0, "--language", "en")
    assert result.exit_code == 1
    assert "The seal is broken" in result.output.replace("the seal", "The seal")


def test_an_unknown_message_is_said_to_be_unknown(run: Run, store: sa.Engine) -> None:
    result = run("explain", 999, "--language", "en")
    assert result.exit_code == 1
    assert "no message 999" in result.output


def test_a_backup_is_made_and_put_back(run: Run, store: sa.Engine, tmp_path: Path) -> None:
    store.dispose()
    result = run("backup", tmp_path / "copies")
    assert result.exit_code == 0, result.output
    (copy,) = (tmp_path / "copies").iterdir()
    with transaction(store) as session:
        plan(session, MORNING, CHANNELS)
    store.dispose()
    result = run("restore", copy)
    assert result.exit_code == 0, result.output
    assert "is kept as" in result.output
    with Session(store) as session:
        assert outgoing(session) == []


def test_a_restore_of_nonsense_changes_nothing(run: Run, store: sa.Engine, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_text("nonsense")
    store.dispose()
    result = run("restore", bad)
    assert result.exit_code == 1
    assert "Nothing was changed" in result.output


def test_a_draft_is_shown_beside_what_is_published(store: sa.Engine, run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "flow.json"
    content = cadence.canonical(cadence.load())
    content["steps"] = [each for each in content["steps"] if each["id"] == "due_today"]
    draft.write_text(json.dumps(content))
    shown = run("plan", "--days", 5, "--draft", draft, "--at", "2026-11-24T09:00").output
    assert "published" in shown
    assert "draft" in shown
    assert "5 days from 2026-11-24" in shown
    assert "overdue_4" in shown
    assert "held" in shown
    with transaction(store) as session:
        assert outgoing(session) == []
    draft.write_text("{}")
    refused = run("plan", "--draft", draft)
    assert refused.exit_code == 1
    assert "steps" in refused.output
