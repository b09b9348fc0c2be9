"""The OpenAPI document is the committed one, and whatever it lets people send is answered as it says."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from admin_api.__main__ import FILE, written
from desk import tokens
from desk.access import Permission, Role
from desk.tables import Staff
from store.engine import create_engine, transaction
from store.ids import id_of
from tests import postgres
from tests.admin_api.door import START, Door, open_door
from tests.admin_api.portfolio import two_branches

Held = tuple[Door, dict[str, str]]
Decorator = Callable[[Callable[..., None]], Callable[..., None]]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES, ON_POSTGRESQL = 12, 3
# A stream has no end to wait for; it has tests of its own.
ENDLESS = "/live"


def test_the_committed_document_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run: python -m admin_api"


def filled(engine: sa.Engine) -> tuple[Door, dict[str, str]]:
    """A store with borrowers and loans, and the headers of a program that may do everything."""
    door = open_door(engine)
    two_branches(door)
    with transaction(engine) as session:
        staff = Staff(email="root@example.mx", name="Ana", password_hash="", role=Role.ADMIN, created_at=START)
        session.add(staff)
        session.flush()
        _, token = tokens.create(
            session, name="all", scopes=list(Permission), branches=[], created_by=id_of(staff), now=START
        )
    return door, {"Authorization": f"Bearer {token}"}


# Each operation finds the store anew, so that none undoes what another needs.
@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Held:
    shutil.copy(sqlite_template, tmp_path / "store.db")
    return filled(create_engine(f"sqlite:///{tmp_path / 'store.db'}"))


@pytest.fixture(scope="module")
def postgres_store(postgres_server: postgres.Server, postgres_template: str) -> tuple[str, dict[str, str]]:
    """The name of a filled store that is copied for each operation."""
    name = postgres_server.create(postgres_template)
    engine = create_engine(postgres_server.url(name))
    _, headers = filled(engine)
    engine.dispose()
    return name, headers


@pytest.fixture
def on_postgresql(postgres_server: postgres.Server, postgres_store: tuple[str, dict[str, str]]) -> Iterator[Held]:
    template, headers = postgres_store
    name = postgres_server.create(template)
    engine = create_engine(postgres_server.url(name))
    yield open_door(engine), headers
    engine.dispose()
    postgres_server.drop(name)


APP = open_door(create_engine("sqlite://")).app


def described(examples: int) -> Decorator:
    """Few cases of each operation; the same ones each time, so that a failure comes again."""
    bounded = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": examples, "deterministic": True},
            "phases": {"coverage": {"enabled": False}},
        }
    )
    whole = schemathesis.openapi.from_asgi("/openapi.json", APP, config=bounded)
    decorate: Decorator = whole.exclude(path=ENDLESS).parametrize()
    return decorate


def is_answered_as_described(case: Any, held: Held) -> None:
    door, headers = held
    APP.state.context = door.app.state.context
    case.call_and_validate(headers=headers | {"Idempotency-Key": uuid4().hex}, checks=CHECKS)


@pytest.mark.slow
@described(EXAMPLES)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any, on_sqlite: Held) -> None:
    is_answered_as_described(case, on_sqlite)


@pytest.mark.slow
@described(ON_POSTGRESQL)
@settings(max_examples=ON_POSTGRESQL, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described_on_postgresql(case: Any, on_postgresql: Held) -> None:
    is_answered_as_described(case, on_postgresql)
