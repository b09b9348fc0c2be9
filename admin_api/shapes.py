"""Values that several resources take: text, amounts and days that every store can hold."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


def _within_reason(day: date) -> date:
    if not EARLIEST <= day < LATEST:
        raise PydanticCustomError("date_out_of_range", "a day between 1990 and 2099")
    return day


# PostgreSQL holds no NUL in a text.
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
Email = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^\x00]*$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[int, Field(gt=0, le=10**13, strict=True, description="Minor units.")]
Day = Annotated[date, AfterValidator(_within_reason)]
