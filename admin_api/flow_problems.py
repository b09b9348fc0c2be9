"""What is wrong with a flow, said to whoever edits it: step, field, value, what to do, in their language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from admin_api.problems import FieldFault, Problem, answer, conflict, language_of
from locales import console
from locales import problems as texts
from outreach.cadence import CadenceError
from outreach.flow_fault import Fault
from outreach.flow_versions import FlowError


class FlowFault(BaseModel):
    """`field` is the place inside the step, such as 'texts.es.sms'; a null `step` is the flow as a whole."""

    step: str | None
    step_name: str = Field(description="How staff call the step.")
    field: str
    value: Any = None
    code: str = Field(description="Stable; the texts are for people.")
    message: str
    fix: str


def install(app: FastAPI) -> None:
    app.add_exception_handler(CadenceError, _of_cadence)  # type: ignore[arg-type]
    app.add_exception_handler(FlowError, _of_flow)  # type: ignore[arg-type]


def worded(faults: Iterable[Fault], language: str, names: Mapping[str, str] | None = None) -> Iterator[FlowFault]:
    """`names` are the steps' own names by id."""
    for fault in faults:
        code = fault.code if texts.is_known(fault.code) else "value_refused"
        values = {name: _named(name, value, language) for name, value in fault.values.items()}
        fix = texts.text(f"{code}.fix", values, language) if texts.is_known(f"{code}.fix") else ""
        step_name = (names or {}).get(fault.step or "") or (
            console.named("step", fault.step, language) if fault.step else ""
        )
        yield FlowFault(
            step=fault.step,
            step_name=step_name,
            field=fault.field,
            value=fault.value,
            code=code,
            message=texts.text(code, values, language),
            fix=fix,
        )


def _named(name: str, value: Any, language: str) -> Any:
    return console.named(name, str(value), language) if name in {"language", "channel"} else value


def _of_cadence(request: Request, error: CadenceError) -> Response:
    return answer(request, Problem(422, "invalid"), list(_fields(error.faults, language_of(request))))


def _of_flow(request: Request, error: FlowError) -> Response:
    if not error.faults:
        return answer(request, conflict(error.code, **error.values))
    return answer(request, Problem(422, error.code), list(_fields(error.faults, language_of(request))))


def _fields(faults: Iterable[Fault], language: str) -> Iterator[FieldFault]:
    """As the faults of other requests are shown; the step is named in the sentence as well."""
    faults = list(faults)
    for fault, said in zip(faults, worded(faults, language), strict=True):
        message = f"{said.step_name}: {said.message}" if said.step_name else said.message
        yield FieldFault(field=fault.path, value=said.value, message=message, fix=said.fix)
