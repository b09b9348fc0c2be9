"""The endpoint that Rasa calls for each action, mounted beside the rest of the app on loopback."""

import json
import zlib
from typing import Any

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions import (
    account,
    changes,
    consent,
    contact,
    difficulty,
    disputes,
    identity,
    offers,
    people,
    promise_form,
    promises,
    protection,
    safety,
    small_talk,
)
from actions.answered import Answered
from actions.gates import leaving_in_peace
from actions.registry import ANSWERS

log = structlog.get_logger()
# Importing a topic registers its answers.
TOPICS = (
    account,
    changes,
    consent,
    contact,
    difficulty,
    disputes,
    identity,
    offers,
    people,
    promise_form,
    promises,
    protection,
    safety,
    small_talk,
)


def router(engine: sa.Engine) -> APIRouter:
    executor = ActionExecutor()
    for name, answer in ANSWERS.items():
        executor.register_action(Answered(name, leaving_in_peace(name, answer), engine))
    routes = APIRouter()

    @routes.post("/webhook")
    async def run(request: Request) -> JSONResponse:
        call = await _body(request)
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as rejected:
            return JSONResponse({"error": str(rejected), "action_name": rejected.action_name}, status_code=400)
        except ActionNotFoundException as missing:
            return JSONResponse({"error": str(missing), "action_name": missing.action_name}, status_code=404)
        # The edge of this loop: Rasa gets an error and the turn is tried again.
        except Exception as problem:
            log.exception("action_failed", action=call.get("next_action"), problem=type(problem).__name__)
            return JSONResponse({"error": "action failed", "action_name": call.get("next_action")}, status_code=500)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    return routes


async def _body(request: Request) -> Any:
    body = await request.body()
    if request.headers.get("content-encoding") == "deflate":
        body = zlib.decompress(body)
    return json.loads(body)
