"""A write that comes again with the same Idempotency-Key gets the answer of the first time, and changes nothing."""

import hashlib
from collections.abc import Callable
from typing import Any

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from admin_api.guard import Writing
from admin_api.problems import Problem
from desk.tables import IdempotencyKey


def once(
    call: Writing,
    what: str,
    said: BaseModel | str,
    make: Callable[[], BaseModel],
    *,
    status: int = 201,
    hidden: str = "",
) -> Any:
    """`what` names the operation and its subject, such as 'loan:7:payment'; `said` is what came with it.

    The field named `hidden` is given once only: the kept answer has null in its place.

    Of two at the same moment, the second waits at the key's row until the first has committed.
    """
    if call.idempotency_key is None:
        raise Problem(400, "idempotency_key_missing")
    text = said if isinstance(said, str) else said.model_dump_json()
    request_hash = hashlib.sha256(f"{what}\n{text}".encode()).hexdigest()
    if not _reserve(call, request_hash, status):
        return _again(call, request_hash)
    answer = make()
    row = call.session.get_one(IdempotencyKey, (call.principal.actor, call.idempotency_key))
    row.body = jsonable_encoder(answer) | ({hidden: None} if hidden else {})
    call.session.add(row)
    return answer


def _reserve(call: Writing, request_hash: str, status: int) -> bool:
    insert = postgresql.insert if _is_postgresql(call.session) else sqlite.insert
    row = {
        "actor": call.principal.actor,
        "key": call.idempotency_key,
        "request_hash": request_hash,
        "status": status,
        "body": None,
        "created_at": call.now,
    }
    statement = insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(col(IdempotencyKey.key))
    return call.session.execute(statement).first() is not None


def _again(call: Writing, request_hash: str) -> JSONResponse:
    row = call.session.get_one(IdempotencyKey, (call.principal.actor, call.idempotency_key))
    if row.request_hash != request_hash:
        raise Problem(422, "idempotency_key_reused")
    return JSONResponse(row.body, row.status, {"Idempotency-Replayed": "true"})


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
