"""Errors as application/problem+json (RFC 9457) that name field, value and fix in the caller's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from desk.accounts import AccountError
from desk.cases import CaseError
from desk.imports import messages
from desk.imports.report import ImportProblem
from loans.errors import LedgerError
from locales import commands
from locales import problems as texts
from store.policy_versions import VersionError

MEDIA_TYPE = "application/problem+json"
# What pydantic calls a fault, and what we call it; the values it gives fill our texts.
_KINDS = {
    "missing": "value_missing",
    "extra_forbidden": "field_unknown",
    "enum": "choice_unknown",
    "literal_error": "choice_unknown",
    "string_too_short": "text_length",
    "string_too_long": "text_length",
    "json_invalid": "body_unreadable",
}
_GROUPS = {
    "date": "date_unreadable",
    "int": "number_unreadable",
    "decimal": "number_unreadable",
    "greater": "number_range",
    "less": "number_range",
}
# What nobody's screen and no log of a proxy should hold.
_UNSHOWN = {"password", "current", "new", "birth_date", "document_ending"}
_NAMED = {404: "not_found", 405: "method_not_allowed"}


class FieldFault(BaseModel):
    field: str
    value: Any = None
    message: str
    fix: str = ""


class ProblemAnswer(BaseModel):
    """What an error's body holds. `code` is stable; the texts are for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldFault] = []


@dataclass
class Problem(Exception):  # noqa: N818
    """`code` is a key of the catalogue of problems; `faults` are (field, value, code, values)."""

    status: int
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[tuple[str, Any, str, Mapping[str, Any]]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def not_found() -> Problem:
    """Also for what lies in a branch out of reach: whether it exists is told to nobody."""
    return Problem(404, "not_found")


def conflict(code: str, **values: Any) -> Problem:
    return Problem(409, code, values)


def invalid(name: str, value: Any, code: str, **values: Any) -> Problem:
    return Problem(422, "invalid", faults=[(name, value, code, values)])


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, answer)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _of_validation)  # type: ignore[arg-type]
    app.add_exception_handler(LedgerError, _of_ledger)  # type: ignore[arg-type]
    app.add_exception_handler(AccountError, _of_account)  # type: ignore[arg-type]
    app.add_exception_handler(ImportProblem, _of_import)  # type: ignore[arg-type]
    app.add_exception_handler(VersionError, _of_version)  # type: ignore[arg-type]
    app.add_exception_handler(CaseError, _of_case)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _of_http)  # type: ignore[arg-type]


def answer(request: Request, problem: Problem, more: Sequence[FieldFault] = ()) -> Response:
    language = language_of(request)
    body = ProblemAnswer(
        title=texts.text(problem.code, problem.values, language),
        status=problem.status,
        detail=texts.text(problem.code, problem.values, language),
        code=problem.code,
        errors=[*(_fault(*each, language) for each in problem.faults), *more],
    )
    # Half a character, which JSON can escape and UTF-8 has no bytes for, goes back as a question mark.
    content = json.dumps(body.model_dump(fallback=str), ensure_ascii=False, default=str).encode(errors="replace")
    return Response(content, problem.status, dict(problem.headers), media_type=MEDIA_TYPE)


def _fault(name: str, value: Any, code: str, values: Mapping[str, Any], language: str) -> FieldFault:
    known = code if texts.is_known(code) else "value_refused"
    fix = texts.text(f"{known}.fix", values, language) if texts.is_known(f"{known}.fix") else ""
    return FieldFault(field=name, value=value, message=texts.text(known, values, language), fix=fix)


def language_of(request: Request) -> str:
    """The staff member's own, else the first that the browser asks for and we have, else Spanish."""
    own = getattr(request.state, "language", None)
    asked = request.headers.get("accept-language", "")
    wanted = [own] if own else [each.split(";")[0].strip()[:2].lower() for each in asked.split(",")]
    return next((each for each in wanted if each in texts.LANGUAGES), texts.LANGUAGES[0])


def _of_validation(request: Request, error: RequestValidationError) -> Response:
    faults = [_named(each) for each in error.errors()]
    if any(code == "body_unreadable" for _, _, code, _ in faults):
        return answer(request, Problem(400, "body_unreadable"))
    return answer(request, Problem(422, "invalid", faults=faults))


def _named(error: Mapping[str, Any]) -> tuple[str, Any, str, Mapping[str, Any]]:
    kind, context = str(error["type"]), error.get("ctx", {})
    code = _KINDS.get(kind) or next(
        (ours for start, ours in _GROUPS.items() if kind.startswith(start)),
        kind if texts.is_known(kind) else "value_refused",
    )
    values = {
        **context,
        "least": context.get("ge", context.get("gt", context.get("min_length", 0))),
        "most": context.get("le", context.get("lt", context.get("max_length", "…"))),
        "choices": context.get("expected", ""),
    }
    place = [str(each) for each in error["loc"] if each not in {"body", "query", "path", "header"}]
    # What only several fields together show is told at one of them.
    place += [context["at"]] if "at" in context else []
    value = error.get("input")
    shown = isinstance(value, str | int | float | bool) and not _UNSHOWN & set(place)
    return ".".join(place), value if shown else None, code, values


def _of_ledger(request: Request, error: LedgerError) -> Response:
    values = {"fix": error.fix, "value": error.value}
    return answer(request, Problem(422, "invalid", faults=[(error.field, error.value, error.reason, values)]))


def _of_account(request: Request, error: AccountError) -> Response:
    shown = error.values.get("value")
    return answer(request, Problem(422, "invalid", faults=[(error.field, shown, error.reason, error.values)]))


def _of_import(request: Request, problem: ImportProblem) -> Response:
    message, fix = messages.file_problem(problem, language_of(request))
    fault = FieldFault(field="file", value=problem.values.get("file"), message=message, fix=fix)
    return answer(request, Problem(422, "invalid"), [fault])


def _of_version(request: Request, error: VersionError) -> Response:
    return answer(request, Problem(422, "invalid", faults=[(error.field, error.value, error.reason, {})]))


def _of_case(request: Request, error: CaseError) -> Response:
    why = f"explain.reason.{error.reason}"
    values = {"why": commands.text(why, {}, language_of(request))} if error.reason else {}
    return answer(request, conflict(error.code, **values))


def _of_http(request: Request, error: HTTPException) -> Response:
    code = _NAMED.get(error.status_code, "invalid")
    return answer(request, Problem(error.status_code, code, headers=error.headers or {}))
