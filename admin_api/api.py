"""The API under /api/v1: one file per resource, each with its routes and the shapes it takes and gives."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from admin_api import (
    addresses,
    audit_trail,
    borrowers,
    case_steps,
    cases,
    charges,
    chat_links,
    contacts,
    conversations,
    files,
    flow_files,
    flow_outlooks,
    flow_problems,
    flow_publishing,
    flow_versions,
    flow_words,
    flows,
    holds,
    imports,
    label_files,
    labels,
    limits,
    live,
    loans,
    messages,
    payments,
    phrases,
    plans,
    policies,
    problems,
    promises,
    replays,
    report_files,
    report_lists,
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
    chat_links,
    contacts,
    holds,
    loans,
    payments,
    plans,
    promises,
    reports,
    report_lists,
    report_files,
    flows,
    flow_versions,
    flow_publishing,
    flow_outlooks,
    replays,
    flow_files,
    flow_words,
    imports,
    phrases,
    label_files,
    labels,
    policies,
    limits,
    cases,
    case_steps,
    conversations,
    messages,
    files,
    live,
)
REF = "#/components/schemas/{model}"
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


class Api(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """With the shape of problems, which no route names as its own."""
        described = super().openapi()
        shapes = models_json_schema([(ProblemAnswer, "serialization")], ref_template=REF)[1]["$defs"]
        described["components"]["schemas"] |= shapes
        return described


def create(context: Context) -> FastAPI:
    app = Api(
        title="Al Corriente",
        version="1",
        description="Amounts are whole minor units with a currency, instants ISO 8601 in UTC, days ISO 8601.",
        docs_url=None,
        redoc_url=None,
        responses={
            status: {
                "description": why,
                "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="ProblemAnswer")}}},
            }
            for status, why in _PROBLEMS.items()
        },
    )
    app.state.context = context
    problems.install(app)
    flow_problems.install(app)
    for each in RESOURCES:
        app.include_router(each.router)
    return app
