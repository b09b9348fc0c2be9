"""A change names the version it was made on, so that nobody's work is overwritten unseen (RFC 9110, 13.1.1)."""

import hashlib
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from admin_api.problems import Problem

IfMatch = Annotated[str | None, Header(description="ETag of the version that was edited.")]


def of(shown: BaseModel) -> str:
    return f'"{hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:32]}"'


def tag(response: Response, shown: BaseModel) -> None:
    response.headers["ETag"] = of(shown)


def check(if_match: str | None, shown: BaseModel) -> None:
    if if_match is None:
        raise Problem(428, "if_match_missing")
    if if_match != of(shown):
        raise Problem(412, "stale")
