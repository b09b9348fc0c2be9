"""The API under /api/v1: one file per resource, each with its routes and the shapes it takes and gives."""

from fastapi import FastAPI

from admin_api import (
    addresses,
    audit_trail,
    borrowers,
    charges,
    contacts,
    flows,
    holds,
    imports,
    loans,
    payments,
    phrases,
    plans,
    policies,
    problems,
    promises,
    reports,
    session,
    staff,
    tokens,
)
from admin_api.guard import Context
from admin_api.problems import MEDIA_TYPE, ProblemAnswer

RESOURCES = (
    session,
    staff,
    tokens,
    audit_trail,
    addresses,
    borrowers,
    charges,
    contacts,
    holds,
    loans,
    payments,
    plans,
    promises,
    reports,
    flows,
    imports,
    phrases,
    policies,
)
_PROBLEMS = {
    400: "The request can't be read.",
    401: "Nobody is signed in.",
    403: "The role does not allow it.",
    404: "Nothing there, or out of reach.",
    409: "Somebody else was first.",
    412: "Changed since it was read.",
    422: "Fields are wrong.",
    428: "If-Match is missing.",
    429: "Too many attempts.",
}


def create(context: Context) -> FastAPI:
    app = FastAPI(
        title="Al Corriente",
        version="1",
        description="Amounts are whole minor units with a currency, instants ISO 8601 in UTC, days ISO 8601.",
        docs_url=None,
        redoc_url=None,
        responses={
            status: {"description": why, "content": {MEDIA_TYPE: {"schema": ProblemAnswer.model_json_schema()}}}
            for status, why in _PROBLEMS.items()
        },
    )
    app.state.context = context
    problems.install(app)
    for each in RESOURCES:
        app.include_router(each.router)
    return app
