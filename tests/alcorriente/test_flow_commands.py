"""`alcorriente flow`: out to a file, in as a draft, and the same file again."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from alcorriente import settings as settings_file
from alcorriente.command_line import app
from alcorriente.composition import open_store
from desk.tables import AuditEvent
from outreach import flows
from outreach.tables import FlowVersion
from store import encryption
from store.engine import reading, transaction

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("ALCORRIENTE_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("ALCORRIENTE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ALCORRIENTE_SECRET", "a secret of the tests")
    settings_file.settings.cache_clear()
    with transaction(open_store()) as session:
        flows.seed(session, datetime(2026, 11, 18, tzinfo=UTC))
    yield lambda *arguments: CliRunner().invoke(app, ["flow", *arguments])
    settings_file.settings.cache_clear()
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))


def test_a_flow_goes_out_and_comes_in_as_a_draft(run: Run, tmp_path: Path) -> None:
    out = run("export", "default")
    assert out.exit_code == 0, out.output
    content = json.loads(out.output)
    content["steps"][0]["at"] = "09:00"
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert run("import", "default", str(file)).output == "Version 2 of default is a draft.\n"
    again = run("export", "default", "--number", "2")
    assert json.loads(again.output) == content
    assert run("export", "default").output == out.output
    with reading(open_store()) as session:
        assert [(each.number, each.state) for each in session.exec(select(FlowVersion))] == [
            (1, "published"),
            (2, "draft"),
        ]
        (event,) = session.exec(select(AuditEvent))
        assert (event.actor, event.action, event.subject) == ("command_line", "flow_imported", "flow:1")


@pytest.mark.parametrize(
    ("change", "said"),
    [({"at": "25:00"}, ["'before_due_3'", "25:00", "HH:MM"]), ({"surprise": 1}, ["surprise", "unknown field"])],
)
def test_a_wrong_file_is_refused_by_name(run: Run, tmp_path: Path, change: dict[str, object], said: list[str]) -> None:
    content = json.loads(run("export", "default").output)
    content["steps"][0] |= change
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    refused = run("import", "default", str(file))
    assert refused.exit_code == 1
    assert all(word in refused.output for word in said), refused.output


def test_what_is_not_there_is_named(run: Run) -> None:
    assert "there are default" in run("export", "spring").output
    assert "no version 9" in run("export", "default", "--number", "9").output


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_has_an_example(run: Run, command: str) -> None:
    assert f"alcorriente flow {command} default" in run(command, "--help").output
