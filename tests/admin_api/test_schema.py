"""The OpenAPI document is the committed one, and whatever it lets people send is answered as it says."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
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
from tests.admin_api.door import START, Door, open_door
from tests.admin_api.portfolio import two_branches

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
# A stream has no end to wait for; it has tests of its own.
ENDLESS = "/live"
# Few cases of each operation; the same ones each time, so that a failure comes again.
BOUNDED = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"max-examples": EXAMPLES, "deterministic": True},
        "phases": {"coverage": {"enabled": False}},
    }
)


def test_the_committed_document_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run: python -m admin_api"


@pytest.fixture
def held(sqlite_template: Path, tmp_path: Path) -> Door:
    """A store with borrowers and loans, anew for each operation, so that none undoes what another needs."""
    shutil.copy(sqlite_template, tmp_path / "store.db")
    door = open_door(create_engine(f"sqlite:///{tmp_path / 'store.db'}"))
    two_branches(door)
    return door


@pytest.fixture
def headers(held: Door) -> dict[str, str]:
    """Those of a program that may do everything."""
    with transaction(held.engine) as session:
        staff = Staff(email="root@example.mx", name="Ana", password_hash="", role=Role.ADMIN, created_at=START)
        session.add(staff)
        session.flush()
        _, token = tokens.create(
            session, name="all", scopes=list(Permission), branches=[], created_by=id_of(staff), now=START
        )
    return {"Authorization": f"Bearer {token}"}


APP = open_door(create_engine("sqlite://")).app
described = schemathesis.openapi.from_asgi("/openapi.json", APP, config=BOUNDED).exclude(path=ENDLESS)


@pytest.mark.slow
@described.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any, held: Door, headers: dict[str, str]) -> None:
    APP.state.context = held.app.state.context
    case.call_and_validate(headers=headers | {"Idempotency-Key": uuid4().hex}, checks=CHECKS)
