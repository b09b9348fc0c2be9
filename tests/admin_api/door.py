"""The API in this process, over a real store, and people who sign in at it as a browser would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2 as httpx
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib.hashers.argon2 import Argon2Hasher

from admin_api import api
from admin_api.guard import Context
from desk.access import Role
from desk.tables import Staff
from store.engine import transaction

CHANNELS = ("whatsapp", "sms", "telegram")
PASSWORD = "the password of everybody here"
# A hash as strong as the product's own takes longer to make and to check than most tests do.
QUICKLY_HASHED = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
START = datetime(2026, 11, 18, 16, tzinfo=UTC)


@dataclass
class SetClock:
    """A clock that stands where the test has put it."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at


@dataclass
class Door:
    app: FastAPI
    engine: sa.Engine
    clock: SetClock
    wall: SetClock


@dataclass
class Person:
    """A browser with a session: every write carries its CSRF token and a key of its own."""

    client: TestClient
    csrf: str
    id: int
    email: str
    password: str

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.client.get(path, params=query)

    def write(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        sent: Mapping[str, str] = {"X-CSRF-Token": self.csrf, "Idempotency-Key": uuid4().hex} | headers
        return self.client.request(method, path, json=body, headers=sent)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.write("POST", path, body, **headers)


def hear(texts: Collection[str]) -> dict[str, float]:
    """A model that finds unkind what is shouted, and does not hear what is whispered."""
    return {text: float("SHOUTED" in text) for text in texts if "whispered" not in text}


def open_door(engine: sa.Engine) -> Door:
    clock, wall = SetClock(), SetClock()
    return Door(
        api.create(Context(engine, clock, wall, secure=False, channels=CHANNELS, telegram_bot="AmigoBot", hear=hear)),
        engine,
        clock,
        wall,
    )


def stranger(door: Door) -> TestClient:
    return TestClient(door.app, base_url="http://127.0.0.1", raise_server_exceptions=True)


def sign_in(door: Door, role: Role, branches: tuple[str, ...] = ()) -> Person:
    email = f"{role}-{uuid4().hex[:6]}@example.mx"
    with transaction(door.engine) as session:
        staff = Staff(email=email, name=role.title(), role=role, password_hash=QUICKLY_HASHED, created_at=START)
        staff.branches = sorted(set(branches))
        session.add(staff)
    client = stranger(door)
    answer = client.post("/session", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    shown = answer.json()
    return Person(client, shown["csrf_token"], shown["staff"]["id"], email, PASSWORD)
