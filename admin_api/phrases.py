"""What the assistant says, by language."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from admin_api.guard import Reading, reads
from admin_api.paging import Page
from admin_api.problems import invalid
from desk.access import Permission
from locales import phrases
from locales.listing import listed

router = APIRouter(prefix="/phrases", tags=["settings"])


class PhraseShown(BaseModel):
    key: str
    texts: list[str] = Field(description="One, or one per plural form.")
    placeholders: list[str]
    note: str
    language: str = Field(description="The catalogue it stands in: 'es' for most of what 'es_MX' says.")


@router.get("")
def list_phrases(
    call: Annotated[Reading, reads(Permission.READ_SETTINGS)],
    language: Annotated[str, Query(description="'es', 'es_MX' or 'en'.")] = "es",
) -> Page[PhraseShown]:
    """All of them on one page."""
    known = phrases.languages()
    if language not in known:
        raise invalid("language", language, "choice_unknown", choices=", ".join(known))
    return Page(items=[PhraseShown.model_validate(each, from_attributes=True) for each in listed(language)])
