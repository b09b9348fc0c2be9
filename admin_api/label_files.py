"""Labelled phrases as training data, masked: a file of nlu_data, or JSON lines."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response

from admin_api.guard import Reading
from admin_api.labels import Language, Readers, masked
from insight import labels

router = APIRouter(prefix="/labels", tags=["labels"])
YAML = "application/yaml"
JSON_LINES = "application/jsonl"


TRAINING_DATA = {
    "type": "object",
    "required": ["version", "nlu"],
    "properties": {"version": {"type": "string"}, "nlu": {"type": "array", "items": {"type": "object"}}},
}
LINES = {"type": "string", "format": "binary"}


def _file(kind: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": schema}}}}


@router.get("/export.yml", response_class=Response, responses=_file(YAML, TRAINING_DATA))
def as_training_file(call: Readers, language: Language) -> Response:
    """Every labelled phrase of a language, as a file of nlu_data."""
    return _download(labels.as_yaml(_examples(call, language)), YAML, f"labelled-{language}.yml")


@router.get("/export.jsonl", response_class=Response, responses=_file(JSON_LINES, LINES))
def as_json_lines(call: Readers, language: Language | None = None) -> Response:
    """Every labelled phrase, one JSON object a line, with what the model had guessed."""
    return _download(labels.as_json_lines(_examples(call, language)), JSON_LINES, "labelled.jsonl")


def _examples(call: Reading, language: str | None) -> Iterator[labels.Example]:
    return labels.examples(call.session, language, call.principal.branches, lambda found: masked(call, found))


def _download(text: str, kind: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=kind, headers=disposition)
