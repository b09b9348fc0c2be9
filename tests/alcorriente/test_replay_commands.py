"""`alcorriente replay`: what was agreed lately, judged again under limits from a file or from a proposal."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from alcorriente.composition import open_store
from alcorriente.settings import ROOT
from loans import limit_versions, promises
from loans.limits import LevelLimits, Limits
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Address
from store import encryption
from store.engine import transaction
from tests.outreach.portfolio import a_lender, a_loan, a_person

Run = Callable[..., Result]
NOW = datetime.now(UTC)  # The command looks back from now.
TODAY = NOW.date()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    settings_file.settings.cache_clear()
    with transaction(open_store()) as session:
        a_lender(session)
        promised(session)
    yield lambda *arguments: CliRunner().invoke(app, ["replay", *map(str, arguments)])
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


def promised(session: Session) -> None:
    loan = a_loan(session, a_person(session), TODAY - timedelta(days=9))
    due = TODAY + timedelta(days=9)
    promises.record(
        session, loan=loan, amount=300_00, due=due, now=NOW - timedelta(hours=1), today=TODAY, turn_id="turn-9"
    )


@pytest.fixture
def limits(tmp_path: Path) -> Path:
    file = tmp_path / "limits.json"
    file.write_text(json.dumps({"content": {"assistant": {"promise_max_days": 2}}}), encoding="utf-8")
    return file


def test_limits_of_a_file_show_what_they_would_refuse(run: Run, limits: Path) -> None:
    result = run("--limits", limits)
    assert result.exit_code == 0, result.output
    for words in ("turn-9", "Prometido: $300.00", "No se acepta: fecha muy lejana", "1 turnos"):
        assert words in result.output, result.output
    assert "Ana" not in result.output


def test_a_proposal_is_named_by_its_number(run: Run) -> None:
    content = LevelLimits(assistant=Limits(promise_max_days=20))
    tomorrow = TODAY + timedelta(days=1)
    with transaction(open_store()) as session:
        row = limit_versions.propose(
            session, content, product="", segment="", valid_from=tomorrow, by="staff:1", today=TODAY, now=NOW
        )
    assert "0 terminarían" in run("--limits", row.id).output
    missing = run("--limits", 99)
    assert (missing.exit_code, "limits 99" in missing.output) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"assistant": {"promise_days": 9}}, "promise_days"),
        ({"assistant": {"promise_max_days": "x"}}, "promise_max_days"),
    ],
)
def test_wrong_limits_are_refused_by_name(run: Run, limits: Path, content: dict[str, Any], said: str) -> None:
    limits.write_text(json.dumps({"content": content}), encoding="utf-8")
    refused = run("--limits", limits)
    assert (refused.exit_code, said in refused.output) == (1, True)


@pytest.mark.slow
def test_another_model_reads_what_borrowers_wrote(run: Run) -> None:
    """The one that is shipped, told that it had understood something else."""
    model = next((ROOT / "models").glob("*.tar.gz"))
    with transaction(open_store()) as session:
        for number, text in enumerate(("¿cuánto debo?", "soy Ana Pérez, ¿cuánto debo?", "le pago mañana 300")):
            heard(session, number, text)
    result = run("--model", model)
    assert result.exit_code == 0, result.output
    assert "soy ‹name›, ¿cuánto debo?" in result.output
    assert "complain 0.90" in result.output
    assert "ask_balance 2, promise_to_pay 1" in result.output
    assert "3 textos" in result.output


def heard(session: Session, number: int, text: str) -> None:
    address = session.exec(select(Address)).one()
    message = messages.receive(session, Inbound("sms", "phone", address.value, f"in-{number}", text), NOW)
    assert message is not None
    message.intent = message.guess = "complain"
    message.confidence, message.text_index = 0.9, text


def test_what_is_no_model_is_named(run: Run, limits: Path) -> None:
    with transaction(open_store()) as session:
        heard(session, 1, "¿cuánto debo?")
    refused = run("--model", limits)
    assert (refused.exit_code, "limits.json" in refused.output) == (1, True)


def test_something_is_named_to_replay(run: Run) -> None:
    refused = run()
    assert (refused.exit_code, "--limits" in refused.output) == (2, True)
    assert "alcorriente replay --limits" in run("--help").output
